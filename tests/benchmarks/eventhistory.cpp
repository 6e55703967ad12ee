// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/eventhistory.h"

#include "models/store/cachereader.h"
#include "models/store/cachewriter.h"

#include <array>
#include <cstdio>

namespace telltale::test {
namespace {

constexpr std::size_t kRequestsACommit = 16;
constexpr std::array<const char *, 4> kSystems = {"Android", "iOS", "Windows", "Linux"};
constexpr std::array<const char *, 8> kScreens = {"Home",    "Search",  "Plan",     "Workout",
                                                  "Friends", "Profile", "Settings", "Live map"};

} // namespace

/// The strings every batch has.
struct EventHistory::Keys
{
    explicit Keys(RecordBatch &batch)
    {
        const auto id = [&batch](std::string_view text) { return batch.strings.intern(text); };
        click = id("app.widget.click");
        view = id("app.screen.view");
        plan = id("app.plan");
        network = id("network.connection.type");
        battery = id("hw.battery.charge");
        items = id("stride.items");
        zoom = id("stride.map.zoom");
        body = id(fieldkey::kBody);
        broken = id("TypeError");
        stack = id("at draw (map.js:10:5)\nat frame (loop.js:88:1)");
        for (std::size_t i = 0; i < kSystems.size(); ++i) {
            Origin origin;
            origin.product = id("Stride");
            origin.environment = id("production");
            origin.release = id(i % 2 ? "4.1.0" : "4.2.0");
            origin.os = id(kSystems[i]);
            batch.origins.push_back(origin);
        }
        for (std::size_t i = 0; i < features.size(); ++i)
            features[i] = id("feature " + std::to_string(i));
        for (std::size_t i = 0; i < screens.size(); ++i)
            screens[i] = id(kScreens[i]);
        for (std::size_t i = 0; i < plans.size(); ++i)
            plans[i] = id(i == 0 ? "team" : i == 1 ? "free" : "pro");
        for (std::size_t i = 0; i < networks.size(); ++i)
            networks[i] = id("net-" + std::to_string(i));
    }

