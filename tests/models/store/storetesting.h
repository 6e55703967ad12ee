// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/cachewriter.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::testing {

/// A folder that goes away with the test.
class ScratchFolder
{
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    const std::filesystem::path &path() const { return m_path; }
    std::filesystem::path cache() const { return m_path / "made" / "cache.telltale"; }

private:
    std::filesystem::path m_path;
};

/// What a test says about a record; the rest is filled in.
struct Sketch
{
    RecordKind kind = RecordKind::UsageEvent;
    Instant time;
    std::string name, feature, screen, user, session, previousSession;
    std::int64_t duration = kNoDuration;
    std::uint8_t severity = 9;
    std::string release = "1.0";
    Value::Map attributes;
    std::optional<TraceContext> trace;
    // Errors
    std::string type = "Oops", message = "it broke", stack;
    std::uint64_t group = 7;
    bool isUnhandled = false;
    // Metric points; none: something of all there can be, by the time
    std::optional<MetricDetail> metric;
};

/// Appends a record; origins are shared by release.
void append(RecordBatch &batch, const Sketch &sketch);
Delivery deliver(const std::vector<Sketch> &sketches, Instant arrival,
                 std::optional<DeliveryKey> key = std::nullopt);

/// Records of all kinds with everything that can be in them, drawn at random.
std::vector<Sketch> randomSketches(std::mt19937 &random, std::size_t count);

/// One line a record with all that is kept of it, but for errors (rows of their own). Sorted.
std::vector<std::string> describe(const Delivery &delivery);
/// The same of what the cache gives back.
std::vector<std::string> describe(CacheReader &reader);

/// One line a session, by key.
std::vector<std::string> describeSessions(CacheReader &reader);

std::unique_ptr<CacheWriter> openWriter(const std::filesystem::path &path);
std::unique_ptr<CacheReader> openReader(const std::filesystem::path &path);

} // namespace telltale::testing
