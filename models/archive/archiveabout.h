// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What an archive says about itself: the document of kind kArchiveKind in it.
struct ArchiveAbout
{
    std::string title, note; ///< for people, plain text
    Instant made;            ///< by the injected clock
    TimeRange range;         ///< what was asked for
    TimeRange held;          ///< from the first record to just after the last one
    std::string filter;      ///< likewise, in canonical form; empty: everything
    std::string zone;        ///< where whoever made it looked from: "Europe/Berlin"
    std::string view;        ///< the view that it opens with: "errors"; may be empty
    bool isRedacted = false; ///< who the people were is not in it (identityremover.h)
    std::uint64_t records = 0;
    std::vector<std::string> notes; ///< what was left out or is partial, a sentence each

    std::string toJson() const;
    /// Error: InvalidArgument; Unsupported when a later version wrote it.
    static Result<ArchiveAbout> parse(std::string_view json);
    friend bool operator==(const ArchiveAbout &, const ArchiveAbout &) = default;
};

/// What the file says; nothing when it is a cache and no archive. Errors: those of CacheReader::open() and parse().
Result<std::optional<ArchiveAbout>> archiveAbout(const std::filesystem::path &file);

} // namespace telltale
