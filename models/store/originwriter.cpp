// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/originwriter.h"

#include "models/store/bytestream.h"

#include <xxhash.h>

namespace telltale {
namespace {

constexpr std::size_t kMostRemembered = 100'000;

std::string contentHash(std::string_view content)
{
    const XXH128_hash_t hash = XXH3_128bits(content.data(), content.size());
    std::string bytes;
    ByteWriter writer(bytes);
    writer.fixed(hash.high64, 8);
    writer.fixed(hash.low64, 8);
    return bytes;
}

std::string attributesOf(const RecordBatch &batch, IndexRange range)
{
    Value::Map map;
    for (const Attribute &attribute : batch.attributesIn(range))
        map.emplace_back(batch.text(attribute.key), batch.valueOf(attribute));
    return encodeKeyValueList(map);
}

} // namespace

OriginWriter::OriginWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log)
    : m_findOrigin(lookups, "SELECT id FROM origins WHERE hash = :hash")
    , m_originHash(lookups, "SELECT hash FROM origins WHERE id = :id")
    , m_largestOrigin(lookups, "SELECT coalesce(max(id), 0) FROM origins")
    , m_findSeries(lookups, "SELECT id FROM series WHERE hash = :hash")
    , m_largestSeries(lookups, "SELECT coalesce(max(id), 0) FROM series")
    , m_insertOrigin(
          writer, log,
          "INSERT INTO origins (id, hash, product, environment, release, os, device, country, scope_name,"
          " scope_version, schema_url, resource_attributes, scope_attributes) VALUES (:id, :hash, :product,"
          " :environment, :release, :os, :device, :country, :scope_name, :scope_version, :schema_url,"
          " :resource_attributes, :scope_attributes)")
    , m_insertSeries(
          writer, log,
          "INSERT INTO series (id, hash, name, unit, description, kind, temporality, is_monotonic, "
          "attributes)"
          " VALUES (:id, :hash, :name, :unit, :description, :kind, :temporality, :is_monotonic, :attributes)")
{}

std::uint32_t OriginWriter::found(Statement &find, std::string_view hash)
{
    const StatementScope scope(find);
    find.bindBlob(":hash", hash);
    return find.step() ? find.id(0) : 0;
}

std::uint32_t OriginWriter::next(Statement &largest, std::uint32_t &last)
{
    if (last == 0) {
        const StatementScope scope(largest);
        largest.step();
        last = largest.id(0);
    }
    return ++last;
}

OriginId OriginWriter::idOf(const RecordBatch &batch, const Origin &origin)
{
    const std::string resource = attributesOf(batch, origin.attributes);
    const std::string scope = attributesOf(batch, origin.scopeAttributes);
    std::string content;
    ByteWriter writer(content);
    for (const StringId id : {origin.product, origin.environment, origin.release, origin.os, origin.device,
                              origin.country, origin.scopeName, origin.scopeVersion, origin.schemaUrl})
        writer.sized(batch.text(id));
    writer.sized(resource);
    writer.sized(scope);
    const std::string hash = contentHash(content);
    if (const auto known = m_origins.find(hash); known != m_origins.end())
        return known->second;

    OriginId id = found(m_findOrigin, hash);
    if (id == 0) {
        id = next(m_largestOrigin, m_lastOrigin);
        m_addedOrigins.emplace(id, hash);
        m_insertOrigin.execute(id, Blob{hash}, batch.text(origin.product), batch.text(origin.environment),
                               batch.text(origin.release), batch.text(origin.os), batch.text(origin.device),
                               batch.text(origin.country), batch.text(origin.scopeName),
                               batch.text(origin.scopeVersion), batch.text(origin.schemaUrl), Blob{resource},
                               Blob{scope});
    }
    m_origins.emplace(hash, id);
    return id;
}

std::string OriginWriter::hashOf(OriginId id)
{
    if (const auto added = m_addedOrigins.find(id); added != m_addedOrigins.end())
        return added->second;
    const StatementScope scope(m_originHash);
    m_originHash.bind(":id", id);
    return m_originHash.step() ? std::string(m_originHash.bytes(0)) : std::string();
}

bool OriginWriter::comesBefore(OriginId a, OriginId b)
{
    return hashOf(a) < hashOf(b);
}

std::uint32_t OriginWriter::seriesOf(const RecordBatch &batch, std::size_t row)
{
    const MetricDetail &detail = batch.metrics[batch.detail[row]];
    const std::string attributes = attributesOf(batch, batch.attributeRanges[row]);
    std::string content;
    ByteWriter writer(content);
    for (const StringId id : {batch.names[row], detail.unit, detail.description})
        writer.sized(batch.text(id));
    writer.byte(static_cast<std::uint8_t>(detail.kind));
    writer.byte(static_cast<std::uint8_t>(detail.temporality));
    writer.byte(detail.isMonotonic ? 1 : 0);
    writer.sized(attributes);
    const std::string hash = contentHash(content);
    if (const auto known = m_series.find(hash); known != m_series.end())
        return known->second;

    std::uint32_t id = found(m_findSeries, hash);
    if (id == 0) {
        id = next(m_largestSeries, m_lastSeries);
        m_insertSeries.execute(id, Blob{hash}, batch.text(batch.names[row]), batch.text(detail.unit),
                               batch.text(detail.description), static_cast<int>(detail.kind),
                               static_cast<int>(detail.temporality), detail.isMonotonic ? 1 : 0,
                               Blob{attributes});
    }
    m_series.emplace(hash, id);
    return id;
}

bool OriginWriter::isOriginRight(const Statement &row)
{
    constexpr int kFirst = 2, kEnd = 13; // product to scope_attributes
    std::string content;
    ByteWriter writer(content);
    for (int column = kFirst; column < kEnd; ++column)
        writer.sized(row.bytes(column));
    return row.bytes(1) == contentHash(content);
}

bool OriginWriter::isSeriesRight(const Statement &row)
{
    std::string content;
    ByteWriter writer(content);
    for (const int column : {2, 3, 4}) // name, unit, description
        writer.sized(row.bytes(column));
    for (const int column : {5, 6, 7}) // kind, temporality, is_monotonic
        writer.byte(static_cast<std::uint8_t>(row.integer(column)));
    writer.sized(row.bytes(8)); // attributes
    const bool isForgotten = row.bytes(2).empty() && row.bytes(4).empty() && row.bytes(8).empty();
    return isForgotten || row.bytes(1) == contentHash(content);
}

void OriginWriter::forget()
{
    m_origins.clear();
    m_addedOrigins.clear();
    m_series.clear();
    m_lastOrigin = m_lastSeries = 0;
}

bool OriginWriter::isFull() const
{
    return m_origins.size() > kMostRemembered || m_series.size() > kMostRemembered;
}

void OriginWriter::trim()
{
    if (isFull())
        forget();
}

} // namespace telltale
