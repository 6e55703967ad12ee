// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/partfile.h"

#include "app/commands/command.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

const char *volatile partToRemove = nullptr;
const char *volatile lastWords = nullptr;

void onSignal(int)
{
    if (partToRemove)
        ::unlink(partToRemove);
    if (lastWords) {
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, lastWords, std::strlen(lastWords));
    }
    ::_exit(ExitFailed);
}

} // namespace

std::string partOf(const std::string &path)
{
    return path == "-" ? std::string() : path + ".part";
}

bool putInPlace(const std::string &path)
{
    const std::string part = partOf(path);
    struct stat before
    {};
    ::chmod(part.c_str(), ::stat(path.c_str(), &before) == 0 ? before.st_mode & 0777 : 0600);
    if (std::rename(part.c_str(), path.c_str()) == 0)
        return true;
    std::remove(part.c_str());
    return false;
}

PartFile::PartFile(std::string path)
    : m_path(std::move(path))
    , m_file(isStandard() ? stdout : std::fopen(partOf(m_path).c_str(), "wbx"))
{
    if (!m_file && errno == EEXIST) { // of a command that was killed
        std::remove(partOf(m_path).c_str());
        m_file = std::fopen(partOf(m_path).c_str(), "wbx");
    }
}

PartFile::~PartFile()
{
    if (m_file && !isStandard()) {
        std::fclose(m_file);
        std::remove(partOf(m_path).c_str());
    }
}

bool PartFile::flush()
{
    m_isGood = m_isGood && std::fwrite(m_text.data(), 1, m_text.size(), m_file) == m_text.size();
    m_text.clear();
    return m_isGood;
}

bool PartFile::flushIfLarge()
{
    return m_text.size() < kPiece || flush();
}

bool PartFile::keep()
{
    if (!flush() || std::fflush(m_file) != 0)
        return false;
    if (isStandard())
        return true;
    const bool isSafe = ::fsync(::fileno(m_file)) == 0;
    const bool isClosed = std::fclose(std::exchange(m_file, nullptr)) == 0;
    if (isSafe && isClosed)
        return putInPlace(m_path);
    std::remove(partOf(m_path).c_str());
    return false;
}

PartGuard::PartGuard(std::string part, const char *said)
    : m_part(std::move(part))
{
    partToRemove = m_part.empty() ? nullptr : m_part.c_str();
    lastWords = said;
    for (std::size_t i = 0; i < std::size(kSignals); ++i)
        m_before[i] = std::signal(kSignals[i], onSignal);
}

PartGuard::~PartGuard()
{
    for (std::size_t i = 0; i < std::size(kSignals); ++i)
        std::signal(kSignals[i], m_before[i]);
    partToRemove = nullptr;
    lastWords = nullptr;
}

} // namespace telltale
