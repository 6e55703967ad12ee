// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demosummary.h"

#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

namespace telltale::demo {

namespace {

void appendField(std::string &out, std::string_view name, std::string_view json)
{
    out += out.size() > 1 ? "," : "";
    appendJsonString(out, name);
    out += ':';
    out += json;
}

std::string countsJson(const std::map<std::string, std::uint64_t> &counts)
{
    std::string out = "{";
    for (const auto &[name, count] : counts)
        appendField(out, name, std::to_string(count));
    return out + '}';
}

std::string textJson(const std::string &text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

} // namespace

void DemoSummary::count(std::span<const Record> records)
{
    for (const Record &record : records) {
        ++m_records;
        bool isActivity = true; // spans and metrics do not make a user active, errors on spans do
        switch (record.kind) {
        case Kind::SessionBound:
            ++m_sessionBounds;
            break;
        case Kind::Log:
            ++m_logs;
            break;
        case Kind::UsageEvent:
            ++m_usageEvents;
            ++m_features[record.label];
            break;
        case Kind::ScreenView:
            ++m_screenViews;
            ++m_screens[record.label];
            break;
        case Kind::Error:
            ++m_errors;
            ++m_errorTypes[record.label];
            break;
        case Kind::Span:
        case Kind::FailedSpan: {
            ++m_spans;
            const SpanFacts &facts = std::get<SpanFacts>(record.facts);
            isActivity = !facts.exceptionType.empty();
            if (isActivity) {
                ++m_errors;
                ++m_errorTypes[std::string(facts.exceptionType)];
            }
            break;
        }
        case Kind::Point:
            ++m_points;
            isActivity = false;
            break;
        }
        if (isActivity) {
            m_sessions.insert(record.session->id);
            m_users.insert(record.session->user);
        }
    }
}

std::string DemoSummary::json(const SendingFigures &sending, Instant from, Instant to) const
{
    std::string out = "{";
    appendField(out, "from", textJson(formatRfc3339(from)));
    appendField(out, "to", textJson(formatRfc3339(to)));
    appendField(out, "records", std::to_string(m_records));
    appendField(out, "usage_events", std::to_string(m_usageEvents));
    appendField(out, "screen_views", std::to_string(m_screenViews));
    appendField(out, "errors", std::to_string(m_errors));
    appendField(out, "spans", std::to_string(m_spans));
    appendField(out, "logs", std::to_string(m_logs));
    appendField(out, "metric_points", std::to_string(m_points));
    appendField(out, "session_bounds", std::to_string(m_sessionBounds));
    appendField(out, "sessions", std::to_string(m_sessions.size()));
    appendField(out, "users", std::to_string(m_users.size()));
    appendField(out, "errors_by_type", countsJson(m_errorTypes));
    appendField(out, "features", countsJson(m_features));
    appendField(out, "screens", countsJson(m_screens));
    appendField(out, "requests", std::to_string(sending.requests));
    appendField(out, "retries", std::to_string(sending.retries));
    appendField(out, "rejected", std::to_string(sending.rejected));
    appendField(out, "bytes", std::to_string(sending.bytes));
    return out + '}';
}

} // namespace telltale::demo
