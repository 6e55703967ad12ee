// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sourcewriter.h"

#include <algorithm>

namespace telltale {

SourceWriter::SourceWriter(ChangeWriter &writer, ChangeLog &log)
    : m_source(
          writer, log,
          "INSERT INTO sources (protocol, product, os, first_arrival, last_arrival, last_event, requests,"
          " records, rejected, duplicates, dropped) VALUES (:protocol, :product, :os, :first_arrival,"
          " :last_arrival, :last_event, :requests, :records, :rejected, :duplicates, :dropped)"
          " ON CONFLICT (protocol, product, os) DO UPDATE SET"
          " first_arrival = min(first_arrival, excluded.first_arrival),"
          " last_arrival = max(last_arrival, excluded.last_arrival),"
          " last_event = max(coalesce(last_event, excluded.last_event), coalesce(excluded.last_event,"
          " last_event)),"
          " requests = requests + excluded.requests, records = records + excluded.records,"
          " rejected = rejected + excluded.rejected, duplicates = duplicates + excluded.duplicates,"
          " dropped = dropped + excluded.dropped")
    , m_release(writer, log,
                "INSERT OR IGNORE INTO source_releases (source, release) SELECT id, :release FROM sources"
                " WHERE protocol = :protocol AND product = :product AND os = :os")
    , m_counter(writer, log,
                "INSERT INTO counters (name, count) VALUES (:name, :count)"
                " ON CONFLICT (name) DO UPDATE SET count = count + excluded.count")
{}

void SourceWriter::add(const Delivery &delivery)
{
    const RecordBatch &batch = delivery.batch;
    std::vector<Change *> byOrigin;
    const auto changeOf = [&](std::string_view product, std::string_view os) -> Change & {
        const auto [at, isNew] = m_changes.try_emplace(Key(delivery.protocol, product, os));
        Change &change = at->second;
        if (isNew)
            change.firstArrival = change.lastArrival = delivery.arrival.ns;
        change.firstArrival = std::min(change.firstArrival, delivery.arrival.ns);
        change.lastArrival = std::max(change.lastArrival, delivery.arrival.ns);
        return change;
    };
    for (const Origin &origin : batch.origins) {
        Change &change = delivery.source.empty() ? changeOf(batch.text(origin.product), batch.text(origin.os))
                                                 : changeOf(delivery.source, {});
        if (!batch.text(origin.release).empty())
            change.releases.emplace(batch.text(origin.release));
        byOrigin.push_back(&change);
    }
    Change &first = byOrigin.empty() ? changeOf(delivery.source, {}) : *byOrigin.front();

    const std::set<Change *> all(byOrigin.begin(), byOrigin.end());
    for (Change *change : all.empty() ? std::set<Change *>{&first} : all) {
        ++change->requests;
        change->duplicates += delivery.isRepeat ? 1 : 0;
    }
    if (delivery.isRepeat)
        return;
    first.rejected += delivery.rejected;
    first.duplicates += delivery.repeatedMessages;
    first.dropped += delivery.lost;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        Change &change = batch.origin[row] < byOrigin.size() ? *byOrigin[batch.origin[row]] : first;
        ++change.records;
        if (!change.lastEvent || *change.lastEvent < batch.times[row].ns)
            change.lastEvent = batch.times[row].ns;
    }
    for (const auto &[name, value] : delivery.counters.entries())
        count(name, value);
}

void SourceWriter::count(std::string_view counter, std::uint64_t count)
{
    const auto known = m_counts.find(counter);
    if (known != m_counts.end())
        known->second += count;
    else
        m_counts.emplace(counter, count);
}

void SourceWriter::flush()
{
    for (const auto &[key, change] : m_changes) {
        const auto &[protocol, product, os] = key;
        m_source.execute(protocol, product, os, change.firstArrival, change.lastArrival, change.lastEvent,
                         change.requests, change.records, change.rejected, change.duplicates, change.dropped);
        for (const std::string &release : change.releases)
            m_release.execute(release, protocol, product, os);
    }
    for (const auto &[name, count] : m_counts)
        m_counter.execute(name, count);
    forget();
}

void SourceWriter::forget()
{
    m_changes.clear();
    m_counts.clear();
}

} // namespace telltale
