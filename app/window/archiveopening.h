// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/archive/archiveabout.h"
#include "models/items/viewstate.h"

#include <filesystem>
#include <optional>

namespace telltale {

/// What an archive says about itself; nothing when the file is none, not there, or can not be read: then opening it says why. Cost: opens
/// the file, some milliseconds.
std::optional<ArchiveAbout> openedArchive(const std::filesystem::path &file);

/// The clock of whoever looks at it: held at the moment when it was made.
std::shared_ptr<const Clock> clockOf(const ArchiveAbout &archive);

/// Looks at what the archive holds, as whoever made it did: its range and view and, unless `keepsZone`, its zone.
void lookAtArchive(ViewState &state, const ArchiveAbout &archive, bool keepsZone);

} // namespace telltale
