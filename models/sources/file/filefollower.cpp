// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/filefollower.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

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

} // namespace

class FileFollower::Private
{
public:
    Private(FollowOptions chosen, RequestHandler &above);
    ~Private() { ::close(wake); }

    void run();
    bool load();
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
    std::size_t onTheWay = 0;

    std::mutex mutex;
    std::vector<Answered> answers;
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
}

/// Where each file was left; false when the cache does not say now.
bool FileFollower::Private::load()
{
    std::vector<Document> documents;
    if (options.places) {
        auto stored = options.places();
        if (!stored)
            return false;
        documents = std::move(*stored);
    }
    for (const std::string &path : files) {
        const auto document = std::find_if(documents.begin(), documents.end(),
                                           [&](const Document &each) { return each.name == path; });
        std::optional<std::vector<FilePlace>> known;
        if (document != documents.end())
            known = filePlacesOf(document->body);
        follows.push_back({FollowedFile(path, known, options.limits)});
    }
    return true;
}

void FileFollower::Private::run()
{
    while (follows.empty() && !isStopping) {
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
    if (d->thread.joinable() || d->files.empty())
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
}

const std::vector<std::string> &FileFollower::files() const
{
    return d->files;
}

} // namespace telltale
