// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/tracemodel.h"

#include <algorithm>
#include <unordered_map>

namespace telltale {
namespace {

double millisecondsBetween(Instant from, Instant to)
{
    return static_cast<double>((to - from).count()) / 1e6;
}

} // namespace

TraceModel::TraceModel(QObject *parent)
    : DescribedTable({{tr("Start"), [this](const TraceRow &row) { return itemtext::timeOfDay(row.start, m_zone); },
                       [](const TraceRow &row) { return QVariant::fromValue<qlonglong>(row.start.ns); }},
                      {tr("Trace"), [](const TraceRow &row) { return itemtext::text(row.root); },
                       [](const TraceRow &row) { return QVariant(itemtext::text(row.root)); }, false,
                       [](const TraceRow &row) { return row.errors > 0 ? -1 : 0; }},
                      {tr("Duration"), [](const TraceRow &row) { return itemtext::duration(millisecondsBetween(row.start, row.end)); },
                       [](const TraceRow &row) { return QVariant(millisecondsBetween(row.start, row.end)); }, true},
                      {tr("Spans"), [](const TraceRow &row) { return itemtext::count(row.spans); },
                       [](const TraceRow &row) { return number(row.spans); }, true}},
                     parent)
{}

void TraceModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    touchColumns(Start, Start);
}

QVariant TraceModel::data(const QModelIndex &index, int role) const
{
    if (role == ErrorsRole && checkIndex(index, CheckIndexOption::IndexIsValid))
        return QVariant::fromValue<qulonglong>(rowAt(index.row()).errors);
    return DescribedTable::data(index, role);
}

std::vector<SpanLine> spanTree(std::vector<TraceSpanRow> spans)
{
    std::stable_sort(spans.begin(), spans.end(), [](const TraceSpanRow &a, const TraceSpanRow &b) { return a.start < b.start; });
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (!spans[i].span.empty())
            places.emplace(spans[i].span, i); // of a span that came twice, the first
    }
    std::vector<std::vector<std::size_t>> children(spans.size());
    std::vector<bool> isRoot(spans.size());
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const auto parent = spans[i].parent.empty() ? places.end() : places.find(spans[i].parent);
        if (parent == places.end() || parent->second == i)
            isRoot[i] = true;
        else
            children[parent->second].push_back(i);
    }
    std::vector<SpanLine> lines;
    lines.reserve(spans.size());
    std::vector<bool> isPlaced(spans.size());
    const auto place = [&](std::size_t root) {
        std::vector<std::pair<std::size_t, int>> open{{root, 0}};
        while (!open.empty()) {
            const auto [at, depth] = open.back();
            open.pop_back();
            if (isPlaced[at])
                continue;
            isPlaced[at] = true;
            const bool isOrphan = depth == 0 && !spans[at].parent.empty();
            lines.push_back({std::move(spans[at]), depth, isOrphan});
            for (auto child = children[at].rbegin(); child != children[at].rend(); ++child)
                open.emplace_back(*child, depth + 1);
        }
    };
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (isRoot[i])
            place(i);
    }
    for (std::size_t i = 0; i < spans.size(); ++i) // parents in a circle: the earliest of it begins
        place(i);
    return lines;
}

SpanModel::SpanModel(QObject *parent)
    : DescribedTable({{tr("Operation"), [](const SpanLine &line) { return itemtext::text(line.span.operation); },
                       [](const SpanLine &line) { return QVariant(itemtext::text(line.span.operation)); }, false,
                       [](const SpanLine &line) { return line.span.status == "error" ? -1 : 0; }},
                      {tr("Duration"), [](const SpanLine &line) { return itemtext::duration(line.span.durationMs); },
                       [](const SpanLine &line) { return QVariant(line.span.durationMs); }}},
                     parent)
{}

void SpanModel::setSpans(std::vector<TraceSpanRow> spans)
{
    m_start = spans.empty() ? Instant() : Instant::max();
    Instant end = Instant::min();
    for (const TraceSpanRow &span : spans) {
        m_start = std::min(m_start, span.start);
        end = std::max(end, span.start + std::chrono::nanoseconds(static_cast<std::int64_t>(span.durationMs * 1e6)));
    }
    m_lengthMs = spans.empty() ? 0 : millisecondsBetween(m_start, end);
    setRows(spanTree(std::move(spans)));
    touchColumns(Operation, Duration); // also those that stayed lie elsewhere in the trace now
}

std::string SpanModel::keyOf(const SpanLine &line) const
{
    return line.span.span + '\x1f' + std::to_string(line.span.start.ns) + '\x1f' + line.span.operation;
}

QVariant SpanModel::data(const QModelIndex &index, int role) const
{
    if ((role < DepthRole && role != SessionRole) || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return DescribedTable::data(index, role);
    const SpanLine &line = rowAt(index.row());
    if (role == SessionRole)
        return line.span.session ? itemtext::text(*line.span.session) : QString();
    const double whole = std::max(m_lengthMs, 1e-6);
    const double from = millisecondsBetween(m_start, line.span.start) / whole;
    switch (role) {
    case DepthRole:
        return line.depth;
    case OrphanRole:
        return line.isOrphan;
    case StatusRole:
        return itemtext::text(line.span.status);
    case FromRole:
        return from;
    case ToRole:
        return std::min(1.0, from + line.span.durationMs / whole);
    default:
        return {};
    }
}

QString SpanModel::details(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const SpanLine &line = rowAt(row);
    QStringList lines;
    const auto add = [&lines](const QString &key, const QString &value) {
        if (!value.isEmpty())
            lines << key + QStringLiteral(": ") + value;
    };
    add(tr("operation"), itemtext::text(line.span.operation));
    add(tr("starts after"), itemtext::duration(millisecondsBetween(m_start, line.span.start)));
    add(tr("duration"), itemtext::duration(line.span.durationMs));
    add(tr("status"), itemtext::text(line.span.status));
    add(tr("kind"), itemtext::text(line.span.kind));
    add(tr("span"), itemtext::text(line.span.span));
    add(tr("parent"), line.isOrphan ? tr("%1, which did not come").arg(itemtext::text(line.span.parent)) : itemtext::text(line.span.parent));
    add(tr("session"), itemtext::text(line.span.session.value_or(std::string())));
    for (const auto &[key, value] : line.span.attributes)
        add(itemtext::text(key), itemtext::text(toDisplayText(value)));
    return lines.join(u'\n');
}

} // namespace telltale
