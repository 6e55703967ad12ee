// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/stored.h"

#include <QDebug>

namespace telltale::test {
namespace {

template<typename T>
T required(Result<T> result)
{
    if (!result)
        qFatal("cannot read the cache: %s", result.error().message.c_str());
    return std::move(*result);
}

void addSegment(StoredContent &content, CacheReader &reader, const Segment &segment,
                const std::string &attribute)
{
    content.kinds[segment.info().kind] += segment.count();
    auto &names = segment.info().kind == RecordKind::MetricPoint ? content.metrics : content.names;
    for (std::uint32_t row = 0; row < segment.count(); ++row) {
        if (const std::string_view name = reader.string(segment.names()[row]); !name.empty())
            ++names[std::string(name)];
        if (const UserId user = segment.users()[row]; user != 0)
            content.users.insert(std::string(reader.userKey(user)));
    }
    if (!attribute.empty())
        segment.forEachAttribute(
            attribute, [&](std::uint32_t, const Value &value) { ++content.texts[toDisplayText(value)]; });
}

} // namespace

std::uint64_t StoredContent::logRecords() const
{
    return kind(RecordKind::UsageEvent) + kind(RecordKind::ScreenView) + kind(RecordKind::Log) +
           kind(RecordKind::SessionBound) + kind(RecordKind::Error);
}

StoredContent readCache(const std::filesystem::path &cache, const std::string &attribute)
{
    StoredContent content;
    const auto reader = required(CacheReader::open(cache));
    const CacheReader::Snapshot snapshot(*reader);
    for (const RecordKind kind : {RecordKind::UsageEvent, RecordKind::ScreenView, RecordKind::Log,
                                  RecordKind::Span, RecordKind::MetricPoint, RecordKind::SessionBound}) {
        for (const SegmentInfo &info : required(reader->segments(kind, {})))
            addSegment(content, *reader, *required(reader->segment(info)), attribute);
    }
    const auto visitError = [&](const StoredError &error) {
        ++content.kinds[RecordKind::Error];
        if (const std::string_view name = reader->string(error.name); !name.empty())
            ++content.names[std::string(name)];
        if (error.user != 0)
            content.users.insert(std::string(reader->userKey(error.user)));
        for (const auto &[key, value] : error.attributes) {
            if (key == attribute)
                ++content.texts[toDisplayText(value)];
        }
        return true;
    };
    if (const auto read = reader->forEachError({}, true, visitError); !read)
        qFatal("cannot read errors: %s", read.error().message.c_str());
    const auto visitSession = [&](const StoredSession &session) {
        if (!session.isDerived)
            content.sessions.insert(session.key);
        return true;
    };
    if (const auto read = reader->forEachSession({}, visitSession); !read)
        qFatal("cannot read sessions: %s", read.error().message.c_str());
    for (const StoredCounter &counter : required(reader->counters()))
        content.counters[counter.name] = counter.count;
    for (const StoredSource &source : required(reader->sources())) {
        content.duplicates += source.duplicates;
        content.dropped += source.dropped;
    }
    content.errorGroups = required(reader->errorGroups()).size();
    return content;
}

} // namespace telltale::test
