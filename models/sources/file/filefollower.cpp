// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/filefollower.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include <glob.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{100}, kLongestPause{5'000};
constexpr std::uint32_t kChanges =
    IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CLOSE_WRITE | IN_ONLYDIR;

/// A file and the part of it that is on its way or waits to be sent again.
struct Follow
{
    FollowedFile file;
    std::size_t target = 0; ///< behind the last: none
    std::optional<FollowedFile::Part> part{};
    bool isOnItsWay = false;
    SteadyClock::time_point due{};
    std::chrono::milliseconds pause = kFirstPause;
};

struct Answered
{
    std::size_t follow = 0;
    int status = 0;
};

/// Says when something in a folder changed. Without inotify it never does.
class FolderWatch
{
public:
    FolderWatch()
        : m_notify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {}
    ~FolderWatch()
    {
        if (m_notify >= 0)
            ::close(m_notify);
    }
    FolderWatch(const FolderWatch &) = delete;
    FolderWatch &operator=(const FolderWatch &) = delete;

    int descriptor() const { return m_notify; }
    /// Again and again, as a folder may come late or be made anew; costs nothing when it is watched.
    void watch(const std::string &folder) const { ::inotify_add_watch(m_notify, folder.c_str(), kChanges); }
    void drain() const
    {
        alignas(inotify_event) char events[16 * 1024];
        while (::read(m_notify, events, sizeof events) > 0) {
        }
    }

private:
    const int m_notify;
};

bool isPacked(std::string_view name)
{
    for (const char *packing : {".gz", ".zst", ".bz2", ".xz", ".lz4", ".zip"}) {
        if (name.ends_with(packing))
            return true;
    }
    return false;
}

bool isTableName(const std::string &path)
{
    const std::string extension = std::filesystem::path(path).extension();
    return extension == ".csv" || extension == ".tsv" || extension == ".CSV" || extension == ".TSV";
}

} // namespace

std::vector<std::string> filesOfTarget(const std::string &path)
{
    std::error_code problem;
    const bool isFolder = std::filesystem::is_directory(path, problem);
    if (!isFolder && path.find_first_of("*?[") == std::string::npos)
        return {path};
    std::vector<std::string> files;
    glob_t found{};
    if (::glob((isFolder ? path + "/*" : path).c_str(), 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
            const std::string each = found.gl_pathv[i];
            if (!isPacked(each) && std::filesystem::is_regular_file(each, problem))
                files.push_back(std::filesystem::path(each).lexically_normal());
        }
    }
    ::globfree(&found);
    return files;
}

FollowedFile::Form formOfTarget(const FollowTarget &target, const std::string &file)
{
    FollowedFile::Form form = target.form;
    form.isTable = form.isTable && (!target.isTableByName || isTableName(file));
    return form;
}

class FileFollower::Private
{
public:
    Private(FollowOptions chosen, RequestHandler &above);
    ~Private() { ::close(wake); }

    void run();
    bool load();
    void add(const std::string &path, std::size_t target);
    void find();
    bool isRotatedAway(const std::string &path, const std::vector<std::string> &beside) const;
    void note(const Follow &follow, bool isStored);
    void settle(const Answered &answered);
    void send(std::size_t follow);
    /// Milliseconds.
    int waitingTime() const;
    void wait(int milliseconds);

    FollowOptions options;
    RequestHandler &handler;
    std::vector<std::string> files;
    std::thread thread;
    std::atomic<bool> isStopping = false;
    const int wake;

    // of the thread
    FolderWatch watch;
    std::vector<Follow> follows;
    std::vector<Document> documents; ///< where files were left when this began
    std::set<std::string> known;     ///< paths that are followed, or will not be
    SteadyClock::time_point nextLook{};
    bool isLoaded = false;
    std::size_t onTheWay = 0;

    std::mutex mutex;
    std::vector<Answered> answers;
    std::vector<FollowSight> sights;
};

FileFollower::Private::Private(FollowOptions chosen, RequestHandler &above)
    : options(std::move(chosen))
    , handler(above)
    , wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    for (const std::string &file : options.files) {
        std::error_code problem;
        const auto absolute = std::filesystem::absolute(file, problem).lexically_normal();
        if (const std::string path = problem ? file : absolute.string();
            std::find(files.begin(), files.end(), path) == files.end())
            files.push_back(path);
    }
    for (const FollowTarget &target : options.targets)
        sights.push_back({target.id, 0, 0, {}, {}});
}

/// Where each file was left; false when the cache does not say now.
bool FileFollower::Private::load()
{
    if (options.places) {
        auto stored = options.places();
        if (!stored)
            return false;
        documents = std::move(*stored);
    }
    for (const std::string &path : files)
        add(path, options.targets.size());
    find();
    isLoaded = true;
    return true;
}

void FileFollower::Private::add(const std::string &path, std::size_t target)
{
    if (!known.insert(path).second)
        return;
    const auto document = std::find_if(documents.begin(), documents.end(), [&](const Document &each) { return each.name == path; });
    std::optional<std::vector<FilePlace>> places;
    if (document != documents.end())
        places = filePlacesOf(document->body);
    FollowedFile::Form form;
    if (target < options.targets.size()) {
        form = formOfTarget(options.targets[target], path);
    }
    follows.push_back({FollowedFile(path, places, options.limits, std::move(form)), target});
}

