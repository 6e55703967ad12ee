// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentcodec.h"

#include "models/store/attributecolumns.h"
#include "models/store/attributeencoder.h"
#include "models/store/bytestream.h"
#include "models/store/compression.h"
#include "models/store/distinctids.h"
#include "models/store/idset.h"
#include "models/store/metriccodec.h"
#include "models/store/numbercolumn.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace telltale {
namespace {

constexpr std::size_t kColumns = static_cast<std::size_t>(SegmentColumn::Count);

enum TraceFlag : std::uint32_t { HasTrace = 1, HasSpan = 2, HasParent = 4 };

/// The order in which columns are stored: what filters and charts ask for comes first.
constexpr std::array<SegmentColumn, kColumns> kStoredOrder = {
    SegmentColumn::Times,     SegmentColumn::Names,   SegmentColumn::Severities, SegmentColumn::Features,
    SegmentColumn::Durations, SegmentColumn::Origins, SegmentColumn::Screens,    SegmentColumn::Users,
    SegmentColumn::Sessions,  SegmentColumn::Arrivals};
constexpr std::uint32_t kHasChecksums = 0x80000000U; ///< in the first size
constexpr std::size_t kSizes = kColumns * 4;
constexpr std::size_t kWorthSkipping = 12'288; ///< three pages: less costs more to step over than to read

void appendColumn(std::string &out, const SegmentRows &rows, SegmentColumn column)
{
    const auto ids = [&out](const std::vector<std::uint32_t> &values) {
        appendNumberColumn(out, std::span<const std::uint32_t>(values));
    };
    switch (column) {
    case SegmentColumn::Times:
        return appendNumberColumn(out, std::span<const std::int64_t>(rows.times));
    case SegmentColumn::Arrivals:
        return appendNumberColumn(out, std::span<const std::int64_t>(rows.arrivals));
    case SegmentColumn::Durations:
        return appendNumberColumn(out, std::span<const std::int64_t>(rows.durations), kNoDuration);
    case SegmentColumn::Names:
        return ids(rows.names);
    case SegmentColumn::Features:
        return ids(rows.features);
    case SegmentColumn::Screens:
        return ids(rows.screens);
    case SegmentColumn::Users:
        return ids(rows.users);
    case SegmentColumn::Sessions:
        return ids(rows.sessions);
    case SegmentColumn::Origins:
        return ids(rows.origins);
    case SegmentColumn::Severities:
        return ids(rows.severities);
    case SegmentColumn::Count:
        break;
    }
}

std::string encodeColumns(const SegmentRows &rows)
{
    std::string data;
    std::array<std::uint64_t, kColumns> sizes{}, checksums{};
    for (const SegmentColumn column : kStoredOrder) {
        const std::size_t before = data.size();
        appendColumn(data, rows, column);
        const auto at = static_cast<std::size_t>(column);
        sizes[at] = data.size() - before;
        checksums[at] = static_cast<std::uint64_t>(checksumOf(std::string_view(data).substr(before), at));
    }
    std::string head;
    ByteWriter writer(head);
    sizes[0] |= kHasChecksums;
    for (const std::uint64_t size : sizes)
        writer.fixed(size, 4);
    for (const std::uint64_t checksum : checksums)
        writer.fixed(checksum, 8);
    return head + data;
}

/// The sizes of the columns in front of a blob, by column; whether checksums follow.
std::array<std::size_t, kColumns> readSizes(std::string_view columns, bool &hasChecksums)
{
    ByteReader in(columns);
    std::array<std::size_t, kColumns> sizes{};
    for (std::size_t &size : sizes)
        size = in.fixed(4);
    hasChecksums = (sizes[0] & kHasChecksums) != 0;
    sizes[0] &= ~std::size_t{kHasChecksums};
    return sizes;
}

template<typename Id>
std::string_view view(const Id &id)
{
    return {reinterpret_cast<const char *>(id.data()), id.size()};
}

template<typename Id>
void read(ByteReader &in, Id &id)
{
    std::memcpy(id.data(), in.bytes(id.size()).data(), id.size());
}

std::string encodeTraces(const SegmentRows &rows)
{
    std::vector<std::uint32_t> flags, numbers, forms;
    std::map<TraceId, std::uint32_t> known;
    std::string ids, spanIds, parents;
    bool isNeeded = false;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const TraceContext &trace = rows.traces[row];
        std::uint32_t flag = 0;
        if (trace.traceId != TraceId{}) {
            flag |= HasTrace;
            const auto [at, isNew] =
                known.try_emplace(trace.traceId, static_cast<std::uint32_t>(known.size()));
            if (isNew)
                ids += view(trace.traceId);
            numbers.push_back(at->second);
        }
        if (trace.spanId != SpanId{}) {
            flag |= HasSpan;
            spanIds += view(trace.spanId);
        }
        if (rows.kind == RecordKind::Span) {
            const SpanDetail &span = rows.spans[row];
            if (span.parentSpanId != SpanId{}) {
                flag |= HasParent;
                parents += view(span.parentSpanId);
            }
            forms.push_back(static_cast<std::uint32_t>(span.kind) | static_cast<std::uint32_t>(span.status)
                                                                        << 4);
            isNeeded = true;
        }
        isNeeded = isNeeded || flag != 0;
        flags.push_back(flag);
    }
    std::string out;
    if (!isNeeded)
        return out;
    appendNumberColumn(out, std::span<const std::uint32_t>(flags));
    appendNumberColumn(out, std::span<const std::uint32_t>(numbers));
    ByteWriter writer(out);
    writer.varint(known.size());
    writer.bytes(ids);
    writer.bytes(spanIds);
    writer.bytes(parents);
    if (rows.kind == RecordKind::Span)
        appendNumberColumn(out, std::span<const std::uint32_t>(forms));
    return out;
}

