// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/describedtable.h"

namespace telltale {

/// What operations cost, one row an operation.
class OperationModel final : public DescribedTable<OperationRow>
{
    Q_OBJECT

public:
    enum Column { Operation, Count, Failed, P50, P95, P99 };

    explicit OperationModel(QObject *parent = nullptr);

protected:
    std::string keyOf(const OperationRow &row) const override { return row.operation; }
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
};

} // namespace telltale
