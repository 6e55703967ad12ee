// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"
#include "models/telemetry/time.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace telltale::test {

/// How much history, and whose.
struct HistoryShape
{
    std::uint64_t records = 1'000'000;
    std::int64_t days = 90;
    Instant end = Instant::fromSeconds(1'795'132'800); ///< 2026-11-20T00:00:00Z
    std::size_t features = 400;                        ///< most used first, by Zipf's law
    std::size_t screens = 24;
    double late =
        0.05; ///< share of records that are late: four fifths by up to 5 s, the rest by up to 10 min

    Instant start() const { return end - std::chrono::days(days); }
    std::uint32_t users() const; ///< one for 500 records, at least 2,000
};

/// One request as an SDK would have sent it.
struct HistoryRequest
{
    OtlpSignal signal = OtlpSignal::Logs;
    std::string body; ///< protobuf
    Instant arrival;  ///< just after its newest record
};

/// Makes months of the example product's life as OTLP requests of 512 records, faster than they can be stored: records
/// are templates, made once, into which time, session, user and numbers are written. Of the records some 80 % are usage
/// events of eight attributes and about 270 bytes, 12 % screen views, 5 % spans, 3 % logs and 0.2 % errors; days and nights differ,
/// three releases follow each other. The same shape makes the same bytes.
class HistoryGenerator
{
public:
    explicit HistoryGenerator(HistoryShape shape = {});

    bool isAtEnd() const { return m_made >= m_shape.records; }
    HistoryRequest next();
    std::uint64_t recordsMade() const { return m_made; }

private:
    /// The bytes of one record and where they change; 0: nowhere.
    struct Template
    {
        std::string bytes;
        std::vector<std::size_t> times;
        std::size_t session = 0, user = 0, plan = 0, count = 0, weight = 0, trace = 0, end = 0;
    };
    struct Session
    {
        std::uint64_t number = 0;
        std::uint32_t user = 0;
        std::uint32_t left = 0;
    };
    struct Edition
    {
        std::string resource;          ///< the message, encoded
        std::vector<Session> sessions; ///< running
    };

    void makeTemplates();
    void makeEditions();
    const Template &pick(OtlpSignal signal);
    std::uint64_t random();
    std::uint64_t below(std::uint64_t n) { return random() % n; }
    std::int64_t step() const;
    void append(std::string &out, const Template &from, Session &session, std::int64_t time);

    HistoryShape m_shape;
    std::uint64_t m_state = 42;
    std::uint64_t m_made = 0, m_sessions = 0;
    std::int64_t m_time;
    std::vector<Template> m_features, m_screens, m_errors, m_logs, m_spans;
    std::vector<std::uint32_t> m_featureOf; ///< by dice
    std::vector<Edition> m_editions;
};

} // namespace telltale::test
