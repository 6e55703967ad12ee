// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

class UnpackedFile;

/// A file that is open for reading, at places of one's choice; of a packed one its content. Not thread-safe; movable.
class OpenFile
{
public:
    OpenFile();
    /// Opens without waiting; isOpen() tells whether that worked. Only what is a regular file is opened.
    explicit OpenFile(const std::string &path);
    /// Likewise, of a file packed with gzip or zstd: places, size and bytes are those of what is in it.
    static OpenFile unpacking(const std::string &path);
    OpenFile(OpenFile &&other) noexcept;
    OpenFile &operator=(OpenFile &&other) noexcept;
    ~OpenFile();

    bool isOpen() const { return m_descriptor >= 0; }
    std::uint64_t device() const;
    std::uint64_t inode() const;
    std::uint64_t size() const; ///< bytes, now. Cost for a packed one: the first time, unpacks it
    bool isPacked() const { return m_content != nullptr; }
    /// False for a packed one that is damaged or cut short, as while it is written. Cost: as size().
    bool isWhole() const;
    /// When it was written to last and when it was made, ns since the epoch; 0: the file system does not say.
    std::pair<std::int64_t, std::int64_t> times() const;
    /// Replaces `out` by up to `length` bytes at `offset`; fewer at the end or when it can not be read.
    void read(std::uint64_t offset, std::uint64_t length, std::string &out) const;

private:
    int m_descriptor = -1;
    std::unique_ptr<UnpackedFile> m_content; ///< of a packed file
};

/// How far a followed file was read, and how to know it again under another name or after it was written anew.
struct FilePlace
{
    std::uint64_t number = 0; ///< of the files that had the path one after the other, from 1
    std::uint64_t device = 0, inode = 0;
    std::uint64_t offset = 0;               ///< bytes that are stored
    std::uint64_t headLength = 0, head = 0; ///< of its first bytes, and their hash
    std::uint64_t tailLength = 0, tail = 0; ///< of the last bytes before the offset
    std::int64_t modified = 0, made = 0;    ///< OpenFile::times() when the place was reached
    bool isDone = false;                    ///< nothing more is expected of it
    friend bool operator==(const FilePlace &, const FilePlace &) = default;

    /// Moves it, and notes the bytes by which the file is known. Cost: a read of a KiB.
    void moveTo(std::uint64_t newOffset, const OpenFile &file);
    /// Whether the file holds what was read at this place. Its name and number do not matter. Cost: as moveTo(); a packed one that
    /// begins likewise is unpacked.
    bool fits(const OpenFile &file) const;
    bool isNumberOf(const OpenFile &file) const { return file.device() == device && file.inode() == inode; }
};

/// Whether the first bytes of `file` are all that `part` holds, by the beginning and the end of that. Cost: as holdTheSame().
bool beginsWith(const OpenFile &file, const OpenFile &part);
/// Whether two files hold the same, by their sizes, beginnings and ends. Cost: reads of a KiB; a packed one is unpacked.
bool holdTheSame(const OpenFile &a, const OpenFile &b);

/// As kept in a document, and back. What can not be read is no place.
std::string filePlacesJson(const std::vector<FilePlace> &places);
std::vector<FilePlace> filePlacesOf(std::string_view json);

/// The kind of documents that hold the places of a followed file; their name is its path.
inline constexpr std::string_view kFilePlaceKind = "followed-file";

} // namespace telltale
