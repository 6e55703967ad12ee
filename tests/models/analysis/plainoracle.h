// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "memorycache.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Answers by straight loops over plain records, written from the documentation, sharing nothing with the engine.
namespace telltale {

using Predicate = std::function<bool(const PlainRecord &)>;

inline constexpr std::int64_t kMinute = 60'000'000'000;
inline constexpr std::int64_t kDay = 24 * 60 * kMinute;

struct Case
{
    const char *expression;
    Predicate matches;
};

inline bool isActive(const PlainRecord &r)
{
    return r.kind != RecordKind::Span && r.kind != RecordKind::MetricPoint;
}

inline double numberOf(const PlainRecord &r, const char *key)
{
    for (const auto &[name, value] : r.attributes) {
        if (name == key)
            return value.as<double>() ? *value.as<double>() : static_cast<double>(*value.as<std::int64_t>());
    }
    return std::nan("");
}

/// Knows all records, their dwell, and which sessions have errors.
struct Oracle
{
    std::vector<PlainRecord> all;
    std::map<const PlainRecord *, std::optional<std::int64_t>> dwell;
    std::set<std::string> withErrors;
    std::vector<Case> cases;

    explicit Oracle(const MemoryCache &cache)
        : all(cache.records())
    {
        for (const PlainRecord &r : all) {
            if (r.kind == RecordKind::Error && !r.sessionKey.empty())
                withErrors.insert(r.sessionKey);
            if (r.kind == RecordKind::ScreenView)
                dwell[&r] = dwellOf(r);
        }
        makeCases();
    }

    std::optional<std::int64_t> dwellOf(const PlainRecord &view) const
    {
        if (view.duration >= 0)
            return view.duration;
        if (view.sessionKey.empty())
            return std::nullopt;
        std::int64_t next = std::numeric_limits<std::int64_t>::max();
        std::int64_t end = view.time;
        for (const PlainRecord &r : all) {
            if (r.sessionKey != view.sessionKey || r.kind == RecordKind::MetricPoint)
                continue;
            end = std::max(end, r.time);
            if (r.kind == RecordKind::ScreenView && r.time > view.time)
                next = std::min(next, r.time);
        }
        return std::min(std::min(next, end) - view.time, 30 * kMinute);
    }

    /// `words` in lower case.
    static bool hasWords(const PlainRecord &r, const std::string &words)
    {
        const auto isIn = [&](std::string text) {
            std::transform(text.begin(), text.end(), text.begin(),
                           [](unsigned char c) { return std::tolower(c); });
            return text.find(words) != std::string::npos;
        };
        if (r.kind == RecordKind::Error && (isIn(r.type) || isIn(r.message) || isIn(r.stack)))
            return true;
        return std::any_of(r.attributes.begin(), r.attributes.end(), [&](const auto &attribute) {
            const auto *text = attribute.second.template as<std::string>();
            return text && isIn(*text);
        });
    }

