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
/// Sorts behind every change that is one.
constexpr double kUnknownChange = -1e9;

} // namespace

OperationModel::OperationModel(QObject *parent)
    : DescribedTable(
          {{tr("Operation"), [](const ComparedOperation &row) { return itemtext::text(row.operation); },
            [](const ComparedOperation &row) { return QVariant(itemtext::text(row.operation)); }},
           {tr("Count"), [](const ComparedOperation &row) { return itemtext::count(row.spans); },
            [](const ComparedOperation &row) { return number(row.spans); }, true},
           {tr("Failed"), [](const ComparedOperation &row) { return itemtext::share(failedShare(row)); },
            [](const ComparedOperation &row) { return QVariant(failedShare(row)); }, true,
            [](const ComparedOperation &row) { return failedShare(row) > kManyFailed ? -1 : 0; }},
           {tr("Median"), [](const ComparedOperation &row) { return itemtext::duration(row.p50Ms); },
            [](const ComparedOperation &row) { return number(row.p50Ms); }, true},
           {tr("95 %", "percentile"), [](const ComparedOperation &row) { return itemtext::duration(row.p95Ms); },
            [](const ComparedOperation &row) { return number(row.p95Ms); }, true},
           {tr("99 %", "percentile"), [](const ComparedOperation &row) { return itemtext::duration(row.p99Ms); },
            [](const ComparedOperation &row) { return number(row.p99Ms); }, true},
           {tr("95 % Δ", "change of the percentile"), [](const ComparedOperation &row) { return row.change.text; },
            [](const ComparedOperation &row) { return QVariant(row.change.amount.value_or(kUnknownChange)); }, true,
            [](const ComparedOperation &row) { return row.change.mood; }}},
          parent)
{}

QVariant OperationModel::data(const QModelIndex &index, int role) const
{
    if (index.isValid() && index.column() == P95Change) {
        const SaidChange &change = rowAt(index.row()).change;
        if (role == RawRole)
            return change.amount ? QVariant(*change.amount) : QVariant();
        if (role == Qt::ToolTipRole)
            return change.detail;
    }
    return DescribedTable::data(index, role);
}

QVariant OperationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section == P95Change && role == Qt::ToolTipRole)
        return m_against;
    return DescribedTable::headerData(section, orientation, role);
}

void OperationModel::setAgainst(const QString &against)
{
    if (against == m_against)
        return;
    m_against = against;
    Q_EMIT headerDataChanged(Qt::Horizontal, P95Change, P95Change);
}

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