/// What was the file of another name before comes through that one.
bool FileFollower::Private::isRotatedAway(const std::string &path, const std::vector<std::string> &beside) const
{
    const std::filesystem::path own(path);
    const auto wasIts = [&](const std::string &other) {
        return other != path && std::filesystem::path(other).parent_path() == own.parent_path() &&
               FollowedFile::isRotated(other, own.filename().string());
    };
    return std::any_of(beside.begin(), beside.end(), wasIts) ||
           std::any_of(follows.begin(), follows.end(), [&](const Follow &follow) { return wasIts(follow.file.path()); });
}

/// Files that came since the last time.
void FileFollower::Private::find()
{
    nextLook = SteadyClock::now() + options.interval;
    for (std::size_t i = 0; i < options.targets.size(); ++i) {
        const std::vector<std::string> found = filesOfTarget(options.targets[i].path);
        for (const std::string &path : found) {
            if (known.contains(path))
                continue;
            if (found.size() > 1 && isRotatedAway(path, found)) {
                known.insert(path);
            } else if (follows.size() < kMostFiles) {
                add(path, i);
            } else {
                const std::scoped_lock lock(mutex);
                sights[i].problem = "More than " + std::to_string(kMostFiles) + " files match; the first ones are followed.";
            }
        }
        const auto isThere = [i](const Follow &follow) {
            std::error_code problem;
            return follow.target == i && std::filesystem::is_regular_file(follow.file.path(), problem);
        };
        const auto count = static_cast<std::size_t>(std::count_if(follows.begin(), follows.end(), isThere));
        const std::scoped_lock lock(mutex);
        sights[i].files = count;
    }
}

/// For those who look at the target.
void FileFollower::Private::note(const Follow &follow, bool isStored)
{
    if (follow.target >= options.targets.size())
        return;
    const std::scoped_lock lock(mutex);
    FollowSight &sight = sights[follow.target];
    sight.problem = follow.file.problem().empty() ? std::string() : follow.file.path() + ": " + follow.file.problem();
    if (!isStored || follow.part->lines == 0)
        return;
    ++sight.requests;
    sight.lastRequest = options.clock->now();
}

void FileFollower::Private::run()
{
    while (!isLoaded && !isStopping) {
        if (!load())
            wait(static_cast<int>(kFirstPause.count()));
    }
    for (;;) {
        std::vector<Answered> come;
        {
            const std::scoped_lock lock(mutex);
            come = std::exchange(answers, {});
        }
        for (const Answered &answered : come)
            settle(answered);
        if (isStopping && onTheWay == 0)
            return;
        const auto now = SteadyClock::now();
        if (now >= nextLook)
            find();
        for (std::size_t i = 0; i < follows.size() && !isStopping; ++i) {
            Follow &follow = follows[i];
            if (follow.isOnItsWay || follow.due > now)
                continue;
            if (!follow.part) {
                // Watched first: what happens after the look is told.
                watch.watch(std::filesystem::path(follow.file.path()).parent_path());
                follow.file.look(now);
                follow.part = follow.file.next(now);
                if (follow.part)
                    follow.part->request.arrival = options.clock->now();
            }
            if (follow.part)
                send(i);
        }
        wait(waitingTime());
    }
}

void FileFollower::Private::send(std::size_t index)
{
    Follow &follow = follows[index];
    follow.isOnItsWay = true;
    ++onTheWay;
    ReceivedRequest copy = follow.part->request;
    handler.handle(std::move(copy), [this, index](Answer &&answer) {
        const std::scoped_lock lock(mutex);
        answers.push_back({index, answer.status});
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(wake, &one, sizeof one);
    });
}

void FileFollower::Private::settle(const Answered &answered)
{
    Follow &follow = follows[answered.follow];
    follow.isOnItsWay = false;
    --onTheWay;
    const bool isRefused = answered.status >= 300 && answered.status != 503 && follow.part->lines > 0;
    note(follow, answered.status < 300);
    if (answered.status < 300)
        follow.file.taken(*follow.part, SteadyClock::now());
    else if (isRefused)
        follow.file.refused(*follow.part);
    if (answered.status < 300 || isRefused) {
        follow.part.reset();
        follow.pause = kFirstPause;
        return;
    }
    // Exactly the same once more: it may be stored although it was not said.
    follow.due = SteadyClock::now() + follow.pause;
    follow.pause = std::min(2 * follow.pause, kLongestPause);
}

int FileFollower::Private::waitingTime() const
{
    auto next = SteadyClock::now() + options.interval;
    for (const Follow &follow : follows) {
        if (follow.part && !follow.isOnItsWay)
            next = std::min(next, follow.due);
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(next - SteadyClock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0)) + 1;
}

void FileFollower::Private::wait(int milliseconds)
{
    pollfd sources[] = {{wake, POLLIN, 0}, {watch.descriptor(), POLLIN, 0}}; // a negative one is passed over
    ::poll(sources, 2, milliseconds);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wake, &count, sizeof count);
    watch.drain();
}

FileFollower::FileFollower(FollowOptions options, RequestHandler &handler)
    : d(std::make_unique<Private>(std::move(options), handler))
{}

FileFollower::~FileFollower()
{
    stop();
}

void FileFollower::start()
{
    if (d->thread.joinable() || (d->files.empty() && d->options.targets.empty()))
        return;
    d->isStopping = false;
    d->thread = std::thread([this] { d->run(); });
}

void FileFollower::stop()
{
    if (!d->thread.joinable())
        return;
    d->isStopping = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(d->wake, &one, sizeof one);
    d->thread.join();
    d->follows.clear();
    d->known.clear();
    d->documents.clear();
    d->isLoaded = false;
}

std::vector<FollowSight> FileFollower::sights() const
{
    const std::scoped_lock lock(d->mutex);
    return d->sights;
}

const std::vector<std::string> &FileFollower::files() const
{
    return d->files;
}

} // namespace telltale
