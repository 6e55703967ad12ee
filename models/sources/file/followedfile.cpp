// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the path; the lines are read in followedlines.cpp.
#include "models/sources/file/followedfile.h"

#include <algorithm>
#include <charconv>
#include <cctype>
#include <filesystem>
#include <utility>

namespace telltale {
namespace {

FilePlace beginningOf(const OpenFile &file)
{
    FilePlace place;
    place.moveTo(0, file);
    return place;
}

/// Files that are done are remembered for a while, so that they are not taken for new ones.
constexpr std::size_t kMostRemembered = 32;
/// Of a folder; nobody rotates in one with more.
constexpr std::size_t kMostSiblings = 10'000;
constexpr int kMostReadings = 20;

/// The name it had before it was packed with gzip or zstd; empty when it is none of them.
std::string_view nameBeforePacking(std::string_view name)
{
    for (const std::string_view packing : {".gz", ".zst"}) {
        if (name.ends_with(packing))
            return name.substr(0, name.size() - packing.size());
    }
    return {};
}

/// Whether `copy` holds the beginning of what still stands at the path, and was made after that: it is not cut yet. A file that was
/// renamed is older than what has its path now. An empty copy is nothing to read, or about to be filled.
bool isBeingCopied(const OpenFile &atPath, const OpenFile &copy)
{
    return !copy.isPacked() && copy.times().second >= atPath.times().second && beginsWith(atPath, copy);
}

/// app.log.1, app.log-20261130, app.1.log or app-2026-11-30.log beside app.log; nothing that is packed.
bool isRotatedName(const std::filesystem::path &path, std::string_view name)
{
    for (const char *packing : {".gz", ".zst", ".bz2", ".xz", ".lz4", ".zip"}) {
        if (name.ends_with(packing))
            return false;
    }
    const auto beginsRotation = [](std::string_view rest) {
        return rest.size() > 1 && (rest[0] == '.' || rest[0] == '-' || rest[0] == '_') &&
               std::isdigit(static_cast<unsigned char>(rest[1])) != 0;
    };
    const std::string whole = path.filename(), stem = path.stem(), extension = path.extension();
    if (name.starts_with(whole) && beginsRotation(name.substr(whole.size())))
        return true;
    return !extension.empty() && name.starts_with(stem) && name.ends_with(extension) &&
           name.size() > stem.size() + extension.size() &&
           beginsRotation(name.substr(stem.size(), name.size() - stem.size() - extension.size()));
}

} // namespace

FollowedFile::FollowedFile(std::string path, const std::optional<std::vector<FilePlace>> &known, Limits limits)
    : FollowedFile(std::move(path), known, limits, Form())
{}

FollowedFile::FollowedFile(std::string path, const std::optional<std::vector<FilePlace>> &known,
                           Limits limits, Form form)
    : m_path(std::move(path))
    , m_limits(limits)
    , m_form(std::move(form))
    , m_isNew(!known)
{
    for (const FilePlace &place : known.value_or(std::vector<FilePlace>())) {
        m_lastNumber = std::max(m_lastNumber, place.number);
        Generation &generation = m_generations.emplace_back();
        generation.place = place;
    }
}

namespace {

/// The number at the end of a rotated file's name, compressed or not; a date is no such number, and 0 like none.
int rotationOf(std::string_view name)
{
    constexpr int kMost = 9'999;
    if (const std::string_view before = nameBeforePacking(name); !before.empty())
        name = before;
    const auto dot = name.rfind('.');
    int number = 0;
    const auto [end, problem] = std::from_chars(name.data() + std::min(dot, name.size() - 1) + 1, name.data() + name.size(), number);
    return problem == std::errc() && end == name.data() + name.size() && number <= kMost ? number : 0;
}

} // namespace

bool FollowedFile::isRotated(const std::string &path, std::string_view name)
{
    return isRotatedName(path, name);
}

void FollowedFile::look(Time now)
{
    if (!m_isAttached)
        attach(now);
    else
        follow(now);
}

/// As they are at one moment: a folder that is read while files in it are renamed may leave some out.
std::vector<FollowedFile::Sibling> FollowedFile::siblings() const
{
    std::vector<Sibling> before = listSiblings();
    for (int i = 0; i < kMostReadings; ++i) {
        std::vector<Sibling> found = listSiblings();
        const bool isSame = std::equal(before.begin(), before.end(), found.begin(), found.end(),
                                       [](const Sibling &a, const Sibling &b) {
                                           return a.name == b.name && a.file.device() == b.file.device() &&
                                                  a.file.inode() == b.file.inode();
                                       });
        if (isSame)
            return found;
        before = std::move(found);
    }
    return before;
}

std::vector<FollowedFile::Sibling> FollowedFile::listSiblings() const
{
    const std::filesystem::path path(m_path);
    std::vector<Sibling> found;
    std::error_code problem;
    std::size_t seen = 0;
    for (auto entry = std::filesystem::directory_iterator(path.parent_path(), problem);
         !problem && entry != std::filesystem::directory_iterator() && ++seen < kMostSiblings;
         entry.increment(problem)) {
        const std::string name = entry->path().filename();
        // Others are looked at for one that was renamed beyond recognition, but only those that share the beginning.
        if (name == path.filename() || !name.starts_with(path.stem().string()))
            continue;
        const std::string_view packed = nameBeforePacking(name);
        const bool isRotated = isRotatedName(path, packed.empty() ? std::string_view(name) : packed);
        OpenFile file = !packed.empty() && isRotated ? OpenFile::unpacking(entry->path()) : OpenFile(entry->path());
        if (file.isOpen())
            found.push_back({name, std::move(file), isRotated});
    }
    std::sort(found.begin(), found.end(), [](const Sibling &a, const Sibling &b) { return a.name < b.name; });
    // As long as both are there, the packed one may not be whole.
    std::vector<std::string> names;
    for (const Sibling &sibling : found)
        names.push_back(sibling.name);
    std::erase_if(found, [&](const Sibling &sibling) {
        return sibling.file.isPacked() && std::find(names.begin(), names.end(), nameBeforePacking(sibling.name)) != names.end();
    });
    return found;
}

/// After a start: where are the files that were followed before?
void FollowedFile::attach(Time now)
{
    m_isAttached = true;
    OpenFile atPath(m_path);
    // Noted before the folder is read: what is copied away from it afterwards is newer.
    const FilePlace fresh = beginningOf(atPath);
    const auto since = attachKnown(atPath, now);
    const bool isPathKnown = !m_generations.empty() && m_generations.back().isAtPath;
    if (since && addBetween(*since, atPath, now) && isPathKnown) { // it stays the last
        const auto current = std::find_if(m_generations.begin(), m_generations.end(), [](const Generation &each) { return each.isAtPath; });
        std::rotate(current, current + 1, m_generations.end());
    }
    if (!isPathKnown && atPath.isOpen())
        add(std::move(atPath), fresh, true, now);
}

/// Finds what was followed before, and takes `atPath` if it is that. Files that came later are newer than the answer; nothing when it is
/// not known which.
std::optional<FollowedFile::Since> FollowedFile::attachKnown(OpenFile &atPath, Time now)
{
    std::vector<Sibling> beside = m_generations.empty() ? std::vector<Sibling>() : siblings();
    std::optional<Since> since;
    bool isUnreadMissing = false;
    for (Generation &generation : m_generations) {
        const FilePlace &place = generation.place;
        generation.grown = now;
        if (place.isDone)
            continue;
        if (atPath.isOpen() && place.isNumberOf(atPath) && place.fits(atPath)) {
            generation.file = std::move(atPath);
            generation.isAtPath = true;
        } else if (!findAgain(generation, beside)) {
            if (place.offset == 0) {
                // Packed before anything of it was read, it looks like those that came later, and comes with them.
                since = since.value_or(Since{place.modified, place.made});
                isUnreadMissing = true;
                lose(generation, {});
                continue;
            }
            // What comes before others was read to its end when theirs began.
            const bool isRead = std::any_of(&generation + 1, m_generations.data() + m_generations.size(),
                                            [](const Generation &later) { return later.place.offset > 0; });
            lose(generation, isRead ? std::string_view() : "file.followed.gone");
            since.reset();
            continue;
        }
        if (!isUnreadMissing)
            since = generation.file.times();
    }
    return !isUnreadMissing && !m_generations.empty() && m_generations.back().isAtPath ? std::nullopt : since;
}

void FollowedFile::follow(Time now)
{
    OpenFile atPath(m_path);
    const FilePlace fresh = beginningOf(atPath); // as in attach()
    if (m_generations.empty() || !m_generations.back().isAtPath || !atPath.isOpen()) {
        // Seen for the first time, or moved away with nothing in its place yet, or the first after that.
        if (!m_generations.empty() && !m_generations.back().isLost)
            addBetween(m_generations.back().times(), atPath, now);
        if (atPath.isOpen() && !isKnown(atPath))
            add(std::move(atPath), fresh, true, now);
        return;
    }
    Generation &current = m_generations.back();
    const bool isSame = current.place.isNumberOf(atPath);
    if (isSame && current.place.fits(atPath))
        return;
    current.isAtPath = false;
    current.grown = now;
    if (!isSame) { // renamed, and made anew
        addBetween(current.file.times(), atPath, now);
    } else { // cut, perhaps after a copy was made: what was not read yet is there
        std::vector<Sibling> beside = siblings();
        if (findAgain(current, beside))
            addBetween(current.file.times(), atPath, now);
        else
            lose(current, "file.followed.emptied");
    }
    add(std::move(atPath), fresh, true, now);
}

void FollowedFile::lose(Generation &generation, std::string_view counter)
{
    generation.place.isDone = true;
    generation.file = OpenFile();
    generation.isAtPath = false;
    generation.isLost = true;
    if (!counter.empty())
        m_counters.add(counter);
}

/// The file under another name, or a copy of it.
bool FollowedFile::findAgain(Generation &generation, std::vector<Sibling> &beside)
{
    const FilePlace &place = generation.place;
    const auto takeFirst = [&](auto &&isIt) {
        const auto at = std::find_if(beside.begin(), beside.end(), [&](const Sibling &sibling) {
            return sibling.file.isOpen() && isIt(sibling) && place.fits(sibling.file);
        });
        if (at == beside.end())
            return false;
        generation.file = std::move(at->file);
        beside.erase(at);
        generation.place.moveTo(place.offset, generation.file);
        return true;
    };
    // Packing makes numbers free, and another packed file may have one by now: what was not read yet is known by nothing else.
    const auto isNumbered = [&](const Sibling &sibling) {
        return place.isNumberOf(sibling.file) && (place.offset > 0 || !sibling.file.isPacked());
    };
    return takeFirst(isNumbered) ||
           (place.headLength > 0 && (takeFirst([](const Sibling &sibling) { return sibling.isRotated && !sibling.file.isPacked(); }) ||
                                     takeFirst([](const Sibling &sibling) { return sibling.file.isPacked(); })));
}

/// Files that came and were rotated away again while nobody looked: those written to after `since`, or made not before it where
/// the clock of the file system is too coarse to tell. The earliest first.
std::vector<FollowedFile::Sibling> FollowedFile::between(const Since &since, const OpenFile &atPath) const
{
    std::vector<Sibling> beside = siblings();
    std::erase_if(beside, [&](const Sibling &sibling) {
        const bool isAtPath =
            sibling.file.device() == atPath.device() && sibling.file.inode() == atPath.inode();
        const auto times = sibling.file.times();
        const bool isOld = times < since || (times == since && times.second == 0);
        return isAtPath || !sibling.isRotated || isOld || isKnown(sibling.file) || !sibling.file.isWhole() ||
               sibling.file.size() == 0 || isBeingCopied(atPath, sibling.file) ||
               (sibling.file.isPacked() && holdTheSame(atPath, sibling.file)); // rotated and packed since it was opened
    });
    std::sort(beside.begin(), beside.end(), [](const Sibling &a, const Sibling &b) {
        // Within a tick of the file system's clock the names tell: app.log.2 was app.log before app.log.1 was.
        const auto before = a.file.times(), after = b.file.times();
        return before != after ? before < after : rotationOf(a.name) > rotationOf(b.name);
    });
    return beside;
}

/// In this order. False: there are none.
bool FollowedFile::addAll(std::vector<Sibling> siblings, Time now)
{
    for (Sibling &sibling : siblings) {
        const FilePlace place = beginningOf(sibling.file);
        add(std::move(sibling.file), place, false, now);
    }
    return !siblings.empty();
}

bool FollowedFile::addBetween(const Since &since, const OpenFile &atPath, Time now)
{
    return addAll(between(since, atPath), now);
}

bool FollowedFile::isKnown(const OpenFile &file) const
{
    return std::any_of(m_generations.begin(), m_generations.end(), [&](const Generation &generation) {
        // Packing makes another file of it; one that was read to its end is known by all of its content.
        const FilePlace &place = generation.place;
        if (file.isPacked() && place.offset > 0 && place.fits(file) && (!place.isDone || place.offset == file.size()))
            return true;
        if (file.isPacked() && holdTheSame(generation.file, file)) // not read yet
            return true;
        // Numbers are given again; an empty file that is gone says nothing about one with the same number.
        return (generation.file.isOpen() || generation.place.offset > 0) &&
               generation.place.isNumberOf(file) && generation.place.fits(file);
    });
}

void FollowedFile::add(OpenFile file, FilePlace place, bool isAtPath, Time now)
{
    place.number = ++m_lastNumber;
    Generation &generation = m_generations.emplace_back();
    generation.place = place;
    generation.file = std::move(file);
    generation.isAtPath = isAtPath;
    generation.grown = now;
    forgetOld();
}

void FollowedFile::forgetOld()
{
    std::size_t surplus = m_generations.size() - std::min(m_generations.size(), kMostRemembered);
    std::erase_if(m_generations, [&](const Generation &generation) {
        return generation.place.isDone && surplus > 0 && surplus-- > 0;
    });
}

} // namespace telltale
