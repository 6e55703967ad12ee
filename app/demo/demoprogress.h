// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <filesystem>
#include <optional>

namespace telltale::demo {

/// How far a run has come, so that a later one goes on there. The past has two parts: first come the sessions
/// that begin at `boundary` or later, up to now and on while live; then those from `oldFrom` to `boundary`.
/// Of each part everything due before an instant has been sent.
struct DemoProgress
{
    Instant epoch; ///< of the first run
    Instant boundary;
    Instant sent; ///< of the newer part
    Instant oldFrom;
    Instant oldSent; ///< of the older part

    /// Nothing when there is no such file or it says nothing sensible; then everything is sent again, no
    /// worse.
    static std::optional<DemoProgress> load(const std::filesystem::path &file);
    /// Five lines of RFC 3339, put in place at once. Failure is not reported: see load().
    void save(const std::filesystem::path &file) const;

    friend bool operator==(const DemoProgress &, const DemoProgress &) = default;
};

} // namespace telltale::demo