void appendAttributeRows(SegmentRows &rows, const AttributeColumns &columns)
{
    // Each distinct text is interned once a column, however many rows use it.
    std::vector<std::vector<StringId>> known(columns.columns().size());
    for (std::uint32_t row = 0; row < columns.rowCount(); ++row) {
        const auto &shape = columns.shape(row);
        const auto indexes = columns.valueIndexes(row);
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const AttributeColumns::Column &column = columns.columns()[shape[i]];
            RowAttribute attribute{column.key, column.type, column.mirror, 0};
            if (column.mirror == Mirror::None && column.type != AttributeType::Null) {
                const AttributeColumns::Values &values = columns.values(shape[i]);
                if (column.type < AttributeType::String) {
                    attribute.bits = values.bits(indexes[i]);
                } else {
                    auto &ids = known[shape[i]];
                    ids.resize(values.texts.size());
                    StringId &id = ids[values.textIndex(indexes[i])];
                    if (id == kNoString)
                        id = rows.strings.intern(values.text(indexes[i]));
                    attribute.bits = id;
                }
            }
            rows.attributes.push_back(attribute);
        }
        rows.attributeEnds.push_back(static_cast<std::uint32_t>(rows.attributes.size()));
    }
}

template<typename T>
void appendDecodedColumn(std::vector<T> &to, std::string_view stored, std::uint32_t count)
{
    std::vector<T> values;
    ByteReader in(stored);
    readNumberColumn(in, count, values);
    to.insert(to.end(), values.begin(), values.end());
}

} // namespace

EncodedSegment encodeSegment(const SegmentRows &rows)
{
    EncodedSegment segment;
    segment.kind = rows.kind;
    segment.count = rows.size();
    if (rows.size() == 0)
        return segment;
    const auto [first, last] = std::minmax_element(rows.times.begin(), rows.times.end());
    segment.first = *first;
    segment.last = *last;
    segment.columns = encodeColumns(rows);
    segment.traces = encodeTraces(rows);
    appendMetrics(segment.metrics, rows);
    appendAttributes(segment.attributes, rows);

    thread_local DistinctIds sessions;
    sessions.clear();
    for (const std::uint32_t session : rows.sessions)
        sessions.add(session);
    if (const auto &distinct = sessions.sorted(); !distinct.empty()) {
        segment.firstSession = distinct.front();
        segment.lastSession = distinct.back();
        IdSet::appendSorted(segment.sessions, distinct);
    }
    return segment;
}

StoredColumns splitColumns(std::string_view columns)
{
    bool hasChecksums = false;
    const auto sizes = readSizes(columns, hasChecksums);
    ByteReader data(columns);
    data.bytes(hasChecksums ? kColumnsHead : kSizes);
    StoredColumns split;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const std::size_t column = hasChecksums ? static_cast<std::size_t>(kStoredOrder[i]) : i;
        split[column] = data.bytes(sizes[column]);
    }
    return split;
}

std::vector<BlobStretch> stretchesOf(std::string_view head, SegmentColumns wanted)
{
    bool hasChecksums = false;
    const auto sizes = readSizes(head, hasChecksums);
    std::vector<BlobStretch> stretches = {{0, kColumnsHead}};
    std::size_t offset = kColumnsHead;
    for (const SegmentColumn column : kStoredOrder) {
        const std::size_t size = sizes[static_cast<std::size_t>(column)];
        if (wanted & columnBit(column)) {
            BlobStretch &last = stretches.back();
            if (offset - (last.offset + last.size) < kWorthSkipping)
                last.size = offset + size - last.offset;
            else
                stretches.push_back({offset, size});
        }
        offset += size;
    }
    return stretches;
}

