// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace telltale {

/// Reads a file from front to end, unpacking gzip and zstd as it goes: told apart by their first bytes, not by the name.
/// Memory: a few hundred KiB, whatever the file. Not thread-safe.
class FileReader
{
public:
    /// "-" is the standard input. `isCancelled` (not owned) ends reading soon after it is set, also while nothing comes.
    /// Errors: NotFound, Io, Cancelled.
    static Result<FileReader> open(const std::string &path, const std::atomic<bool> *isCancelled = nullptr);
    /// Reads this text, as if it were a file's.
    static FileReader of(std::string text);
    FileReader(FileReader &&) noexcept;
    FileReader &operator=(FileReader &&) noexcept;
    ~FileReader();

    /// Appends some bytes to `out`; nothing at the end. Errors: Io, Cancelled, InvalidArgument (damaged or cut short), TooLarge (a zstd
    /// window above 8 MiB).
    Result<std::size_t> read(std::string &out);
    /// The first bytes that read() will give, at least so many unless the file is shorter. Before the first read(). Errors: as read().
    Result<std::string_view> peek(std::size_t bytes);
    std::uint64_t consumed() const; ///< bytes of the file so far
    std::uint64_t size() const;     ///< of the file; 0: not known

private:
    class Private;
    explicit FileReader(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace telltale
