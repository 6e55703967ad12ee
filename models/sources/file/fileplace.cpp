// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/fileplace.h"

#include "models/protocols/support/jsontree.h"
#include "models/sources/file/unpackedfile.h"
#include "models/telemetry/value.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <tuple>
#include <type_traits>
#include <unistd.h>

#include <xxhash.h>

namespace telltale {
namespace {

constexpr std::uint64_t kHead = 1024, kTail = 256;

std::optional<struct stat> factsOf(int descriptor)
{
    struct stat facts = {};
    if (descriptor < 0 || ::fstat(descriptor, &facts) != 0)
        return std::nullopt;
    return facts;
}

/// Of exactly these bytes; nothing when they are not all there.
std::optional<std::uint64_t> hashOf(const OpenFile &file, std::uint64_t offset, std::uint64_t length)
{
    std::string bytes;
    file.read(offset, length, bytes);
    if (bytes.size() != length)
        return std::nullopt;
    return XXH3_64bits(bytes.data(), bytes.size());
}

} // namespace

OpenFile::OpenFile() = default;

OpenFile::OpenFile(const std::string &path)
    : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
{
    const auto facts = factsOf(m_descriptor);
    if (isOpen() && (!facts || !S_ISREG(facts->st_mode))) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

OpenFile OpenFile::unpacking(const std::string &path)
{
    OpenFile file(path);
    if (file.isOpen())
        file.m_content = std::make_unique<UnpackedFile>(file.m_descriptor);
    return file;
}

OpenFile::OpenFile(OpenFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_content(std::move(other.m_content))
{}

OpenFile &OpenFile::operator=(OpenFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_content, other.m_content);
    return *this;
}

OpenFile::~OpenFile()
{
    if (isOpen())
        ::close(m_descriptor);
}

std::uint64_t OpenFile::device() const
{
    const auto facts = factsOf(m_descriptor);
    return facts ? facts->st_dev : 0;
}

std::uint64_t OpenFile::inode() const
{
    const auto facts = factsOf(m_descriptor);
    return facts ? facts->st_ino : 0;
}

bool OpenFile::isWhole() const
{
    return !m_content || m_content->isWhole();
}

std::uint64_t OpenFile::size() const
{
    if (m_content)
        return m_content->size();
    const auto facts = factsOf(m_descriptor);
    return facts ? static_cast<std::uint64_t>(facts->st_size) : 0;
}

std::pair<std::int64_t, std::int64_t> OpenFile::times() const
{
    struct statx facts = {};
    if (::statx(m_descriptor, "", AT_EMPTY_PATH, STATX_MTIME | STATX_BTIME, &facts) != 0)
        return {};
    const auto nanoseconds = [&](unsigned mask, const statx_timestamp &time) {
        return (facts.stx_mask & mask) != 0 ? std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec : 0;
    };
    return {nanoseconds(STATX_MTIME, facts.stx_mtime), nanoseconds(STATX_BTIME, facts.stx_btime)};
}

void OpenFile::read(std::uint64_t offset, std::uint64_t length, std::string &out) const
{
    if (m_content)
        return m_content->read(offset, length, out);
    out.resize(length);
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t more =
            ::pread(m_descriptor, out.data() + got, out.size() - got, static_cast<off_t>(offset + got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            break;
        got += static_cast<std::size_t>(more);
    }
    out.resize(got);
}

void FilePlace::moveTo(std::uint64_t newOffset, const OpenFile &file)
{
    offset = newOffset;
    device = file.device();
    inode = file.inode();
    std::tie(modified, made) = file.times();
    headLength = std::min(offset, kHead);
    tailLength = std::min(offset, kTail);
    head = hashOf(file, 0, headLength).value_or(0);
    tail = hashOf(file, offset - tailLength, tailLength).value_or(0);
}

bool FilePlace::fits(const OpenFile &file) const
{
    // The beginning first: of a packed file it costs least.
    return file.isOpen() && hashOf(file, 0, headLength) == head && file.isWhole() && file.size() >= offset &&
           hashOf(file, offset - tailLength, tailLength) == tail;
}

bool beginsWith(const OpenFile &file, const OpenFile &part)
{
    const std::uint64_t size = part.size(), head = std::min(size, kHead), tail = std::min(size, kTail);
    return file.isOpen() && part.isOpen() && file.isWhole() && part.isWhole() && file.size() >= size &&
           hashOf(file, 0, head) == hashOf(part, 0, head) &&
           hashOf(file, size - tail, tail) == hashOf(part, size - tail, tail);
}

bool holdTheSame(const OpenFile &a, const OpenFile &b)
{
    return a.size() == b.size() && beginsWith(a, b);
}

std::string filePlacesJson(const std::vector<FilePlace> &places)
{
    const auto number = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
    Value::Array list;
    for (const FilePlace &place : places) {
        list.push_back(Value::Map{{"number", number(place.number)},
                                  {"device", number(place.device)},
                                  {"inode", number(place.inode)},
                                  {"offset", number(place.offset)},
                                  {"head_length", number(place.headLength)},
                                  {"head", number(place.head)},
                                  {"tail_length", number(place.tailLength)},
                                  {"tail", number(place.tail)},
                                  {"modified", Value(place.modified)},
                                  {"made", Value(place.made)},
                                  {"done", place.isDone}});
    }
    return toJson(Value(std::move(list)));
}

std::vector<FilePlace> filePlacesOf(std::string_view json)
{
    std::vector<FilePlace> places;
    json::Document document;
    const auto root = document.parse(json);
    if (!root)
        return places;
    for (const json::Element each : json::items(*root)) {
        FilePlace place;
        bool isWhole = true;
        const auto take = [&](std::string_view key, auto &to) {
            const auto element = json::field(each, key);
            isWhole = isWhole && element && element->isInteger();
            to = static_cast<std::remove_reference_t<decltype(to)>>(isWhole ? element->integer() : 0);
        };
        take("number", place.number);
        take("device", place.device);
        take("inode", place.inode);
        take("offset", place.offset);
        take("head_length", place.headLength);
        take("head", place.head);
        take("tail_length", place.tailLength);
        take("tail", place.tail);
        take("modified", place.modified);
        take("made", place.made);
        place.isDone = json::isTrue(json::field(each, "done"));
        if (isWhole && place.headLength <= kHead && place.tailLength <= std::min(kTail, place.offset))
            places.push_back(place);
    }
    return places;
}

} // namespace telltale
