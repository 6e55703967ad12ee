// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/portholder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

namespace telltale {
namespace {

struct Listener
{
    std::string inode;
    std::string user;
};

constexpr std::string_view kListening = "0A"; // TCP_LISTEN

std::optional<Listener> findListener(const char *table, std::uint16_t port)
{
    std::ifstream file(table);
    std::string line;
    std::getline(file, line); // the heading
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >>
            inode;
        const std::size_t colon = local.rfind(':');
        if (!fields || colon == std::string::npos || state != kListening)
            continue;
        if (std::stoul(local.substr(colon + 1), nullptr, 16) == port)
            return Listener{inode, user};
    }
    return std::nullopt;
}

std::string programOf(const std::filesystem::path &process)
{
    std::ifstream file(process / "comm");
    std::string name;
    std::getline(file, name);
    return name;
}

bool holdsSocket(const std::filesystem::path &process, const std::string &link)
{
    std::error_code ignored;
    for (std::filesystem::directory_iterator entry(process / "fd", ignored), end; entry != end;
         entry.increment(ignored)) {
        if (ignored)
            return false;
        if (std::filesystem::read_symlink(entry->path(), ignored) == link)
            return true;
    }
    return false;
}

} // namespace

std::string describePortHolder(std::uint16_t port)
{
    auto listener = findListener("/proc/net/tcp", port);
    if (!listener)
        listener = findListener("/proc/net/tcp6", port);
    if (!listener)
        return "another program";
    const std::string link = "socket:[" + listener->inode + "]";
    std::error_code ignored;
    for (std::filesystem::directory_iterator entry("/proc", ignored), end; entry != end;
         entry.increment(ignored)) {
        if (ignored)
            break;
        const std::string pid = entry->path().filename().string();
        if (!std::all_of(pid.begin(), pid.end(), [](char c) { return c >= '0' && c <= '9'; }))
            continue;
        if (holdsSocket(entry->path(), link))
            return "process " + pid + " (" + programOf(entry->path()) + ")";
    }
    return "a process of user " + listener->user;
}

} // namespace telltale
