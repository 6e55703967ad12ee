// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/describedtable.h"

#include <QTimeZone>

#include <vector>

namespace telltale {

/// Traces, the newest first, one row a trace.
class TraceModel final : public DescribedTable<TraceRow>
{
    Q_OBJECT

public:
    enum Column { Start, Root, Duration, Spans };
    /// How many of its spans failed.
    enum Role { ErrorsRole = FirstOwnRole };

    explicit TraceModel(QObject *parent = nullptr);

    void setTimeZone(const QTimeZone &zone);
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const TraceRow &row) const override { return row.trace; }
    RowFilterTerms filterTermsOf(const TraceRow &row) const override { return {{"operation", row.root}}; }

private:
    QTimeZone m_zone = QTimeZone::utc();
};

/// A span in its place in the tree of its trace.
struct SpanLine
{
    TraceSpanRow span;
    int depth = 0;
    bool isOrphan = false; ///< names a parent that did not come (yet), or one that is below itself
    friend bool operator==(const SpanLine &, const SpanLine &) = default;
};

/// Spans as a tree, laid flat: each below its parent, siblings by start. Every span is there exactly once, also where parents are
/// missing or go round in a circle. Cost: n log n.
std::vector<SpanLine> spanTree(std::vector<TraceSpanRow> spans);

/// The spans of one trace, with where they lie in it.
class SpanModel final : public DescribedTable<SpanLine>
{
    Q_OBJECT

public:
    enum Column { Operation, Duration };
    enum Role {
        DepthRole = FirstOwnRole,
        OrphanRole,
        StatusRole, ///< "ok", "error", "unset"
        FromRole,   ///< 0..1 of the trace
        ToRole,     ///< 0..1
    };

    explicit SpanModel(QObject *parent = nullptr);

    void setSpans(std::vector<TraceSpanRow> spans);
    /// Of the whole trace.
    double lengthMs() const { return m_lengthMs; }
    /// All that is known of a span, as lines "key: value".
    QString details(int row) const;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const SpanLine &line) const override;
    RowFilterTerms filterTermsOf(const SpanLine &line) const override { return {{"operation", line.span.operation}}; }

private:
    Instant m_start;
    double m_lengthMs = 0;
};

} // namespace telltale
