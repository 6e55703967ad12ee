// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demorecord.h"
#include "app/demo/otlpsender.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace telltale::demo {

/// Counts what was sent in the words of `telltale query`, so that the two can be compared.
class DemoSummary
{
public:
    void count(std::span<const Record> records);
    std::uint64_t records() const { return m_records; }
    /// One line of JSON: records per kind, distinct sessions and users, errors per type, uses per feature,
    /// views per screen.
    std::string json(const SendingFigures &sending, Instant from, Instant to) const;

private:
    std::uint64_t m_records = 0, m_usageEvents = 0, m_screenViews = 0, m_errors = 0, m_spans = 0, m_logs = 0;
    std::uint64_t m_points = 0, m_sessionBounds = 0;
    std::unordered_set<std::string> m_sessions, m_users;
    std::map<std::string, std::uint64_t> m_errorTypes, m_features, m_screens;
};

} // namespace telltale::demo
