// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupcodec.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"
#include "models/store/durationvalues.h"
#include "models/store/idset.h"
#include "models/store/idunion.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace telltale {
namespace {

constexpr std::size_t kChecksumBytes = 8;
/// Times within a bucket are kept in the widest unit that divides all of them.
constexpr std::array<std::int64_t, 4> kUnits = {1, 1'000, 1'000'000, 1'000'000'000};

/// Behind room for a checksum.
std::string blobOf(std::string_view payload)
{
    std::string blob;
    if (payload.empty())
        return blob;
    blob.reserve(kChecksumBytes + payload.size());
    blob.assign(kChecksumBytes, '\0');
    blob += payload;
    return blob;
}

void sealBlob(std::string &blob, std::uint64_t seed)
{
    if (blob.empty())
        return;
    const std::string_view payload = std::string_view(blob).substr(kChecksumBytes);
    std::string checksum;
    ByteWriter(checksum).fixed(static_cast<std::uint64_t>(checksumOf(payload, seed)), kChecksumBytes);
    blob.replace(0, kChecksumBytes, checksum);
}

std::string_view opened(std::string_view blob, std::uint64_t seed)
{
    if (blob.empty())
        return blob;
    ByteReader in(blob);
    const std::uint64_t checksum = in.fixed(kChecksumBytes);
    if (checksum != static_cast<std::uint64_t>(checksumOf(in.rest(), seed)))
        throwDamaged("a rollup does not match its checksum");
    return in.rest();
}

/// Numbers one after the other; nothing at all when all are 0.
template<typename Of>
void appendColumn(std::string &out, std::size_t cells, Of of)
{
    thread_local std::string column; // late records make thousands of small ones
    column.clear();
    ByteWriter numbers(column);
    bool isNothing = true;
    for (std::size_t i = 0; i < cells; ++i) {
        const std::uint64_t value = of(i);
        isNothing = isNothing && value == 0;
        numbers.varint(value);
    }
    ByteWriter(out).sized(isNothing ? std::string_view() : std::string_view(column));
}

/// The loops over whole columns are what reading many buckets costs.
template<typename T>
void readColumn(std::string_view bytes, std::size_t cells, std::vector<T> &values)
{
    values.clear();
    if (bytes.empty())
        return;
    values.resize(cells);
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const auto *const end = at + bytes.size();
    for (std::size_t i = 0; i < cells; ++i) {
        std::uint64_t value = 0;
        unsigned shift = 0;
        for (;;) {
            if (at == end || shift > 63)
                throwDamaged("a rollup's column ends too early");
            const std::uint8_t byte = *at++;
            value |= std::uint64_t(byte & 0x7fU) << shift;
            if (byte < 0x80)
                break;
            shift += 7;
        }
        values[i] = static_cast<T>(value);
    }
}

/// Unsigned: the very first bucket begins before the first time there is.
std::uint64_t startOf(RollupLevel level, std::int64_t bucket)
{
    return static_cast<std::uint64_t>(bucket) * static_cast<std::uint64_t>(widthOf(level));
}

bool hasTimes(const RollupCell &cell)
{
    return cell.first <= cell.last;
}

/// varint unit; then 1 + the first's place in the row, 0: no time; then how long after it the last one was.
void appendTimes(std::string &out, std::span<const RollupCell> cells, std::uint64_t start)
{
    std::size_t unit = kUnits.size() - 1;
    for (const RollupCell &cell : cells) {
        while (unit > 0 && hasTimes(cell) &&
               (cell.first % kUnits[unit] != 0 || cell.last % kUnits[unit] != 0))
            --unit;
    }
    ByteWriter(out).varint(unit);
    appendColumn(out, cells.size(), [&](std::size_t i) {
        return hasTimes(cells[i]) ? (static_cast<std::uint64_t>(cells[i].first) - start) /
                                            static_cast<std::uint64_t>(kUnits[unit]) +
                                        1
                                  : 0;
    });
    appendColumn(out, cells.size(), [&](std::size_t i) {
        return hasTimes(cells[i])
                   ? static_cast<std::uint64_t>((cells[i].last - cells[i].first) / kUnits[unit])
                   : 0;
    });
}

void readTimes(ByteReader &in, std::size_t cells, std::uint64_t start, RollupColumns &columns)
{
    const std::uint64_t unit = in.varint();
    if (unit >= kUnits.size())
        throwDamaged("a rollup's times have an unknown unit");
    thread_local std::vector<std::uint64_t> lengths;
    const std::string_view firsts = in.sized();
    readColumn(firsts, cells, columns.firsts);
    readColumn(in.sized(), cells, lengths);
    columns.lasts.assign(columns.firsts.size(), std::numeric_limits<std::int64_t>::min());
    const auto scale = static_cast<std::uint64_t>(kUnits[unit]);
    for (std::size_t i = 0; i < columns.firsts.size(); ++i) {
        const auto place = static_cast<std::uint64_t>(columns.firsts[i]);
        if (place == 0) {
            columns.firsts[i] = std::numeric_limits<std::int64_t>::max();
            continue;
        }
        const std::uint64_t first = start + (place - 1) * scale;
        columns.firsts[i] = static_cast<std::int64_t>(first);
        columns.lasts[i] = static_cast<std::int64_t>(first + (lengths.empty() ? 0 : lengths[i]) * scale);
    }
}

template<typename Of>
void appendBytesColumn(std::string &out, std::size_t cells, Of of)
{
    const std::size_t before = out.size();
    bool isNothing = true;
    appendColumn(out, cells, [&](std::size_t i) {
        isNothing = isNothing && of(i).empty();
        return of(i).size();
    });
    for (std::size_t i = 0; i < cells; ++i)
        out += of(i);
    if (isNothing)
        out.resize(before);
}

void readBytesColumn(ByteReader &in, std::size_t cells, std::vector<std::string_view> &values)
{
    thread_local std::vector<std::uint64_t> sizes;
    readColumn(in.sized(), cells, sizes);
    values.clear();
    values.reserve(sizes.size());
    for (const std::uint64_t size : sizes)
        values.push_back(in.bytes(size));
}

std::string idsBlob(std::span<const RollupCell> cells, RollupIds which)
{
    std::string payload;
    appendBytesColumn(payload, cells.size(), [&](std::size_t i) -> const std::string & {
        return cells[i].ids[static_cast<std::size_t>(which)];
    });
    return blobOf(payload);
}

constexpr std::array kOtherIds = {RollupIds::Failed, RollupIds::Crashed, RollupIds::Nameless};

std::vector<std::string_view> &columnOf(RollupColumns &columns, RollupIds which)
{
    return columns.ids[static_cast<std::size_t>(which)];
}

} // namespace

