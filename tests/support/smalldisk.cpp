// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smalldisk.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace telltale::test {

SmallDisk::SmallDisk(const std::filesystem::path &folder, std::uint64_t bytes)
    : m_path(folder / "disk")
{
    std::filesystem::create_directory(m_path);
    m_problem = mount(bytes);
}

std::string SmallDisk::mount(std::uint64_t bytes) const
{
    const auto because = [](const char *what) { return std::string(what) + ": " + std::strerror(errno); };
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return because("no mounts of our own");
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return because("mounts can not be kept to ourselves");
    const std::string size = "mode=0700,size=" + std::to_string(bytes);
    if (::mount("tmpfs", m_path.c_str(), "tmpfs", 0, size.c_str()) != 0)
        return because("no disk can be mounted");
    return {};
}

SmallDisk::~SmallDisk()
{
    if (m_problem.empty())
        ::umount2(m_path.c_str(), MNT_DETACH);
}

bool SmallDisk::fill(std::uint64_t leave)
{
    const std::uint64_t free = room();
    if (free <= leave)
        return true;
    const int file = ::open(filler().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const off_t end = ::lseek(file, 0, SEEK_END);
    const bool isDone = ::posix_fallocate(file, end, static_cast<off_t>(free - leave)) == 0;
    ::close(file);
    return isDone;
}

void SmallDisk::free()
{
    ::unlink(filler().c_str());
}

std::uint64_t SmallDisk::room() const
{
    struct statvfs facts
    {};
    return ::statvfs(m_path.c_str(), &facts) == 0 ? std::uint64_t(facts.f_bavail) * facts.f_frsize : 0;
}

} // namespace telltale::test
