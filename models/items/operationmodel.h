// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/describedtable.h"
#include "models/items/saidchange.h"

namespace telltale {

/// An operation and how its 95th percentile changed.
struct ComparedOperation : OperationRow
{
    SaidChange change;
    friend bool operator==(const ComparedOperation &, const ComparedOperation &) = default;
};

/// What operations cost, one row an operation.
class OperationModel final : public DescribedTable<ComparedOperation>
{
    Q_OBJECT

public:
    enum Column { Operation, Count, Failed, P50, P95, P99, P95Change };

    explicit OperationModel(QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// What the changes are against, with its dates: said of their column.
    void setAgainst(const QString &against);

protected:
    std::string keyOf(const ComparedOperation &row) const override { return row.operation; }
    RowFilterTerms filterTermsOf(const ComparedOperation &row) const override { return {{"operation", row.operation}}; }

private:
    QString m_against;
};

/// Metrics that were sent, one row a name, unit and kind.
class MetricModel final : public DescribedTable<MetricRow>
{
    Q_OBJECT

public:
    enum Column { Metric, Unit, Kind, Series, Points };

    explicit MetricModel(QObject *parent = nullptr);

protected:
    std::string keyOf(const MetricRow &row) const override { return row.metric + '\x1f' + row.unit + '\x1f' + row.kind; }
    RowFilterTerms filterTermsOf(const MetricRow &row) const override { return {{"metric", row.metric}}; }
};

} // namespace telltale
