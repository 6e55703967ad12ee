// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/window/cacherescue.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <thread>

namespace telltale {

/// Recovers a cache on a thread of its own, and changes files once the window that shows it is closed. UI thread.
class CacheRescuer final : public CacheRescue
{
    Q_OBJECT

public:
    CacheRescuer(std::filesystem::path cache, const Clock &clock, QObject *parent = nullptr);
    ~CacheRescuer() override; ///< cancels, and waits

    void examine() override;
    void recover() override;
    void cancel() override;
    void openRecovered() override;
    void startNew() override;

    /// Somebody asked for the window to close and to open again.
    bool wantsAgain() const { return m_plan != Plan::None; }
    /// Gives the damaged file another name and puts what was asked for in its place. False, with a sentence on stderr, when the system
    /// refuses; then nothing was changed. When nobody reads or writes the cache any more.
    bool carryOut();

private:
    enum class Plan { None, Recovered, New };
    std::filesystem::path recoveredPath() const;
    /// Not there yet: "cache.db.kept-20261201T015733".
    const std::filesystem::path &keptPath();

    std::filesystem::path m_cache, m_kept;
    const Clock &m_clock;
    Plan m_plan = Plan::None;
    std::jthread m_thread;
};

} // namespace telltale
