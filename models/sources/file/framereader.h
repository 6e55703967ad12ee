// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/filereader.h"

#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// Takes one message after the other out of a file in which each stands behind its length in four bytes, the highest first: what a
/// Collector's file exporter writes as protobuf or compressed. Messages that are zstd frames are unpacked. Memory: the
/// largest message and a few hundred KiB.
class FrameReader
{
public:
    explicit FrameReader(FileReader &file, std::size_t limit = 64 * 1024 * 1024)
        : m_file(file)
        , m_limit(limit)
    {}

    /// Whether a file that begins with these bytes (eight of them will do) is one. No text begins so.
    static bool isFramed(std::string_view head);
    /// The next message; nothing at the end. Valid until the next call. Errors: those of FileReader; TooLarge beyond the limit,
    /// packed or not; InvalidArgument when the file ends inside a message, or one is damaged.
    Result<std::optional<std::string_view>> next();

private:
    /// False at the end of the file.
    Result<bool> fill(std::size_t bytes);

    FileReader &m_file;
    std::size_t m_limit;
    std::string m_text, m_unpacked;
    std::size_t m_at = 0;
};

} // namespace telltale
