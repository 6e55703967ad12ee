// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachefile.h"

#include "models/store/readahead.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

[[noreturn]] void failWithErrno(const std::string &what)
{
    const Error::Code code = errno == ENOSPC || errno == EDQUOT ? Error::Code::NoSpace : Error::Code::Io;
    throw StoreFailure{Error{code, what + ": " + std::strerror(errno)}};
}

std::uint64_t sizeOf(const std::string &path)
{
    struct stat facts
    {};
    return ::stat(path.c_str(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

} // namespace

WriterLock::WriterLock(const std::filesystem::path &cache)
{
    const std::string path = cache.string() + ".lock";
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_file < 0)
        failWithErrno("cannot open " + path);
    ::fchmod(m_file, 0600);
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        const bool isHeld = errno == EWOULDBLOCK;
        char holder[32] = {};
        const ssize_t size = ::pread(m_file, holder, sizeof holder - 1, 0);
        ::close(m_file);
        if (!isHeld)
            failWithErrno("cannot lock " + path);
        const long pid = size > 0 ? std::strtol(holder, nullptr, 10) : 0;
        throw StoreFailure{
            Error{Error::Code::Busy, "another process writes this cache" +
                                         (pid > 0 ? " (pid " + std::to_string(pid) + ")" : std::string())}};
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(m_file, 0) != 0 || ::pwrite(m_file, pid.data(), pid.size(), 0) < 0) {
        // Only the name of the holder is missing; the lock itself holds.
    }
}

WriterLock::~WriterLock()
{
    // The file stays: removing it would let two processes lock two different files of one name.
    ::close(m_file);
}

void prepareCacheFile(const std::filesystem::path &cache)
{
    const std::filesystem::path folder = cache.parent_path();
    if (!folder.empty() && !std::filesystem::exists(folder)) {
        std::error_code problem;
        std::filesystem::create_directories(folder, problem);
        if (problem)
            throw StoreFailure{
                Error{Error::Code::Io, "cannot make " + folder.string() + ": " + problem.message()}};
        ::chmod(folder.c_str(), 0700);
    }
    const int file = ::open(cache.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::fchmod(file, 0600);
        ::close(file);
    } else if (errno != EEXIST) {
        failWithErrno("cannot make " + cache.string());
    }
}

void configureWriter(Database &database)
{
    // The first two count only for a file without tables; giving space back later needs auto_vacuum from the start.
    database.execute("PRAGMA page_size = 4096;"
                     "PRAGMA auto_vacuum = INCREMENTAL;"
                     "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA wal_autocheckpoint = 0;"
                     "PRAGMA journal_size_limit = 67108864;"
                     "PRAGMA foreign_keys = ON;"
                     "PRAGMA cell_size_check = ON;"
                     "PRAGMA secure_delete = OFF;"
                     "PRAGMA mmap_size = 0;"
                     "PRAGMA cache_size = -16384");
    database.watchLog();
}

void configureReader(Database &database, int pages)
{
    database.execute("PRAGMA query_only = ON;"
                     "PRAGMA cell_size_check = ON");
    database.execute(("PRAGMA cache_size = -" + std::to_string(pages)).c_str());
    // Nothing is mapped: this is how SQLite is told to ask for pages that were read ahead.
    database.execute(readAheadVfs() ? "PRAGMA mmap_size = 1073741824" : "PRAGMA mmap_size = 0");
}

std::uint64_t cacheBytes(const std::filesystem::path &cache)
{
    return sizeOf(cache.string()) + logBytes(cache);
}

std::uint64_t logBytes(const std::filesystem::path &cache)
{
    return sizeOf(cache.string() + "-wal");
}

} // namespace telltale
