// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/archive/archiveabout.h"

#include <functional>
#include <span>
#include <stop_token>

namespace telltale {

/// What an archive is to hold.
struct ArchiveRequest
{
    Scope scope; ///< range, filter, zone and clock
    std::string title, note, view;
    bool isRedacted = false;
};

/// How far it is: records so far, and the time of the last one.
using ArchiveProgress = std::function<void(std::uint64_t records, Instant until)>;

/// Writes what matches as a cache of its own, with the decisions about its error groups and all documents, into one file that
/// needs no other beside it. It is there when it is whole: an older one is replaced, a stopped one leaves nothing.
/// Errors: InvalidArgument (`out` is a cache, or what is read), Cancelled, NotFound (nothing matches, or no cache), NoSpace, Io, those of CacheReader::open(). Any thread; blocks. Cost: reads
/// and stores every record, some 60,000 a second; memory for some 50,000.
Result<ArchiveAbout> writeArchive(const std::filesystem::path &cache, const std::filesystem::path &out, const ArchiveRequest &request,
                                  const ArchiveProgress &progress, std::stop_token stop);

/// The same of several archives or caches together: a record that two of them have comes once, decisions of later ones hold.
/// `request` says what of them; of its title, note and view, what is empty comes from the first that has it.
Result<ArchiveAbout> mergeArchives(std::span<const std::filesystem::path> files, const std::filesystem::path &out, ArchiveRequest request,
                                   const ArchiveProgress &progress, std::stop_token stop);

} // namespace telltale
