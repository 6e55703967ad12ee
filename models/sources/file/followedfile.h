// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/csvlines.h"
#include "models/sources/file/fileplace.h"
#include "models/sources/file/jsonshape.h"
#include "models/sources/file/linegatherer.h"
#include "models/sources/requesthandler.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// One path that lines are appended to, with the files that had it before: renamed and made anew, or copied and cut, and perhaps packed
/// with gzip or zstd since. Finds the next lines that are not stored yet and says where they end; knows nothing of threads and
/// clocks. Not thread-safe.
class FollowedFile
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Limits
    {
        std::uint64_t line = 16 * 1024 * 1024; ///< bytes; longer ones are left out
        std::uint64_t part = 1024 * 1024;      ///< bytes of lines handed up together
        std::size_t lines = 4'096;             ///< likewise
        /// A file that was rotated away and grows no more is let go after this; its last line then needs no end.
        std::chrono::milliseconds letGo{60'000};
    };

    /// Lines to be stored, with the place after them.
    struct Part
    {
        ReceivedRequest request;           ///< its arrival still to be set
        std::uint64_t number = 0, end = 0; ///< of the file, and the byte in it behind the part
        std::size_t lines = 0;             ///< that are handed up
        FilePlace after;
    };

    /// What its lines are.
    struct Form
    {
        bool isTable = false; ///< comma-separated values with a header; else lines of JSON
        CsvMapping mapping;   ///< of tables
        std::string product;  ///< of lines that do not say theirs; may be empty
        friend bool operator==(const Form &, const Form &) = default;
    };

    /// `known` is what was stored for the path before; nothing: it was never followed. `path` is absolute.
    FollowedFile(std::string path, const std::optional<std::vector<FilePlace>> &known, Limits limits, Form form);
    FollowedFile(std::string path, const std::optional<std::vector<FilePlace>> &known, Limits limits); ///< lines of JSON

    const std::string &path() const { return m_path; }
    /// Why the rows of a table can not be read, one sentence; empty: they can.
    const std::string &problem() const { return m_problem; }
    /// Whether `name` is that of a file that had this path before, beside it: app.log.1, app-2026-11-30.log.
    static bool isRotated(const std::string &path, std::string_view name);
    /// Finds out what became of the path since the last time. Cost: some system calls; after a rotation reads the folder.
    void look(Time now);
    /// The next lines; nothing when there are none. A part that was given is sent again as it is until it is taken() or
    /// refused(). Files that were rotated away come first, the oldest before the others. After a first look().
    std::optional<Part> next(Time now);
    /// The part is stored.
    void taken(const Part &part, Time now);
    /// Something in the part can not be read by anyone: its lines come one by one; one alone is left out and counted.
    void refused(const Part &part);

private:
    /// When files were written to and made that came after something.
    using Since = std::pair<std::int64_t, std::int64_t>;

    /// One of the files that had the path.
    struct Generation
    {
        FilePlace place;
        OpenFile file;
        bool isAtPath = false;
        std::uint64_t searched = 0,
                      size = 0; ///< bytes without the end of a line behind the offset; when last seen
        Time grown;             ///< when it was last seen to be larger
        bool isLost = false;    ///< it went away before it was read to its end, or with what was known of it
        /// Of the file, also when it was let go.
        Since times() const { return file.isOpen() ? file.times() : Since{place.modified, place.made}; }
    };
    /// A file beside the path that may have had it.
    struct Sibling
    {
        std::string name;
        OpenFile file;
        bool isRotated = false; ///< its name says so
    };

    std::vector<Sibling> siblings() const;
    std::vector<Sibling> listSiblings() const;
    std::optional<Since> attachKnown(OpenFile &atPath, Time now);
    void attach(Time now);
    void follow(Time now);
    void lose(Generation &generation, std::string_view counter);
    bool findAgain(Generation &generation, std::vector<Sibling> &siblings);
    std::vector<Sibling> between(const Since &since, const OpenFile &atPath) const;
    bool addAll(std::vector<Sibling> siblings, Time now);
    bool addBetween(const Since &since, const OpenFile &atPath, Time now);
    void add(OpenFile file, FilePlace place, bool isAtPath, Time now);
    bool isKnown(const OpenFile &file) const;
    std::optional<Part> nextOf(Generation &generation, Time now);
    bool wasCopiedUnread(const Generation &generation, Time now);
    GatheredLines gather(const Generation &generation, std::string_view text, std::size_t most);
    std::optional<Part> partOf(const Generation &generation, const std::string &text, std::size_t length);
    std::optional<Part> skipping(const Generation &generation, std::uint64_t end, std::string_view counter);
    void finish(Part &part, const Generation *generation);
    std::string placesAfter(const Part &part, const Generation *generation) const;
    void forgetOld();

    const std::string m_path;
    const Limits m_limits;
    const Form m_form;
    JsonShapes m_shapes;
    std::string m_problem;
    std::vector<Generation> m_generations; ///< the oldest first
    bool m_isAttached = false, m_isNew;
    std::uint64_t m_lastNumber = 0;
    std::uint64_t m_singleNumber = 0, m_singleUntil = 0; ///< up to here in this file lines come one by one
    bool m_isLineRefused = false;                        ///< the next line is left out
    CounterSet m_counters;                               ///< for the next part
};

} // namespace telltale
