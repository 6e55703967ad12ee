// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/rulefile.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::size_t kLargestFile = 256 * 1024;
constexpr std::string_view kHead =
    "# Mapping rules of your own, tried from top to bottom after the built-in tables (telltale mapping).\n"
    "# feature = attribute stride.feature when event is button.pressed\n";

tl::unexpected<Error> ioError(const std::filesystem::path &path, const char *what)
{
    return failure(Error::Code::Io, "Can not " + std::string(what) + " " + path.string() + ": " +
                                        std::generic_category().message(errno) + ".");
}

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int fd() const { return m_fd; }

private:
    int m_fd;
};

/// Empty when the file is not there.
Result<std::string> contentOf(const std::filesystem::path &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd() < 0)
        return errno == ENOENT ? Result<std::string>(std::string()) : ioError(path, "read");
    std::string content;
    char bytes[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(file.fd(), bytes, sizeof bytes);
        if (got < 0)
            return ioError(path, "read");
        if (got == 0)
            return content;
        content.append(bytes, static_cast<std::size_t>(got));
        if (content.size() > kLargestFile)
            return failure(Error::Code::TooLarge,
                           path.string() + " is no file of mapping rules: it is larger than 256 KiB.");
    }
}

Result<void> replace(const std::filesystem::path &path, std::string_view content)
{
    std::filesystem::path fresh = path;
    fresh += "." + std::to_string(::getpid());
    {
        const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        const bool isWritten =
            file.fd() >= 0 && ::write(file.fd(), content.data(), content.size()) == ssize_t(content.size()) &&
            ::fsync(file.fd()) == 0;
        if (!isWritten) {
            const auto problem = ioError(path, "write");
            ::unlink(fresh.c_str());
            return problem;
        }
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return ioError(path, "write");
    return {};
}

/// Before a rule that rests.
constexpr std::string_view kOff = "# off:";

std::string_view trimmed(std::string_view line)
{
    const auto first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
}

bool isRule(std::string_view line)
{
    return !line.empty() && line.front() != '#';
}

/// Calls `visit` with each line, without its end.
void forEachLine(std::string_view text, auto visit)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Two processes that change rules wait for each other; the lock is on a file of its own, since the other one is replaced.
template<typename Change>
Result<bool> changed(const std::filesystem::path &path, Change change)
{
    if (const auto folder = path.parent_path(); !folder.empty()) {
        std::error_code problem;
        if (std::filesystem::create_directories(folder, problem))
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all,
                                         problem); // as the cache does
    }
    std::filesystem::path lockPath = path;
    lockPath += ".lock";
    const Descriptor lock(::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.fd() < 0 || ::flock(lock.fd(), LOCK_EX) != 0)
        return ioError(path, "change");
    auto before = contentOf(path);
    if (!before)
        return tl::unexpected(before.error());
    Result<std::string> after = change(*before);
    if (!after)
        return tl::unexpected(after.error());
    if (*after == *before)
        return false;
    if (const auto done = replace(path, *after); !done)
        return tl::unexpected(done.error());
    return true;
}

} // namespace

std::filesystem::path rulePathOf(const std::filesystem::path &cache)
{
    std::filesystem::path path = cache;
    path += ".mapping";
    return path;
}

RuleFile parseRules(std::string_view text)
{
    RuleFile file;
    std::size_t number = 0;
    forEachLine(text, [&](std::string_view whole) {
        ++number;
        const std::string_view line = trimmed(whole);
        if (!isRule(line))
            return;
        if (auto rule = parseMappingRule(line); !rule)
            file.problems.push_back({number, std::string(line), rule.error().message});
        else if (file.rules.size() >= kMostMappingRules)
            file.problems.push_back(
                {number, std::string(line),
                 "there are no more than " + std::to_string(kMostMappingRules) + " rules"});
        else
            file.rules.push_back(std::move(*rule));
    });
    return file;
}

Result<RuleFile> readRules(const std::filesystem::path &path)
{
    const auto content = contentOf(path);
    if (!content)
        return tl::unexpected(content.error());
    return parseRules(*content);
}

Result<bool> addRule(const std::filesystem::path &path, const MappingRule &rule)
{
    return changed(path, [&](const std::string &before) -> Result<std::string> {
        const RuleFile file = parseRules(before);
        if (std::find(file.rules.begin(), file.rules.end(), rule) != file.rules.end())
            return before;
        if (file.rules.size() >= kMostMappingRules)
            return failure(Error::Code::TooLarge,
                           "There are no more than " + std::to_string(kMostMappingRules) + " rules.");
        std::string after = before.empty() ? std::string(kHead) : before;
        if (after.back() != '\n')
            after += '\n';
        return after + toText(rule) + '\n';
    });
}

