// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/document.h"
#include "models/telemetry/recordbatch.h"

#include <cstdint>
#include <optional>
#include <string>

namespace telltale {

/// Recognises a request that comes again: the xxh3 128-bit hash of path and decoded body for OTLP, or of a protocol's
/// own message id.
struct DeliveryKey
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(const DeliveryKey &, const DeliveryKey &) = default;
};

/// One request on its way to the disk: decoded, redacted, its errors grouped.
struct Delivery
{
    std::string protocol;           ///< "otlp/http"; with product and os it names the source
    std::string source;             ///< its own name, in place of product and os; usually empty
    std::optional<DeliveryKey> key; ///< none: never recognised as a repeat
    bool isKeyKept = false;         ///< the key is remembered for good, not only for CacheOptions::deliveryMemory
    std::optional<Document> position; ///< put in the same transaction, also when it is a repeat
    Instant arrival;
    RecordBatch batch;          ///< may be empty: a request that only counts
    std::uint64_t rejected = 0; ///< records of this request that could not be kept
    CounterSet counters;
    std::uint64_t lost = 0;     ///< records that the client says it dropped itself
    bool isRepeat = false;      ///< out: commit() recognised the key and stored nothing
    std::uint64_t repeatedMessages = 0; ///< out: of batch.messages, those that came before and were left out
};

} // namespace telltale