EncodedRollup encodeRollup(std::span<const RollupCell> cells, RollupFamily family, RollupLevel level,
                           std::int64_t bucket)
{
    EncodedRollup encoded;
    std::string payload;
    ByteWriter writer(payload);
    writer.varint(cells.size());
    appendColumn(payload, cells.size(),
                 [&](std::size_t i) { return cells[i].subject - (i == 0 ? 0 : cells[i - 1].subject); });
    appendColumn(payload, cells.size(), [&](std::size_t i) { return cells[i].edition; });
    for (std::size_t which = 0; which < kRollupCounts; ++which)
        appendColumn(payload, cells.size(), [&](std::size_t i) { return cells[i].counts[which]; });
    appendTimes(payload, cells, startOf(level, bucket));
    encoded.counts = blobOf(payload);
    if (hasIds(family, level)) {
        encoded.users = idsBlob(cells, RollupIds::Users);
        encoded.sessions = idsBlob(cells, RollupIds::Sessions);
        payload.clear();
        for (const RollupIds which : kOtherIds) {
            std::string column;
            appendBytesColumn(column, cells.size(), [&](std::size_t i) -> const std::string & {
                return cells[i].ids[static_cast<std::size_t>(which)];
            });
            writer.sized(column);
        }
        encoded.others = payload.size() > kOtherIds.size() ? blobOf(payload) : std::string();
    }
    payload.clear();
    appendBytesColumn(payload, cells.size(),
                      [&](std::size_t i) -> const std::string & { return cells[i].durations; });
    encoded.durations = blobOf(payload);
    if (hasValues(family, level)) {
        payload.clear();
        appendBytesColumn(payload, cells.size(),
                          [&](std::size_t i) -> const std::string & { return cells[i].values; });
        encoded.values = blobOf(payload);
    }
    return encoded;
}

void seal(EncodedRollup &encoded, std::uint64_t seed)
{
    for (std::string *blob : {&encoded.counts, &encoded.users, &encoded.sessions, &encoded.others,
                              &encoded.durations, &encoded.values})
        sealBlob(*blob, seed);
}

