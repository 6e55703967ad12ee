// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/privatefile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <utility>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::size_t kLongestFile = 1024 * 1024;

/// Closes what it holds.
class Descriptor
{
public:
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int value() const { return m_descriptor; }
    bool isOpen() const { return m_descriptor >= 0; }
    bool close()
    {
        const int descriptor = std::exchange(m_descriptor, -1);
        return descriptor < 0 || ::close(descriptor) == 0;
    }

private:
    int m_descriptor;
};

tl::unexpected<Error> failed(const char *what, const std::filesystem::path &path)
{
    const std::string reason = std::strerror(errno); // NOLINT(concurrency-mt-unsafe): glibc's is
    return failure(Error::Code::Io, std::string("Can not ") + what + " " + path.string() + ": " + reason + ".");
}

bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<std::string> readSmallFile(const std::filesystem::path &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return errno == ENOENT || errno == ENOTDIR ? Result<std::string>() : failed("read", path);
    std::string text;
    char buffer[16 * 1024];
    for (;;) {
        const ssize_t count = ::read(file.value(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed("read", path);
        if (count == 0)
            return text;
        text.append(buffer, static_cast<std::size_t>(count));
        if (text.size() > kLongestFile)
            return failure(Error::Code::TooLarge, path.string() + " is longer than 1 MiB.");
    }
}

Result<void> writePrivateFile(const std::filesystem::path &path, std::string_view text)
{
    std::error_code error;
    const std::filesystem::path resolved = std::filesystem::weakly_canonical(path, error);
    const std::filesystem::path goal = error ? path : resolved;
    const std::filesystem::path folder = goal.parent_path();
    if (!std::filesystem::exists(folder, error)) {
        std::filesystem::create_directories(folder.parent_path(), error);
        if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
            return failed("make the folder", folder);
    }
    std::string name = goal.string() + ".XXXXXX";
    Descriptor file(::mkostemp(name.data(), O_CLOEXEC)); // mode 0600
    if (!file.isOpen())
        return failed("write beside", goal);
    if (!writeAll(file.value(), text) || ::fsync(file.value()) != 0 || !file.close() || ::rename(name.c_str(), goal.c_str()) != 0) {
        const auto problem = failed("write", goal);
        ::unlink(name.c_str());
        return problem;
    }
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.isOpen())
        ::fsync(directory.value()); // else the old file might be back after a power cut, whole
    return {};
}

} // namespace telltale
