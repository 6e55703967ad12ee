// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/schema.h"

#include <filesystem>
#include <memory>
#include <span>

namespace telltale {

/// What a reader opens for a cache: the file itself, or for an archive of an older schema a private copy that is brought up to date.
/// Nobody writes to an archive, so it would never become readable otherwise; the archive itself stays as it is. The copy is in a
/// folder of its own (0700) below the system's temporary folder and goes with the object: destroy it after what reads from it.
class ReadableFile
{
public:
    /// Throws StoreFailure: NotFound, Unsupported for another program's or a newer file and for an older cache, saying what brings
    /// it up to date, Io and NoSpace when there is no room for the copy. Cost of a copy: that of copying the file.
    ReadableFile(const std::filesystem::path &file, std::span<const Migration> migrations);
    ~ReadableFile();
    ReadableFile(const ReadableFile &) = delete;
    ReadableFile &operator=(const ReadableFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    bool isCopy() const { return !m_folder.empty(); }

private:
    void copy(const std::filesystem::path &file, std::span<const Migration> migrations);

    std::filesystem::path m_path;
    std::filesystem::path m_folder; ///< of the copy; empty: none
};

} // namespace telltale
