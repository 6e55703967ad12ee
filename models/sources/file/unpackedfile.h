// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/filereader.h"

#include <cstdint>
#include <optional>
#include <string>

namespace telltale {

/// The content of a file packed with gzip or zstd, at places of one's choice. Reading forwards unpacks each byte once; going back
/// further than a few hundred KiB begins anew. Memory: some MiB. Not thread-safe.
class UnpackedFile
{
public:
    /// Of an open file, which is not owned. Its name may change meanwhile.
    explicit UnpackedFile(int descriptor)
        : m_descriptor(descriptor)
    {}

    /// Whether all of it can be unpacked. Cost: the first time, unpacks it.
    bool isWhole();
    std::uint64_t size(); ///< of the content; 0 when it is not whole. Cost as isWhole()
    /// Replaces `out` by up to `length` bytes at `offset`; fewer at the end or behind what is damaged.
    void read(std::uint64_t offset, std::uint64_t length, std::string &out);

private:
    bool begin();
    bool readOn();

    const int m_descriptor;
    std::optional<FileReader> m_reader;
    std::optional<std::uint64_t> m_size;
    bool m_isDamaged = false;
    std::string m_head;             ///< its first bytes, which are asked for again and again
    std::string m_window;           ///< what was unpacked last
    std::uint64_t m_windowBegin = 0; ///< where that begins
};

} // namespace telltale
