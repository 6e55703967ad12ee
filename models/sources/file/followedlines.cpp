// SPDX-License-Identifier: GPL-3.0-or-later
// The next lines of a followed file; what became of its path is found out in followedfile.cpp.
#include "models/sources/file/followedfile.h"

#include "models/protocols/jsonlines/jsonlines.h"
#include "models/sources/file/rowgatherer.h"

#include <algorithm>
#include <utility>

namespace telltale {
namespace {

constexpr std::uint64_t kSearch = 256 * 1024;
constexpr std::uint64_t kLongestHeader = 64 * 1024;

} // namespace

std::optional<FollowedFile::Part> FollowedFile::next(Time now)
{
    if (m_isNew) { // sources list it from now on, and a restart finds it
        Part part;
        finish(part, nullptr);
        return part;
    }
    for (Generation &generation : m_generations) {
        if (generation.place.isDone || !generation.file.isOpen())
            continue;
        if (auto part = nextOf(generation, now)) {
            if (wasCopiedUnread(generation, now))
                return next(now);
            return part;
        }
    }
    return std::nullopt;
}

/// Before anything of it was stored, a file that was cut can not be told from a new one. Then copies that were made since are
/// found beside it; they come first.
bool FollowedFile::wasCopiedUnread(const Generation &generation, Time now)
{
    const FilePlace &place = generation.place;
    if (!generation.isAtPath || place.offset > 0)
        return false;
    const std::uint64_t number = place.number;
    // Renamed since it was looked at, it is no longer what is cut: what is beside it then came later, and follow() finds it. Asked
    // once the folder was read, so that nothing comes between.
    std::vector<Sibling> copies = between({place.modified, place.made}, generation.file);
    if (!place.isNumberOf(OpenFile(m_path)) || !addAll(std::move(copies), now))
        return false;
    const auto isIt = [number](const Generation &each) { return each.place.number == number; };
    const auto at = std::find_if(m_generations.begin(), m_generations.end(), isIt);
    std::rotate(at, at + 1, m_generations.end());
    return true;
}

std::optional<FollowedFile::Part> FollowedFile::nextOf(Generation &generation, Time now)
{
    const OpenFile &file = generation.file;
    const std::uint64_t offset = generation.place.offset, size = file.size();
    if (size != generation.size) {
        generation.size = size;
        generation.grown = now;
    }
    const bool isLetGo = file.isPacked() || (!generation.isAtPath && now - generation.grown >= m_limits.letGo);
    if (size <= offset) {
        if (isLetGo) {
            generation.place.isDone = true;
            generation.file = OpenFile();
        }
        return std::nullopt;
    }
    std::string text;
    if (generation.searched < m_limits.part) {
        file.read(offset, std::min(size - offset, m_limits.part), text);
        const std::size_t end = m_form.isTable ? endOfRows(text) : text.rfind('\n') + 1;
        // A table is not known by its header alone: another one begins the same, and would be taken for it after a restart.
        const bool isHeaderAlone = m_form.isTable && offset == 0 && end <= endOfFirstRow(text) && !isLetGo;
        if (end > 0 && !isHeaderAlone)
            return partOf(generation, text, end);
        if (m_form.isTable && text.size() < m_limits.part && !isLetGo)
            return std::nullopt; // a row that is still being written may have ends of lines in it
        generation.searched = text.size();
    }
    // A long line, or one that is still being written.
    std::uint64_t at = offset + generation.searched;
    for (; at < size; at += text.size()) {
        file.read(at, std::min(kSearch, size - at), text);
        if (text.empty())
            return std::nullopt;
        if (const auto end = text.find('\n'); end != std::string::npos) {
            at += end + 1;
            break;
        }
        generation.searched = at + text.size() - offset;
    }
    if (at >= size && text.find('\n') == std::string::npos && !isLetGo)
        return std::nullopt;
    if (at - offset > m_limits.line)
        return skipping(generation, at, "file.line.too_long");
    file.read(offset, at - offset, text);
    return partOf(generation, text, text.size());
}

GatheredLines FollowedFile::gather(const Generation &generation, std::string_view text, std::size_t most)
{
    if (!m_form.isTable)
        return gatherLines(text, most, m_shapes);
    std::string head;
    generation.file.read(0, kLongestHeader, head);
    head.resize(endOfFirstRow(head));
    const std::size_t begin = generation.place.offset == 0 ? std::min(head.size(), text.size()) : 0;
    GatheredLines rows = gatherRows(head, text.substr(begin), most, m_form.mapping, m_problem);
    rows.bytes += begin;
    return rows;
}

/// The first lines of `text`, which ends with one at `length`. Nothing, when the file was cut in this very moment.
std::optional<FollowedFile::Part> FollowedFile::partOf(const Generation &generation, const std::string &text,
                                                       std::size_t length)
{
    const FilePlace &place = generation.place;
    const bool isSingle = place.number == m_singleNumber && place.offset < m_singleUntil;
    const GatheredLines lines = gather(generation, std::string_view(text).substr(0, length), isSingle ? 1 : m_limits.lines);
    if (isSingle && m_isLineRefused && lines.lines == 1)
        return skipping(generation, place.offset + lines.bytes, "file.line.refused");
    Part part;
    part.request.path = lines.path;
    part.request.body = lines.body;
    part.end = place.offset + lines.bytes;
    part.lines = lines.lines;
    FilePart &extra = part.request.part.emplace();
    if (lines.rejected > 0) {
        extra.rejected = lines.rejected;
        extra.counters.add("file.line.malformed", lines.rejected);
    }
    finish(part, &generation);
    // What the place is known by was read after the text; only when both are still there they belong together.
    std::string again;
    generation.file.read(place.offset, lines.bytes, again);
    if (std::string_view(text).substr(0, lines.bytes) != again || !place.fits(generation.file))
        return std::nullopt;
    return part;
}

/// A part that only leaves out a line.
std::optional<FollowedFile::Part> FollowedFile::skipping(const Generation &generation, std::uint64_t end,
                                                         std::string_view counter)
{
    Part part;
    part.end = end;
    FilePart &extra = part.request.part.emplace();
    extra.rejected = 1;
    extra.counters.add(counter);
    finish(part, &generation);
    return generation.place.fits(generation.file) ? std::optional(std::move(part)) : std::nullopt;
}

/// What all parts have: where they come from, and the place after them.
void FollowedFile::finish(Part &part, const Generation *generation)
{
    ReceivedRequest &request = part.request;
    request.protocol = "file";
    request.method = "POST";
    request.contentType = "application/json";
    if (request.path.empty()) {
        request.path = kJsonLinesPath;
        request.body = "[]";
    }
    std::uint64_t begin = 0;
    if (generation) {
        part.number = generation->place.number;
        part.after = generation->place;
        part.after.moveTo(part.end, generation->file);
        begin = generation->place.offset;
    }
    if (!request.part)
        request.part.emplace();
    FilePart &extra = *request.part;
    extra.source = m_path;
    extra.product = m_form.product;
    extra.place = m_path + ":" + std::to_string(part.number) + ":" + std::to_string(begin);
    extra.counters.add(m_counters);
    extra.position = Document{std::string(kFilePlaceKind), m_path, {}, placesAfter(part, generation)};
}

std::string FollowedFile::placesAfter(const Part &part, const Generation *generation) const
{
    std::vector<FilePlace> places;
    for (const Generation &each : m_generations)
        places.push_back(&each == generation ? part.after : each.place);
    return filePlacesJson(places);
}

void FollowedFile::taken(const Part &part, Time now)
{
    m_isNew = false;
    m_isLineRefused = false;
    m_counters = {};
    for (Generation &generation : m_generations) {
        if (generation.place.number != part.number)
            continue;
        generation.place = part.after;
        generation.searched = 0;
        generation.grown = now;
    }
}

void FollowedFile::refused(const Part &part)
{
    m_isLineRefused = part.lines <= 1;
    m_singleUntil = part.number == m_singleNumber ? std::max(m_singleUntil, part.end) : part.end;
    m_singleNumber = part.number;
}

} // namespace telltale
