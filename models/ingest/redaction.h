// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/secretkeys.h"
#include "models/ingest/secretpatterns.h"
#include "models/telemetry/counters.h"
#include "models/telemetry/recordbatch.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace telltale {

/// Takes secrets out of a batch before it reaches the disk, by the default rules:
/// - the value of an attribute whose key names a secret (secretkeys.h) becomes "[redacted]", at any depth;
/// - secrets recognised by their shape (secretpatterns.h) are masked in every text: names, screens, messages, stacks,
///   attribute keys and values, nested ones, those of resources, scopes and exemplars;
/// - a user or session key that holds one becomes a pseudonym, the same one each time, so that distinct users stay
///   distinct: "user-0123456789abcdef";
/// - a nested value that can not be read is dropped.
/// Counters: redaction.key and redaction.dropped by value, redaction.pattern and redaction.user by distinct text.
/// Cost: one look at each distinct text and each attribute; only suspicious texts meet a regular expression.
/// Not thread-safe: one a thread.
class Redactor
{
public:
    static constexpr std::string_view kMask = "[redacted]";

    /// `patterns` is not owned. Equal seeds give equal pseudonyms.
    explicit Redactor(const SecretPatterns &patterns, std::uint64_t seed = 0);
    void redact(RecordBatch &batch, CounterSet &counters);

private:
    KeySecrecy secrecyOf(std::string_view key);
    void judgeStrings(const RecordBatch &batch);
    void redactByKey(RecordBatch &batch, CounterSet &counters);
    void redactTexts(RecordBatch &batch, CounterSet &counters);
    void redactIdentity(RecordBatch &batch, StringId id, std::string_view prefix, CounterSet &counters);
    void redactStructured(RecordBatch &batch, Attribute &attribute, CounterSet &counters);

    enum class Finding : std::uint8_t { Clean, Secret, Unreadable };
    Finding examine(std::string_view message, int depth);
    bool redactValue(Value &value, CounterSet &counters);

    const SecretPatterns &m_patterns;
    const std::uint64_t m_seed;

    /// What nested keys turned out to be, by hash; they repeat in every request. Direct-mapped.
    struct Judged
    {
        std::uint64_t hash = 0;
        KeySecrecy secrecy = KeySecrecy::Harmless;
    };
    std::array<Judged, 1024> m_judged;

    // Used again for each batch; by StringId.
    enum Role : std::uint8_t { Structured = 1, Judgement = 2, SecretTextKey = 4, SecretKey = 8 };
    std::vector<std::uint8_t> m_roles;
    std::vector<std::pair<StringId, std::uint32_t>> m_suspects;
    std::unordered_map<StringId, Attribute> m_structured; ///< nested values already redacted, by their old id
    std::string m_scratch;
};

} // namespace telltale
