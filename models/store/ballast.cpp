// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/ballast.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {

Ballast::Ballast(const std::filesystem::path &cache, std::uint64_t bytes)
    : m_path(cache.string() + ".ballast")
    , m_bytes(bytes)
{}

Ballast::~Ballast()
{
    release();
}

bool Ballast::make()
{
    if (missing() == 0)
        return true;
    const int file = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return false;
    ::fchmod(file, 0600);
    // A sparse file would promise room that is not there.
    m_isThere = ::posix_fallocate(file, 0, static_cast<off_t>(m_bytes)) == 0;
    ::close(file);
    if (!m_isThere)
        release();
    return m_isThere;
}

void Ballast::release()
{
    m_isThere = false;
    ::unlink(m_path.c_str());
}

} // namespace telltale
