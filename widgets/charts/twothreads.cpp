// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/twothreads.h"

#include <QThreadPool>

#include <atomic>
#include <memory>

namespace telltale {

namespace {

/// What both share; lives as long as the later one needs it.
struct Share
{
    const std::size_t count;
    const std::function<void(std::size_t)> *const work; ///< only looked at by who has taken a part: then its owner waits
    std::atomic<std::size_t> next{0}, done{0};

    void run()
    {
        for (std::size_t part = next++; part < count; part = next++) {
            (*work)(part);
            ++done;
            done.notify_one();
        }
    }
};

} // namespace

void onTwoThreads(std::size_t count, const std::function<void(std::size_t)> &work)
{
    const auto share = std::make_shared<Share>(count, &work);
    if (count > 1)
        QThreadPool::globalInstance()->start([share] { share->run(); }, 1);
    share->run();
    for (std::size_t done = share->done; done < count; done = share->done)
        share->done.wait(done);
}

} // namespace telltale