StoredColumns splitStretches(std::string_view bytes, std::span<const BlobStretch> stretches)
{
    bool hasChecksums = false;
    const auto sizes = readSizes(bytes, hasChecksums);
    StoredColumns split;
    ByteReader data(bytes);
    for (const BlobStretch &stretch : stretches) {
        const std::string_view piece = data.bytes(stretch.size);
        std::size_t offset = kColumnsHead;
        for (const SegmentColumn column : kStoredOrder) {
            const auto at = static_cast<std::size_t>(column);
            if (offset >= stretch.offset && offset + sizes[at] <= stretch.offset + stretch.size)
                split[at] = piece.substr(offset - stretch.offset, sizes[at]);
            offset += sizes[at];
        }
    }
    return split;
}

bool doColumnsMatch(std::string_view head, const StoredColumns &stored)
{
    ByteReader in(head);
    in.bytes(kSizes);
    bool isMatch = true;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const std::uint64_t checksum = in.fixed(8);
        isMatch = isMatch &&
                  (stored[i].empty() || static_cast<std::uint64_t>(checksumOf(stored[i], i)) == checksum);
    }
    return isMatch;
}

void readTraces(std::string_view blob, RecordKind kind, std::uint32_t count,
                std::vector<TraceContext> &traces, std::vector<SpanDetail> &spans)
{
    traces.assign(count, {});
    spans.assign(kind == RecordKind::Span ? count : 0, {});
    if (blob.empty())
        return;
    ByteReader in(blob);
    std::vector<std::uint32_t> flags, numbers;
    readNumberColumn(in, count, flags);
    const auto with = [&](std::uint32_t flag) {
        return static_cast<std::size_t>(
            std::count_if(flags.begin(), flags.end(), [&](std::uint32_t f) { return (f & flag) != 0; }));
    };
    readNumberColumn(in, with(HasTrace), numbers);
    const std::string_view ids = in.bytes(in.count(sizeof(TraceId)) * sizeof(TraceId));
    ByteReader spanIds(in.bytes(with(HasSpan) * sizeof(SpanId)));
    ByteReader parents(in.bytes(with(HasParent) * sizeof(SpanId)));
    std::size_t next = 0;
    for (std::uint32_t row = 0; row < count; ++row) {
        if (flags[row] & HasTrace) {
            const std::size_t number = numbers[next++];
            if (number >= ids.size() / sizeof(TraceId))
                throwDamaged("a stored row names a trace that is not there");
            std::memcpy(traces[row].traceId.data(), ids.data() + number * sizeof(TraceId), sizeof(TraceId));
        }
        if (flags[row] & HasSpan)
            read(spanIds, traces[row].spanId);
        if ((flags[row] & HasParent) && kind == RecordKind::Span)
            read(parents, spans[row].parentSpanId);
    }
    if (kind != RecordKind::Span)
        return;
    readNumberColumn(in, count, numbers);
    for (std::uint32_t row = 0; row < count; ++row) {
        spans[row].kind = static_cast<SpanKind>(numbers[row] & 15U);
        spans[row].status = static_cast<SpanStatus>(numbers[row] >> 4 & 15U);
    }
}

void appendDecoded(SegmentRows &rows, const EncodedSegment &segment)
{
    const auto stored = splitColumns(segment.columns);
    const auto column = [&](SegmentColumn which) { return stored[static_cast<std::size_t>(which)]; };
    appendDecodedColumn(rows.times, column(SegmentColumn::Times), segment.count);
    appendDecodedColumn(rows.arrivals, column(SegmentColumn::Arrivals), segment.count);
    appendDecodedColumn(rows.durations, column(SegmentColumn::Durations), segment.count);
    appendDecodedColumn(rows.names, column(SegmentColumn::Names), segment.count);
    appendDecodedColumn(rows.features, column(SegmentColumn::Features), segment.count);
    appendDecodedColumn(rows.screens, column(SegmentColumn::Screens), segment.count);
    appendDecodedColumn(rows.users, column(SegmentColumn::Users), segment.count);
    appendDecodedColumn(rows.sessions, column(SegmentColumn::Sessions), segment.count);
    appendDecodedColumn(rows.origins, column(SegmentColumn::Origins), segment.count);
    appendDecodedColumn(rows.severities, column(SegmentColumn::Severities), segment.count);

    std::vector<TraceContext> traces;
    std::vector<SpanDetail> spans;
    readTraces(segment.traces, segment.kind, segment.count, traces, spans);
    rows.traces.insert(rows.traces.end(), traces.begin(), traces.end());
    rows.spans.insert(rows.spans.end(), spans.begin(), spans.end());

    if (segment.kind == RecordKind::MetricPoint) {
        std::vector<RowMetric> metrics;
        std::vector<std::string_view> rests;
        std::string buffer;
        readMetrics(segment.metrics, segment.count, metrics, rests, buffer);
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            metrics[i].rest = rests[i].empty() ? kNoString : rows.strings.intern(rests[i]);
            rows.metrics.push_back(metrics[i]);
        }
    }
    const AttributeColumns attributes(segment.attributes, segment.count);
    appendAttributeRows(rows, attributes);
}

} // namespace telltale
