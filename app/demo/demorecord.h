// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace telltale::demo {

/// What a receiver should make of a record: how the demo counts what it sent.
enum class Kind : std::uint8_t { SessionBound, Log, UsageEvent, ScreenView, Error, Span, FailedSpan, Point };

using AttributeValue = std::variant<bool, std::int64_t, double, std::string>;

struct Attribute
{
    std::string_view key; ///< static text or the scenario's
    AttributeValue value;
};

/// What all records of one session share.
struct SessionFacts
{
    std::string id, user;
    std::string_view plan;
    std::vector<std::pair<std::string_view, std::string>>
        resource; ///< attributes of the OTLP resource, in order
};

struct SpanFacts
{
    std::uint64_t trace[2] = {0, 0};
    std::uint64_t span = 0, parent = 0; ///< parent 0: a root
    std::chrono::nanoseconds duration{0};
    bool isClient = false;
    std::string_view exceptionType, exceptionStack; ///< of a FailedSpan with an exception event
    std::string exceptionMessage;
};

struct PointFacts
{
    std::string_view unit;
    double value = 0;
};

/// One thing that happened, before it is OTLP. `name` is the event, operation or metric name.
struct Record
{
    Kind kind = Kind::Log;
    std::uint8_t severity = 9;
    Instant time;
    Instant due; ///< when the app sends it: a view when it is left, a span when it ends, a watch's later
    std::string_view name;
    std::string label; ///< feature, screen or error type; for counting
    std::string body;
    std::vector<Attribute> attributes;
    std::variant<std::monostate, SpanFacts, PointFacts> facts;
    std::shared_ptr<const SessionFacts> session;
};

} // namespace telltale::demo