    void makeCases()
    {
        const auto isKind = [](RecordKind kind) {
            return [kind](const PlainRecord &r) { return r.kind == kind; };
        };
        const auto hasError = [this](const PlainRecord &r) {
            return r.kind == RecordKind::Error || withErrors.contains(r.sessionKey);
        };
        cases = {
            {"", [](const PlainRecord &) { return true; }},
            {"release:4.1.0", [](const PlainRecord &r) { return r.release == "4.1.0"; }},
            {"-release:4.1.0", [](const PlainRecord &r) { return r.release != "4.1.0"; }},
            {"product:stride-web release:4.*",
             [](const PlainRecord &r) { return r.product == "stride-web" && r.release.starts_with("4."); }},
            {"has:release OR -environment:production",
             [](const PlainRecord &r) { return !r.release.empty() || r.environment != "production"; }},
            {"os:android -screen:Home",
             [](const PlainRecord &r) { return r.os == "android" && r.screen != "Home"; }},
            {"has:error", hasError},
            {"-has:error kind:usage_event",
             [=](const PlainRecord &r) { return !hasError(r) && r.kind == RecordKind::UsageEvent; }},
            {"dwell:>30s",
             [this](const PlainRecord &r) {
                 return r.kind == RecordKind::ScreenView && dwell.at(&r) > 30'000'000'000;
             }},
            {"dwell:<=1m",
             [this](const PlainRecord &r) {
                 return r.kind == RecordKind::ScreenView && dwell.at(&r) && *dwell.at(&r) <= kMinute;
             }},
            {"has:dwell",
             [this](const PlainRecord &r) {
                 return r.kind == RecordKind::ScreenView && dwell.at(&r).has_value();
             }},
            {"duration:>=1500",
             [](const PlainRecord &r) { return r.kind == RecordKind::Span && r.duration >= 1'500'000'000; }},
            {"operation:screen.load",
             [](const PlainRecord &r) { return r.kind == RecordKind::Span && r.name == "screen.load"; }},
            {"metric:app.*", isKind(RecordKind::MetricPoint)},
            {"event:click", [](const PlainRecord &r) { return r.name == "click"; }},
            {"error:TypeError OR error:HTTP*",
             [](const PlainRecord &r) { return r.type == "TypeError" || r.type == "HTTP 504"; }},
            {"-error:TypeError", [](const PlainRecord &r) { return r.type != "TypeError"; }},
            {"severity:>=warn", [](const PlainRecord &r) { return r.severity >= 13; }},
            {"severity:info", [](const PlainRecord &r) { return r.severity >= 9 && r.severity <= 12; }},
            {"severity:<debug", [](const PlainRecord &r) { return r.severity >= 1 && r.severity <= 4; }},
            {"text:TEA", [](const PlainRecord &r) { return hasWords(r, "tea"); }},
            {"-text:tea kind:error",
             [](const PlainRecord &r) { return !hasWords(r, "tea") && r.kind == RecordKind::Error; }},
            {"text:sig kind:error",
             [](const PlainRecord &r) { return hasWords(r, "sig") && r.kind == RecordKind::Error; }},
            {"attr.n:3", [](const PlainRecord &r) { return numberOf(r, "n") == 3; }},
            {"attr.n:>=2 attr.plan:team",
             [](const PlainRecord &r) {
                 return numberOf(r, "n") >= 2 && r.attributes[1].second == Value("team");
             }},
            {"attr.ok:true", [](const PlainRecord &r) { return r.attributes[2].second == Value(true); }},
            {"-attr.n:3.0", [](const PlainRecord &r) { return numberOf(r, "n") != 3; }},
            {"has:attr.none", [](const PlainRecord &) { return false; }},
            {"resource.host.name:h1",
             [](const PlainRecord &r) { return r.resource[0].second == Value("h1"); }},
            {"resource.cores:>4 product:stride", [](const PlainRecord &r) { return r.product == "stride"; }},
            {"feature:\"a\\\"b\\\\c\"", [](const PlainRecord &r) { return r.feature == "a\"b\\c"; }},
            {"feature:\\*", [](const PlainRecord &r) { return r.feature == "*"; }},
            {"feature:*", isKind(RecordKind::UsageEvent)},
            {"feature:训练*", [](const PlainRecord &r) { return r.feature == "训练计划"; }},
            {"user:user-*", [](const PlainRecord &r) { return r.user.starts_with("user-"); }},
            {"-has:user", [](const PlainRecord &r) { return r.user.empty(); }},
            {"session:s*", [](const PlainRecord &r) { return r.sessionKey.starts_with("s"); }},
            {"(feature:\"Start workout\" OR screen:Plan) -os:ios",
             [](const PlainRecord &r) {
                 return (r.feature == "Start workout" || r.screen == "Plan") && r.os != "ios";
             }},
        };
    }

    std::vector<const PlainRecord *> matching(const Scope &scope, const Predicate &where) const
    {
        std::vector<const PlainRecord *> list;
        for (const PlainRecord &r : all) {
            if (r.time >= scope.range.from.ns && r.time < scope.range.to.ns && where(r))
                list.push_back(&r);
        }
        return list;
    }
};

using List = std::vector<const PlainRecord *>;

inline std::uint64_t users(const List &list)
{
    std::set<std::string> set;
    for (const auto *r : list) {
        if (isActive(*r) && !r->user.empty())
            set.insert(r->user);
    }
    return set.size();
}

inline std::uint64_t sessions(const List &list)
{
    std::set<std::string> set;
    for (const auto *r : list) {
        if (isActive(*r) && !r->sessionKey.empty())
            set.insert(r->sessionKey);
    }
    return set.size();
}

inline std::uint64_t ofKind(const List &list, RecordKind kind)
{
    return static_cast<std::uint64_t>(
        std::count_if(list.begin(), list.end(), [kind](auto *r) { return r->kind == kind; }));
}

template<typename Key>
auto grouped(const List &list, RecordKind kind, Key key)
{
    std::map<decltype(key(*list[0])), List> groups;
    for (const auto *r : list) {
        if (r->kind == kind)
            groups[key(*r)].push_back(r);
    }
    return groups;
}

inline std::optional<double> rank(std::vector<std::int64_t> values, double p)
{
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    std::size_t at = 1; // the smallest rank that covers the share
    while (static_cast<double>(at) < p * static_cast<double>(values.size()) - 1e-9)
        ++at;
    return static_cast<double>(values[at - 1]) / 1e6;
}

} // namespace telltale
