// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/operationmodel.h"

#include <algorithm>

namespace telltale {
namespace {

double failedShare(const OperationRow &row)
{
    return static_cast<double>(row.errors) / static_cast<double>(std::max<std::uint64_t>(row.spans, 1));
}

/// More than one in twenty is worth a look.
constexpr double kManyFailed = 0.05;

} // namespace

OperationModel::OperationModel(QObject *parent)
    : DescribedTable(
          {{tr("Operation"), [](const OperationRow &row) { return itemtext::text(row.operation); },
            [](const OperationRow &row) { return QVariant(itemtext::text(row.operation)); }},
           {tr("Count"), [](const OperationRow &row) { return itemtext::count(row.spans); },
            [](const OperationRow &row) { return number(row.spans); }, true},
           {tr("Failed"), [](const OperationRow &row) { return itemtext::share(failedShare(row)); },
            [](const OperationRow &row) { return QVariant(failedShare(row)); }, true,
            [](const OperationRow &row) { return failedShare(row) > kManyFailed ? -1 : 0; }},
           {tr("Median"), [](const OperationRow &row) { return itemtext::duration(row.p50Ms); },
            [](const OperationRow &row) { return number(row.p50Ms); }, true},
           {tr("95 %", "percentile"), [](const OperationRow &row) { return itemtext::duration(row.p95Ms); },
            [](const OperationRow &row) { return number(row.p95Ms); }, true},
           {tr("99 %", "percentile"), [](const OperationRow &row) { return itemtext::duration(row.p99Ms); },
            [](const OperationRow &row) { return number(row.p99Ms); }, true}},
          parent)
{}

MetricModel::MetricModel(QObject *parent)
    : DescribedTable({{tr("Metric"), [](const MetricRow &row) { return itemtext::text(row.metric); },
                       [](const MetricRow &row) { return QVariant(itemtext::text(row.metric)); }},
                      {tr("Unit"), [](const MetricRow &row) { return itemtext::text(row.unit); },
                       [](const MetricRow &row) { return QVariant(itemtext::text(row.unit)); }},
                      {tr("Kind"), [](const MetricRow &row) { return itemtext::text(row.kind).replace(u'_', u' '); },
                       [](const MetricRow &row) { return QVariant(itemtext::text(row.kind)); }},
                      {tr("Series"), [](const MetricRow &row) { return itemtext::count(row.series); },
                       [](const MetricRow &row) { return number(row.series); }, true},
                      {tr("Points"), [](const MetricRow &row) { return itemtext::count(row.points); },
                       [](const MetricRow &row) { return number(row.points); }, true}},
                     parent)
{}

} // namespace telltale
