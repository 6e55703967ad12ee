// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/originwriter.h"

#include "models/store/bytestream.h"

#include <xxhash.h>

namespace telltale {
namespace {

constexpr std::size_t kMostRemembered = 100'000;

std::string hashOf(std::string_view content)
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

OriginWriter::OriginWriter(Database &database)
    : m_findOrigin(database, "SELECT id FROM origins WHERE hash = :hash")
    , m_insertOrigin(
          database,
          "INSERT INTO origins (hash, product, environment, release, os, device, country, scope_name,"
          " scope_version, schema_url, resource_attributes, scope_attributes) VALUES (:hash, :product,"
          " :environment, :release, :os, :device, :country, :scope_name, :scope_version, :schema_url,"
          " :resource_attributes, :scope_attributes) RETURNING id")
    , m_originHash(database, "SELECT hash FROM origins WHERE id = :id")
    , m_findSeries(database, "SELECT id FROM series WHERE hash = :hash")
    , m_insertSeries(
          database,
          "INSERT INTO series (hash, name, unit, description, kind, temporality, is_monotonic, attributes)"
          " VALUES (:hash, :name, :unit, :description, :kind, :temporality, :is_monotonic, :attributes)"
          " RETURNING id")
{}

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
    const std::string hash = hashOf(content);
    if (const auto known = m_origins.find(hash); known != m_origins.end())
        return known->second;

    OriginId id = 0;
    {
        const StatementScope find(m_findOrigin);
        m_findOrigin.bindBlob(":hash", hash);
        if (m_findOrigin.step())
            id = m_findOrigin.id(0);
    }
    if (id == 0) {
        const StatementScope insert(m_insertOrigin);
        m_insertOrigin.bindBlob(":hash", hash)
            .bindText(":product", batch.text(origin.product))
            .bindText(":environment", batch.text(origin.environment))
            .bindText(":release", batch.text(origin.release))
            .bindText(":os", batch.text(origin.os))
            .bindText(":device", batch.text(origin.device))
            .bindText(":country", batch.text(origin.country))
            .bindText(":scope_name", batch.text(origin.scopeName))
            .bindText(":scope_version", batch.text(origin.scopeVersion))
            .bindText(":schema_url", batch.text(origin.schemaUrl))
            .bindBlob(":resource_attributes", resource)
            .bindBlob(":scope_attributes", scope);
        m_insertOrigin.step();
        id = m_insertOrigin.id(0);
    }
    m_origins.emplace(hash, id);
    return id;
}

bool OriginWriter::comesBefore(OriginId a, OriginId b)
{
    const auto hash = [&](OriginId id) {
        const StatementScope scope(m_originHash);
        m_originHash.bind(":id", id);
        return m_originHash.step() ? std::string(m_originHash.bytes(0)) : std::string();
    };
    return hash(a) < hash(b);
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
    const std::string hash = hashOf(content);
    if (const auto known = m_series.find(hash); known != m_series.end())
        return known->second;

    std::uint32_t id = 0;
    {
        const StatementScope find(m_findSeries);
        m_findSeries.bindBlob(":hash", hash);
        if (m_findSeries.step())
            id = m_findSeries.id(0);
    }
    if (id == 0) {
        const StatementScope insert(m_insertSeries);
        m_insertSeries.bindBlob(":hash", hash)
            .bindText(":name", batch.text(batch.names[row]))
            .bindText(":unit", batch.text(detail.unit))
            .bindText(":description", batch.text(detail.description))
            .bind(":kind", static_cast<int>(detail.kind))
            .bind(":temporality", static_cast<int>(detail.temporality))
            .bind(":is_monotonic", detail.isMonotonic ? 1 : 0)
            .bindBlob(":attributes", attributes);
        m_insertSeries.step();
        id = m_insertSeries.id(0);
    }
    m_series.emplace(hash, id);
    return id;
}

void OriginWriter::forget()
{
    m_origins.clear();
    m_series.clear();
}

void OriginWriter::trim()
{
    if (m_origins.size() > kMostRemembered || m_series.size() > kMostRemembered)
        forget();
}

} // namespace telltale
