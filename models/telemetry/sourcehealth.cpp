// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/sourcehealth.h"

#include "models/telemetry/value.h"

namespace telltale {

std::string sourceKey(std::string_view protocol, std::string_view product, std::string_view os)
{
    constexpr char kBetween = '\x1f';
    std::string key;
    key.reserve(protocol.size() + product.size() + os.size() + 2);
    key.append(protocol);
    key += kBetween;
    key.append(product);
    key += kBetween;
    key.append(os);
    return key;
}

std::string toJson(const SourceHealth &health)
{
    const auto number = [](std::uint64_t value) { return Value(static_cast<std::int64_t>(value)); };
    Value::Map map{{"protocol", health.protocol},
                   {"product", health.product},
                   {"os", health.os},
                   {"as_of", Value(health.asOf.ns)},
                   {"minute_records", number(health.minuteRecords)},
                   {"minute_rejected", number(health.minuteRejected)},
                   {"refused_requests", number(health.refusedRequests)}};
    const auto addTime = [&map](const char *name, const std::optional<std::chrono::nanoseconds> &time) {
        if (time)
            map.emplace_back(name, Value(static_cast<std::int64_t>(time->count())));
    };
    addTime("lag", health.lag);
    addTime("clock_difference", health.clockDifference);
    addTime("usual_gap", health.usualGap);
    if (health.lastRefusal) {
        map.emplace_back("refusal", Value::Map{{"at", Value(health.lastRefusal->at.ns)},
                                               {"reason", health.lastRefusal->reason},
                                               {"example", health.lastRefusal->example}});
    }
    return toJson(Value(std::move(map)));
}

} // namespace telltale