    StringId click, view, plan, network, battery, items, zoom, body, broken, stack;
    std::array<StringId, kFeatures> features{};
    std::array<StringId, kScreens.size()> screens{};
    std::array<StringId, 3> plans{};
    std::array<StringId, 4> networks{};
};

EventHistory::EventHistory(std::uint64_t seed)
    : m_random(seed)
    , m_live(kAtOnce)
{
    for (std::uint32_t i = 0; i < kFeatures; ++i)
        m_rank.insert(m_rank.end(), 1 + 4000 / (i + 1), i);
}

void EventHistory::begin(Live &live)
{
    std::array<char, 37> text{};
    const std::uint64_t a = m_random();
    const std::uint64_t b = m_random();
    std::snprintf(text.data(), text.size(), "%08llx-%04llx-4%03llx-a%03llx-%012llx",
                  static_cast<unsigned long long>(a >> 32), static_cast<unsigned long long>(a >> 16 & 0xffff),
                  static_cast<unsigned long long>(a & 0xfff), static_cast<unsigned long long>(b >> 52),
                  static_cast<unsigned long long>(b & 0xffffffffffff));
    ++m_sessions;
    live = {text.data(),
            static_cast<std::uint32_t>(below(5000)),
            static_cast<std::uint32_t>(150 + below(300)),
            static_cast<std::uint32_t>(below(kScreens.size())),
            kNoString,
            kNoString};
}

void EventHistory::append(RecordBatch &batch, const Keys &keys, Live &live)
{
    if (live.left == 0)
        begin(live);
    --live.left;
    if (live.keyId == kNoString) {
        live.keyId = batch.strings.intern(live.key);
        live.userId = batch.strings.intern("user-" + std::to_string(live.user));
    }
    if (below(12) == 0)
        live.screen = static_cast<std::uint32_t>(below(kScreens.size()));
    m_now =
        m_now + std::chrono::nanoseconds(kStep / 2 + static_cast<std::int64_t>(below(kStep / 1000)) * 1000);
    Record record;
    record.time = m_now;
    record.severity = 9;
    record.origin = live.user % 8 < 5 ? 0 : 1 + live.user % 3;
    record.screen = keys.screens[live.screen];
    record.user = live.userId;
    record.session = live.keyId;
    record.duration = static_cast<std::int64_t>(below(60'000)) * 1'000'000;
    const auto first = static_cast<std::uint32_t>(batch.attributes.size());
    batch.attributes.push_back(
        Attribute::ofText(keys.plan, keys.plans[live.user % 7 == 0 ? 0 : 1 + live.user % 2]));
    batch.attributes.push_back(Attribute::ofText(keys.network, keys.networks[below(4)]));
    batch.attributes.push_back(Attribute::of(keys.battery, static_cast<double>(below(100)) / 100));
    batch.attributes.push_back(Attribute::of(keys.items, static_cast<std::int64_t>(below(1000))));
    batch.attributes.push_back(Attribute::of(keys.zoom, static_cast<double>(below(200)) / 10));
    const std::uint64_t dice = below(1000);
    if (dice < 900) {
        record.kind = RecordKind::UsageEvent;
        record.name = keys.click;
        record.feature = keys.features[m_rank[below(m_rank.size())]];
    } else if (dice < 950) {
        record.kind = RecordKind::ScreenView;
        record.name = keys.view;
    } else if (dice < 999) {
        record.kind = RecordKind::Log;
        record.duration = kNoDuration;
        std::array<char, 128> line{};
        const int size =
            std::snprintf(line.data(), line.size(),
                          "GET /api/workouts/%llu answered %d after %llu ms, %llu bytes from cache %s",
                          static_cast<unsigned long long>(below(100'000'000)), below(50) == 0 ? 504 : 200,
                          static_cast<unsigned long long>(below(900)),
                          static_cast<unsigned long long>(below(90'000)), below(2) ? "warm" : "cold");
        batch.attributes.push_back(Attribute::ofText(
            keys.body, batch.strings.intern({line.data(), static_cast<std::size_t>(size)})));
    } else {
        record.kind = RecordKind::Error;
        record.severity = 17;
        record.duration = kNoDuration;
        record.detail = static_cast<std::uint32_t>(batch.errors.size());
        const std::uint64_t group = below(40);
        ErrorDetail &error = batch.errors.emplace_back();
        error.type = keys.broken;
        error.message = batch.strings.intern("tile " + std::to_string(below(1000)) + " of layer " +
                                             std::to_string(group) + " is undefined");
        error.stack = keys.stack;
        error.isUnhandled = group == 0;
        error.group = group + 1;
    }
    record.attributes = {first, static_cast<std::uint32_t>(batch.attributes.size())};
    batch.append(record);
}

Delivery EventHistory::next(std::size_t records)
{
    Delivery delivery;
    delivery.protocol = "otlp/http";
    const Keys keys(delivery.batch);
    for (Live &live : m_live)
        live.keyId = kNoString;
    for (std::size_t i = 0; i < records; ++i)
        append(delivery.batch, keys, m_live[below(m_live.size())]);
    delivery.arrival = m_now + std::chrono::milliseconds(40);
    return delivery;
}

Result<void> writeEventHistory(const std::filesystem::path &path, std::uint64_t records,
                               const std::function<void(std::uint64_t)> &progress)
{
    std::uint64_t stored = 0;
    if (std::filesystem::exists(path)) {
        const auto reader = CacheReader::open(path);
        if (!reader)
            return tl::unexpected(reader.error());
        const auto summary = (*reader)->summary();
        if (!summary)
            return tl::unexpected(summary.error());
        stored = summary->records;
    }
    if (stored >= records)
        return {};
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        return tl::unexpected(writer.error());
    EventHistory history;
    for (std::uint64_t made = 0; made < records;) {
        std::vector<Delivery> deliveries;
        for (std::size_t i = 0; i < kRequestsACommit && made < records; ++i) {
            Delivery delivery = history.next();
            made += delivery.batch.size();
            if (made > stored) // what an earlier run has stored is only counted
                deliveries.push_back(std::move(delivery));
        }
        if (const auto report = (*writer)->commit(deliveries); !report)
            return tl::unexpected(report.error());
        if (progress)
            progress(made);
    }
    return (*writer)->checkpoint();
}

} // namespace telltale::test
