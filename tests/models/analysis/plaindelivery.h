// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "memorycache.h"
#include "models/store/cachewriter.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace telltale {

/// One request that says what these records say.
inline Delivery plainDelivery(std::span<const PlainRecord> records)
{
    Delivery delivery;
    delivery.protocol = "otlp/http";
    delivery.arrival = {records.front().arrival};
    RecordBatch &batch = delivery.batch;
    const auto id = [&batch](const std::string &text) {
        return text.empty() ? kNoString : batch.strings.intern(text);
    };
    const auto addAttributes = [&batch](const Value::Map &map) {
        std::vector<Attribute> made; // nested values may add strings
        for (const auto &[key, value] : map)
            made.push_back(batch.makeAttribute(key, value));
        IndexRange range{static_cast<std::uint32_t>(batch.attributes.size()), 0};
        batch.attributes.insert(batch.attributes.end(), made.begin(), made.end());
        range.end = static_cast<std::uint32_t>(batch.attributes.size());
        return range;
    };
    for (const PlainRecord &from : records) {
        Origin origin;
        origin.product = id(from.product);
        origin.environment = id(from.environment);
        origin.release = id(from.release);
        origin.os = id(from.os);
        origin.device = id(from.device);
        origin.country = id(from.country);
        origin.attributes = addAttributes(from.resource);
        batch.origins.push_back(origin);

        Record record;
        record.kind = from.kind;
        record.severity = from.severity;
        record.time = {from.time};
        record.duration = from.duration;
        record.origin = static_cast<std::uint32_t>(batch.origins.size() - 1);
        record.name = id(from.name);
        record.feature = id(from.feature);
        record.screen = id(from.screen);
        record.user = id(from.user);
        record.session = id(from.session);
        record.attributes = addAttributes(from.attributes);
        if (from.kind == RecordKind::Error) {
            record.detail = static_cast<std::uint32_t>(batch.errors.size());
            ErrorDetail &error = batch.errors.emplace_back();
            error.type = id(from.type);
            error.message = id(from.message);
            error.stack = id(from.stack);
            error.isUnhandled = from.isUnhandled;
            error.group = from.group;
        } else if (from.kind == RecordKind::Span) {
            record.detail = static_cast<std::uint32_t>(batch.spans.size());
            batch.spans.emplace_back();
        } else if (from.kind == RecordKind::MetricPoint) {
            record.detail = static_cast<std::uint32_t>(batch.metrics.size());
            batch.metrics.emplace_back();
        }
        batch.append(record);
    }
    return delivery;
}

/// Writes them to a new cache, `perRequest` a request, a few requests a commit.
inline Result<void> writePlainCache(const std::filesystem::path &path,
                                    const std::vector<PlainRecord> &records, std::size_t perRequest = 97)
{
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        return tl::unexpected(writer.error());
    std::vector<Delivery> waiting;
    for (std::size_t at = 0; at < records.size(); at += perRequest) {
        waiting.push_back(
            plainDelivery(std::span(records).subspan(at, std::min(perRequest, records.size() - at))));
        if (waiting.size() == 3 || at + perRequest >= records.size()) {
            if (const auto report = (*writer)->commit(waiting); !report)
                return tl::unexpected(report.error());
            waiting.clear();
        }
    }
    return {};
}

} // namespace telltale
