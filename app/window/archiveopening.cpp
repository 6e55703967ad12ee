// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/archiveopening.h"

namespace telltale {

std::optional<ArchiveAbout> openedArchive(const std::filesystem::path &file)
{
    std::error_code problem;
    if (!std::filesystem::exists(file, problem))
        return std::nullopt;
    auto about = archiveAbout(file);
    return about ? std::move(*about) : std::nullopt;
}

std::shared_ptr<const Clock> clockOf(const ArchiveAbout &archive)
{
    return std::make_shared<FixedClock>(archive.made);
}

void lookAtArchive(ViewState &state, const ArchiveAbout &archive, bool keepsZone)
{
    if (!archive.zone.empty() && !keepsZone)
        static_cast<void>(state.setZone(QString::fromStdString(archive.zone))); // a zone that this system lacks: its own
    const Instant from = archive.range.from == Instant::min() ? archive.held.from : archive.range.from;
    const Instant to = archive.range.to == Instant::max() ? archive.held.to : archive.range.to;
    if (from < to)
        state.setRange(RangeSpec::history({from, to}));
    if (!archive.view.empty())
        state.setView(QString::fromStdString(archive.view));
}

} // namespace telltale
