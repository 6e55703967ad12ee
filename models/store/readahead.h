// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

struct sqlite3;
struct sqlite3_file;

namespace telltale {

/// The name of a way to open files (an SQLite VFS) that is SQLite's own but for one thing: a connection can be told that it
/// is about to read a long stretch, which then comes in few large reads instead of one a page and is not kept in the
/// connection's cache of pages. For connections that only read. Safe from any thread.
const char *readAheadVfs();

/// While it lives, the connection is about to read so many bytes that lie one behind the other, more or less: they come in
/// large reads, the last of which ends with them. Costs nothing where files were opened in another way. Used as the
/// connection is.
class ReadAheadScope
{
public:
    ReadAheadScope(sqlite3 *connection, std::size_t bytes);
    ~ReadAheadScope();
    ReadAheadScope(const ReadAheadScope &) = delete;
    ReadAheadScope &operator=(const ReadAheadScope &) = delete;

private:
    sqlite3 *m_connection;
};

/// Pieces of one file that were read ahead. What is in them holds for one read transaction: forget() at its end, as pages may
/// move from the log into the file afterwards.
class ReadAhead
{
public:
    static constexpr std::size_t kMost = std::size_t{128} << 10; ///< in one read
    static constexpr std::size_t kNoEnd = std::size_t{1} << 62; ///< for who does not know how much it will be

    explicit ReadAhead(sqlite3_file *file)
        : m_file(file)
    {}
    void expect(std::size_t bytes);
    /// The bytes, which stay where they are until release(); none when they are better read one by one, or can not be read:
    /// then reading them one by one says why.
    const void *fetch(std::int64_t offset, std::size_t bytes);
    void release(const void *bytes);
    void forget();

private:
    struct Window
    {
        std::int64_t offset = 0;
        std::size_t size = 0; ///< 0: holds nothing
        int references = 0;
        std::uint64_t lastUse = 0;
        std::unique_ptr<char[]> bytes;
    };
    Window *windowOf(std::int64_t offset, std::size_t bytes);
    Window *read(std::int64_t offset, std::size_t bytes);

    sqlite3_file *m_file;
    std::array<Window, 4> m_windows;
    bool m_isExpecting = false;
    std::size_t m_expected = 0; ///< still to come
    std::int64_t m_fileSize = -1;
    std::uint64_t m_uses = 0;
};

} // namespace telltale
