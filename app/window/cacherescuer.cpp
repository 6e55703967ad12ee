// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/cacherescuer.h"

#include "models/store/cachecondition.h"
#include "models/store/cachesalvage.h"
#include "models/telemetry/timeformat.h"

#include <QMetaObject>

#include <cstdio>
#include <string>
#include <utility>

namespace telltale {
namespace {

constexpr int kPercent = 100;

CacheRescue::Condition conditionFor(CacheCondition condition)
{
    switch (condition) {
    case CacheCondition::Openable:
        return CacheRescue::Condition::Openable;
    case CacheCondition::Damaged:
        return CacheRescue::Condition::Damaged;
    case CacheCondition::Newer:
        return CacheRescue::Condition::Newer;
    case CacheCondition::Foreign:
        return CacheRescue::Condition::Foreign;
    case CacheCondition::NoDatabase:
        return CacheRescue::Condition::NoDatabase;
    case CacheCondition::Unreadable:
        break;
    }
    return CacheRescue::Condition::Unreadable;
}

} // namespace

CacheRescuer::CacheRescuer(std::filesystem::path cache, const Clock &clock, QObject *parent)
    : CacheRescue(parent)
    , m_cache(std::move(cache))
    , m_clock(clock)
{}

CacheRescuer::~CacheRescuer() = default;

void CacheRescuer::examine()
{
    m_thread = std::jthread([this] {
        const Condition condition = conditionFor(conditionOf(m_cache));
        QMetaObject::invokeMethod(this, [this, condition] { Q_EMIT examined(condition); }, Qt::QueuedConnection);
    });
}

void CacheRescuer::recover()
{
    std::error_code ignored;
    std::filesystem::remove(recoveredPath(), ignored); // of an earlier try
    m_thread = std::jthread([this](const std::stop_token &stop) {
        int last = -1;
        const auto report = salvageCache(m_cache, recoveredPath(), [&](std::uint64_t done, std::uint64_t total) {
            const int percent = total == 0 ? 0 : static_cast<int>(done * kPercent / total);
            if (std::exchange(last, percent) != percent)
                QMetaObject::invokeMethod(this, [this, percent] { Q_EMIT progressed(percent); }, Qt::QueuedConnection);
            return !stop.stop_requested();
        });
        QMetaObject::invokeMethod(
            this,
            [this, report] {
                if (report)
                    Q_EMIT recovered({report->records, report->lostRecords, report->remadeSessions,
                                      QString::fromStdString(keptPath().filename().string())});
                else
                    Q_EMIT failed(report.error().code == Error::Code::Cancelled ? QString() : QString::fromStdString(report.error().message));
            },
            Qt::QueuedConnection);
    });
}

void CacheRescuer::cancel()
{
    m_thread.request_stop();
}

void CacheRescuer::openRecovered()
{
    m_plan = Plan::Recovered;
    Q_EMIT againRequested();
}

void CacheRescuer::startNew()
{
    m_plan = Plan::New;
    Q_EMIT againRequested();
}

bool CacheRescuer::carryOut()
{
    const std::filesystem::path &kept = keptPath();
    std::error_code problem;
    std::filesystem::rename(m_cache, kept, problem);
    if (problem) {
        std::fprintf(stderr, "telltale: cannot rename %s: %s\n", m_cache.c_str(), problem.message().c_str());
        return false;
    }
    // Its log belongs to it and to nothing else.
    for (const char *suffix : {"-wal", "-shm"}) {
        std::error_code none;
        std::filesystem::rename(m_cache.string() + suffix, kept.string() + suffix, none);
    }
    if (m_plan == Plan::New)
        return true;
    std::filesystem::rename(recoveredPath(), m_cache, problem);
    if (!problem)
        return true;
    std::fprintf(stderr, "telltale: cannot rename %s: %s\n", recoveredPath().c_str(), problem.message().c_str());
    for (const char *suffix : {"", "-wal", "-shm"}) {
        std::error_code none;
        std::filesystem::rename(kept.string() + suffix, m_cache.string() + suffix, none);
    }
    return false;
}

std::filesystem::path CacheRescuer::recoveredPath() const
{
    return m_cache.string() + ".recovered";
}

const std::filesystem::path &CacheRescuer::keptPath()
{
    if (m_kept.empty()) {
        constexpr std::int64_t kSecond = 1'000'000'000;
        std::string time = formatRfc3339(Instant{m_clock.now().ns / kSecond * kSecond});
        std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
        const std::string base = m_cache.string() + ".kept-" + time;
        m_kept = base;
        for (int number = 2; std::filesystem::exists(m_kept); ++number)
            m_kept = base + "-" + std::to_string(number);
    }
    return m_kept;
}

} // namespace telltale
