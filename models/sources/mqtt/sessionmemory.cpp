// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/sessionmemory.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr const char *kFirstLine = "round %020llu pending %010llu\n";

} // namespace

Result<SessionMemory> SessionMemory::open(const std::filesystem::path &path)
{
    SessionMemory memory;
    memory.m_fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (memory.m_fd < 0)
        return failure(Error::Code::Io, "Can not write " + path.string() + ": " +
                                            std::generic_category().message(errno) + ".");
    std::string text;
    char bytes[4096];
    ssize_t got = 0;
    while ((got = ::read(memory.m_fd, bytes, sizeof bytes)) > 0)
        text.append(bytes, static_cast<std::size_t>(got));
    unsigned long long round = 0, pending = 0;
    if (std::sscanf(text.c_str(), kFirstLine, &round, &pending) == 2 && round > 0) {
        memory.m_round = round;
        memory.m_pending = pending;
        auto begin = text.find('\n');
        while (begin != std::string::npos && begin + 1 < text.size()) {
            const auto end = text.find('\n', begin + 1);
            if (end == std::string::npos)
                break; // cut off
            memory.m_filters.push_back(text.substr(begin + 1, end - begin - 1));
            begin = end;
        }
    }
    return memory;
}

SessionMemory::~SessionMemory()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

SessionMemory::SessionMemory(SessionMemory &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_round(other.m_round)
    , m_pending(other.m_pending)
    , m_filters(std::move(other.m_filters))
{}

SessionMemory &SessionMemory::operator=(SessionMemory &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    m_round = other.m_round;
    m_pending = other.m_pending;
    m_filters = std::move(other.m_filters);
    return *this;
}

/// In one call and always as long, so that no kill leaves half of it.
void SessionMemory::write()
{
    char line[80];
    const int size = std::snprintf(line, sizeof line, kFirstLine, static_cast<unsigned long long>(m_round),
                                   static_cast<unsigned long long>(m_pending));
    [[maybe_unused]] const auto written = ::pwrite(m_fd, line, static_cast<std::size_t>(size), 0);
}

void SessionMemory::willStore(std::uint64_t messages)
{
    m_pending = std::max(m_pending, messages);
    write();
}

void SessionMemory::isAcknowledged()
{
    ++m_round;
    m_pending = 0;
    write();
}

void SessionMemory::subscribed(std::vector<std::string> filters)
{
    m_filters = std::move(filters);
    write();
    std::string text;
    for (const std::string &filter : m_filters)
        text += filter + "\n";
    char line[80];
    const int head = std::snprintf(line, sizeof line, kFirstLine, 0ULL, 0ULL);
    [[maybe_unused]] const auto written = ::pwrite(m_fd, text.data(), text.size(), head);
    [[maybe_unused]] const auto cut = ::ftruncate(m_fd, head + static_cast<off_t>(text.size()));
}

} // namespace telltale
