// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/readablefile.h"

#include <cerrno>
#include <cstring>
#include <stdlib.h>
#include <sys/stat.h>
#include <system_error>

namespace telltale {
namespace {

[[noreturn]] void fail(Error::Code code, const std::string &message)
{
    throw StoreFailure{Error{code, message}};
}

bool isOlder(Database &database, std::span<const Migration> migrations)
{
    requireCache(database, migrations);
    const std::int64_t version = database.integer("PRAGMA user_version");
    return version > 0 && !migrations.empty() && version < migrations.back().version;
}

std::filesystem::path madeFolder()
{
    std::error_code problem;
    const std::filesystem::path temporary = std::filesystem::temp_directory_path(problem);
    std::string name = ((problem ? std::filesystem::path("/tmp") : temporary) / "telltale-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        fail(errno == ENOSPC ? Error::Code::NoSpace : Error::Code::Io, "cannot make a folder for a copy of the archive: " + std::string(std::strerror(errno)));
    return name;
}

} // namespace

ReadableFile::ReadableFile(const std::filesystem::path &file, std::span<const Migration> migrations)
    : m_path(file)
{
    std::error_code problem;
    if (!std::filesystem::exists(file, problem))
        fail(Error::Code::NotFound, "there is no cache at " + file.string());
    bool needsCopy = false;
    {
        Database database(file, Database::Mode::ReadOnly);
        if (isOlder(database, migrations)) {
            if (!isArchive(database))
                fail(Error::Code::Unsupported, "the cache " + file.string() + " has schema " + std::to_string(database.integer("PRAGMA user_version")) +
                                                   " and this Telltale reads schema " + std::to_string(migrations.back().version) +
                                                   "; open it once in the window, or with telltale collect --cache, which bring it up to date");
            needsCopy = true;
        }
    }
    if (needsCopy)
        copy(file, migrations);
}

void ReadableFile::copy(const std::filesystem::path &file, std::span<const Migration> migrations)
{
    m_folder = madeFolder();
    m_path = m_folder / "archive.db";
    try {
        std::filesystem::copy_file(file, m_path);
        ::chmod(m_path.c_str(), 0600);
        Database database(m_path, Database::Mode::ReadWrite);
        migrate(database, migrations);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
        try {
            throw;
        } catch (const std::filesystem::filesystem_error &problem) {
            fail(problem.code() == std::errc::no_space_on_device ? Error::Code::NoSpace : Error::Code::Io,
                 "the archive is of an older Telltale and can not be copied to be read: " + problem.code().message());
        }
    }
}

ReadableFile::~ReadableFile()
{
    std::error_code ignored;
    if (isCopy())
        std::filesystem::remove_all(m_folder, ignored);
}

} // namespace telltale