Result<bool> removeRule(const std::filesystem::path &path, const MappingRule &rule)
{
    return changed(path, [&](const std::string &before) -> Result<std::string> {
        std::string after;
        bool isFound = false;
        forEachLine(before, [&](std::string_view whole) {
            const std::string_view line = trimmed(whole);
            if (isRule(line)) {
                if (const auto here = parseMappingRule(line); here && *here == rule) {
                    isFound = true;
                    return;
                }
            }
            after.append(whole).append(1, '\n');
        });
        return isFound ? after : before;
    });
}

std::string_view ruleFileHead()
{
    return kHead;
}

RuleEntries parseRuleEntries(std::string_view text)
{
    RuleEntries all;
    std::string above;
    forEachLine(text, [&](std::string_view whole) {
        std::string_view line = trimmed(whole);
        const bool isOff = line.starts_with(kOff);
        if (isOff)
            line = trimmed(line.substr(kOff.size()));
        if (!isOff && !isRule(line)) {
            above.append(whole).append(1, '\n');
            return;
        }
        RuleEntry &entry = all.entries.emplace_back();
        entry.isOn = !isOff;
        entry.above = std::exchange(above, {});
        const auto rule = parseMappingRule(line);
        entry.text = rule ? toText(*rule) : std::string(line);
        if (!rule)
            entry.problem = rule.error().message;
    });
    all.below = above;
    return all;
}

std::string toText(const RuleEntries &entries)
{
    std::string text;
    for (const RuleEntry &entry : entries.entries)
        text += entry.above + (entry.isOn ? "" : std::string(kOff) + " ") + entry.text + '\n';
    return text + entries.below;
}

Result<RuleEntries> readRuleEntries(const std::filesystem::path &path)
{
    const auto content = contentOf(path);
    if (!content)
        return tl::unexpected(content.error());
    return parseRuleEntries(*content);
}

namespace {

/// What may be written: rules, each once, and no more than are tried. What was no rule before may stay.
Result<void> areRules(const RuleEntries &before, const RuleEntries &after)
{
    std::size_t count = 0;
    for (auto entry = after.entries.begin(); entry != after.entries.end(); ++entry) {
        if (std::find(before.entries.begin(), before.entries.end(), *entry) == before.entries.end()) {
            if (const auto rule = parseMappingRule(entry->text); !rule)
                return tl::unexpected(rule.error());
        }
        const auto isSame = [&](const RuleEntry &other) { return other.text == entry->text; };
        if (std::any_of(after.entries.begin(), entry, isSame))
            return failure(Error::Code::InvalidArgument, "'" + entry->text + "' is there already.");
        count += entry->isOn ? 1 : 0;
    }
    if (count > kMostMappingRules)
        return failure(Error::Code::TooLarge, "There are no more than " + std::to_string(kMostMappingRules) + " rules.");
    return {};
}

} // namespace

Result<void> replaceRuleEntries(const std::filesystem::path &path, const RuleEntries &before, const RuleEntries &after)
{
    const auto done = changed(path, [&](const std::string &text) -> Result<std::string> {
        if (parseRuleEntries(text) != before)
            return failure(Error::Code::Busy, "The rules were changed by somebody else meanwhile.");
        if (auto fine = areRules(before, after); !fine)
            return tl::unexpected(fine.error());
        return toText(after);
    });
    if (!done)
        return tl::unexpected(done.error());
    return {};
}

WatchedRules::Stamp WatchedRules::stamp() const
{
    struct stat state
    {};
    if (::stat(m_path.c_str(), &state) != 0)
        return {};
    return {std::int64_t{state.st_mtim.tv_sec} * 1'000'000'000 + state.st_mtim.tv_nsec, state.st_size,
            state.st_ino};
}

std::shared_ptr<const RuleBook> WatchedRules::current(CounterSet &counters)
{
    const Stamp now = m_path.empty() ? Stamp() : stamp();
    const std::scoped_lock lock(m_mutex);
    if (now == m_stamp)
        return m_rules;
    auto file = readRules(m_path);
    m_stamp = now;
    if (!file) {
        counters.add("mapping.rule.invalid");
        return m_rules;
    }
    if (!file->problems.empty())
        counters.add("mapping.rule.invalid", file->problems.size());
    m_rules = std::make_shared<const RuleBook>(std::move(file->rules));
    return m_rules;
}

} // namespace telltale