void decodeRollup(const RollupBlobs &blobs, RollupLevel level, std::int64_t bucket, std::uint64_t seed,
                  unsigned parts, RollupColumns &columns)
{
    ByteReader in(opened(blobs.counts, seed));
    const std::size_t cells = in.count(0);
    if (cells > blobs.counts.size() * 8 + 1) // even a column of ones takes a byte a cell
        throwDamaged("a rollup has more cells than bytes");
    readColumn(in.sized(), cells, columns.subjects);
    columns.subjects.resize(cells);
    for (std::size_t i = 1; i < cells; ++i)
        columns.subjects[i] += columns.subjects[i - 1];
    readColumn(in.sized(), cells, columns.editions);
    columns.editions.resize(cells);
    for (auto &column : columns.counts)
        readColumn(in.sized(), cells, column);
    columns.firsts.clear();
    columns.lasts.clear();
    if (parts & RollupTimes)
        readTimes(in, cells, startOf(level, bucket), columns);
    for (auto &column : columns.ids)
        column.clear();
    columns.durations.clear();
    columns.values.clear();
    const auto readIds = [&](unsigned part, std::string_view blob, RollupIds which) {
        if (!(parts & part) || blob.empty())
            return;
        ByteReader ids(opened(blob, seed));
        readBytesColumn(ids, cells, columnOf(columns, which));
    };
    readIds(RollupUsers, blobs.users, RollupIds::Users);
    readIds(RollupSessions, blobs.sessions, RollupIds::Sessions);
    if ((parts & RollupOtherIds) && !blobs.others.empty()) {
        ByteReader others(opened(blobs.others, seed));
        for (const RollupIds which : kOtherIds) {
            const std::string_view column = others.sized();
            if (column.empty())
                continue;
            ByteReader ids(column);
            readBytesColumn(ids, cells, columnOf(columns, which));
        }
    }
    if ((parts & RollupDurations) && !blobs.durations.empty()) {
        ByteReader durations(opened(blobs.durations, seed));
        readBytesColumn(durations, cells, columns.durations);
    }
    if ((parts & RollupValues) && !blobs.values.empty()) {
        ByteReader values(opened(blobs.values, seed));
        readBytesColumn(values, cells, columns.values);
    }
}

namespace {

/// A cell of one of several parts.
struct Source
{
    std::uint64_t subject;
    std::uint32_t edition;
    std::uint32_t part, cell;
};

std::string unitedIds(std::span<const RollupColumns> parts, std::span<const Source> sources, RollupIds which)
{
    std::string_view only;
    std::size_t found = 0;
    for (const Source &source : sources) {
        const std::string_view bytes = parts[source.part].idsOf(which, source.cell);
        found += bytes.empty() ? 0 : 1;
        only = bytes.empty() ? only : bytes;
    }
    if (found < 2)
        return std::string(only);
    IdUnion united;
    for (const Source &source : sources) {
        if (!united.addStored(parts[source.part].idsOf(which, source.cell)))
            throwDamaged("a rollup's ids are no set");
    }
    std::string bytes;
    IdSet::appendSorted(bytes, united.ids());
    return bytes;
}

std::string unitedValues(std::span<const RollupColumns> parts, std::span<const Source> sources)
{
    std::vector<std::int64_t> values;
    for (const Source &source : sources) {
        const auto middle = static_cast<std::ptrdiff_t>(values.size());
        if (!DurationValues::read(parts[source.part].valuesOf(source.cell), values))
            throwDamaged("a rollup's durations can not be read");
        std::inplace_merge(values.begin(), values.begin() + middle, values.end());
    }
    std::string bytes;
    DurationValues::append(bytes, values);
    return bytes;
}

RollupCell mergedCell(std::span<const RollupColumns> parts, std::span<const Source> sources)
{
    RollupCell cell;
    cell.subject = sources.front().subject;
    cell.edition = sources.front().edition;
    DurationHistogram durations;
    for (const Source &source : sources) {
        const RollupColumns &from = parts[source.part];
        for (std::size_t which = 0; which < kRollupCounts; ++which) {
            const std::uint64_t count = from.count(static_cast<RollupCount>(which), source.cell);
            if (which == static_cast<std::size_t>(RollupCount::Severity))
                cell.counts[which] = std::max(cell.counts[which], count);
            else
                cell.counts[which] += count;
        }
        if (!from.firsts.empty()) {
            cell.first = std::min(cell.first, from.firsts[source.cell]);
            cell.last = std::max(cell.last, from.lasts[source.cell]);
        }
        if (!durations.addStored(from.durationsOf(source.cell)))
            throwDamaged("a rollup's durations are no histogram");
    }
    for (std::size_t which = 0; which < kRollupIds; ++which)
        cell.ids[which] = unitedIds(parts, sources, static_cast<RollupIds>(which));
    durations.appendTo(cell.durations);
    cell.values = unitedValues(parts, sources);
    return cell;
}

} // namespace

std::vector<RollupCell> mergedCells(std::span<const RollupColumns> parts)
{
    std::vector<Source> sources;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (std::size_t cell = 0; cell < parts[part].size(); ++cell)
            sources.push_back({parts[part].subjects[cell], parts[part].editions[cell],
                               static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(cell)});
    }
    std::sort(sources.begin(), sources.end(), [](const Source &a, const Source &b) {
        return std::tie(a.subject, a.edition, a.part) < std::tie(b.subject, b.edition, b.part);
    });
    std::vector<RollupCell> cells;
    for (std::size_t begin = 0; begin < sources.size();) {
        std::size_t end = begin + 1;
        while (end < sources.size() && sources[end].subject == sources[begin].subject &&
               sources[end].edition == sources[begin].edition)
            ++end;
        cells.push_back(mergedCell(parts, std::span(sources).subspan(begin, end - begin)));
        begin = end;
    }
    return cells;
}

} // namespace telltale
