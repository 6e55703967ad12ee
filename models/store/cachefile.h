// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <filesystem>

namespace telltale {

/// Holds the right to write a cache: an advisory lock on a file beside it that names our process. The system gives it
/// back when the process ends, however it ends.
class WriterLock
{
public:
    /// Throws Busy when another process has it; the message names its pid.
    explicit WriterLock(const std::filesystem::path &cache);
    WriterLock(const WriterLock &) = delete;
    WriterLock &operator=(const WriterLock &) = delete;
    ~WriterLock();

private:
    int m_file = -1;
};

/// Makes the folder (0700) and an empty file (0600) where they are missing, whatever the umask says.
void prepareCacheFile(const std::filesystem::path &cache);

/// Settings of the connection that writes.
void configureWriter(Database &database);
/// How many KiB of pages a connection that only reads keeps. Those of columns come in large pieces and are not among them; when
/// somebody commits, all are forgotten.
inline constexpr int kReaderPages = 4096;
inline constexpr int kLanePages = 1024; ///< of one that reads segments alone
/// Settings of connections that only read: they can not write and never checkpoint.
void configureReader(Database &database, int pages = kReaderPages);

/// Bytes on disk: file and log.
std::uint64_t cacheBytes(const std::filesystem::path &cache);
std::uint64_t logBytes(const std::filesystem::path &cache);

} // namespace telltale
