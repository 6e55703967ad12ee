// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "memorycache.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace telltale {

/// Users with hostile names, from about `from` to `to`, shuffled; no time comes twice. Deterministic in the seed.
inline std::vector<PlainRecord> plainFleet(unsigned seed, int sessions, std::int64_t from, std::int64_t to)
{
    static const std::vector<std::string> kFeatures = {
        "Start workout", "Herzfrequenz ♥", "=cmd|calc!A1",  "a\"b\\c",     "*",
        "tab\there",     "训练计划",       "feature:colon", "O'Neil; DROP"};
    static const std::vector<std::string> kScreens = {"Home", "Plan", "Live map", "Отчёт", "a,b", ""};
    static const std::vector<std::string> kReleases = {"4.0.0", "4.1.0", "4.2.0", ""};
    static const std::vector<std::string> kTypes = {"TypeError", "SIGSEGV", "HTTP 504"};
    std::mt19937 random(seed);
    const auto below = [&random](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const auto pick = [&](const auto &list) {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
    };
    constexpr std::int64_t kMs = 1'000'000;
    std::vector<PlainRecord> records;
    for (int s = 0; s < sessions; ++s) {
        PlainRecord base;
        const auto person = below(sessions / 3 + 1);
        const auto style = below(20);
        base.user = style == 0        ? ""
                    : person % 5 == 0 ? "नाम \"" + std::to_string(person) + "\""
                                      : "user-" + std::to_string(person);
        base.session = style < 2 || style > 5 ? "s " + std::to_string(s) : "";
        if (style == 1)
            base.session.clear(), base.user.clear();
        base.product = below(4) == 0 ? "stride-web" : "stride";
        base.release = pick(kReleases);
        base.os = below(2) ? "android" : "ios";
        base.resource = {{"host.name", Value("h" + std::to_string(below(3)))},
                         {"cores", Value(std::int64_t(8))}};
        std::int64_t time = from + below((to - from) / kMs) * kMs;
        for (std::int64_t i = 0, n = 1 + below(20); i < n; ++i) {
            time += below(20) == 0 ? below(90 * 60'000) * kMs : below(60'000) * kMs;
            PlainRecord record = base;
            record.time = time;
            record.severity = static_cast<std::uint8_t>(below(25));
            record.attributes = {{"n", below(2) ? Value(below(5)) : Value(static_cast<double>(below(5)))},
                                 {"plan", Value(below(2) ? "team" : "free")},
                                 {"ok", Value(below(2) == 0)}};
            switch (below(9)) {
            case 0:
            case 1:
            case 2:
                record.kind = RecordKind::UsageEvent;
                record.name = "click";
                record.feature = pick(kFeatures);
                record.screen = pick(kScreens);
                break;
            case 3:
            case 4:
                record.kind = RecordKind::ScreenView;
                record.name = "screen_view";
                record.screen = pick(kScreens);
                record.duration = below(2) ? below(100'000) * kMs : kNoDuration;
                break;
            case 5:
                record.kind = RecordKind::Error;
                record.type = pick(kTypes);
                record.message = "m" + std::to_string(below(100));
                record.group = std::hash<std::string>()(record.type);
                record.isUnhandled = below(3) == 0;
                break;
            case 6:
                record.kind = RecordKind::Log;
                record.attributes.emplace_back(std::string(fieldkey::kBody),
                                               Value("line " + std::to_string(i)));
                break;
            case 7:
                record.kind = RecordKind::Span;
                record.name = below(2) ? "screen.load" : "sync";
                record.duration = below(3000) * kMs;
                break;
            default:
                record.kind = below(2) ? RecordKind::SessionBound : RecordKind::MetricPoint;
                record.name = record.kind == RecordKind::SessionBound ? "session.start" : "app.memory";
                record.isUnhandled = record.kind == RecordKind::SessionBound && record.severity >= kCrashSeverity;
            }
            records.push_back(std::move(record));
        }
    }
    std::shuffle(records.begin(), records.end(), random);
    // Equal times in one session would leave open what comes first.
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].time += static_cast<std::int64_t>(i); // a nanosecond each
        records[i].arrival = to + static_cast<std::int64_t>(i);
    }
    return records;
}

} // namespace telltale
