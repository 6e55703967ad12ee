// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace telltale::test {

/// What a generated request looks like.
struct LoadShape
{
    std::size_t records = 512;   ///< what SDKs put into one request
    std::uint32_t users = 1'000; ///< different users, each with a session of its own
    std::uint32_t screens = 20;
    std::uint32_t features = 40;
    Instant start = Instant::fromSeconds(1'795'161'600); ///< 2026-11-20T08:00:00Z
    std::int64_t stepNs = 1'000'000;                     ///< between two records
    std::uint32_t latePercent = 0;                       ///< of the records, up to two days late
};

/// Makes OTLP log requests as a busy fleet sends them: each record a feature event (a tenth of them screen
/// views with a dwell time) with session.id, user.id, app.screen.name and five more attributes, of which two
/// change with each record. The same shape and seed make the same bytes. Requests go on in time where the
/// last one ended.
class LoadGenerator
{
public:
    explicit LoadGenerator(LoadShape shape = {}, std::uint64_t seed = 1);

    /// The body of the next ExportLogsServiceRequest.
    std::string nextProtobuf();
    /// The same request in JSON, as the JavaScript SDK writes it.
    std::string nextJson();
    std::uint64_t recordsMade() const { return m_made; }

private:
    struct Event;
    Event nextEvent();
    std::uint64_t random();

    LoadShape m_shape;
    std::uint64_t m_state;
    std::uint64_t m_made = 0;
};

} // namespace telltale::test
