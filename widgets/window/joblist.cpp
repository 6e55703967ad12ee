// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/joblist.h"

#include "models/analysis/queryrunner.h"
#include "widgets/theme/formatter.h"

#include <QMenu>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kPulseMs = 500;
constexpr double kLeastShare = 0.02; ///< less says nothing about the rest

} // namespace

std::optional<std::chrono::milliseconds> remaining(const Job &job)
{
    if (!job.share || *job.share < kLeastShare)
        return std::nullopt;
    const double left = static_cast<double>(job.since.count()) * (1 - *job.share) / *job.share;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::max(0.0, left)));
}

JobList::JobList(QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &JobList::fill);
    m_pulse.setInterval(kPulseMs);
    connect(&m_pulse, &QTimer::timeout, this, &JobList::lookAgain);
    hide();
}

void JobList::follow(QueryRunner &queries, Look look)
{
    m_look = std::move(look);
    connect(&queries, &QueryRunner::pendingChanged, this, [this](int pending) {
        if (pending > 0 && !m_pulse.isActive())
            m_pulse.start();
        else if (pending == 0)
            lookAgain();
    });
}

void JobList::leave()
{
    m_look = {};
    m_pulse.stop();
}

std::vector<Job> JobList::jobs() const
{
    std::vector<Job> all = m_look ? m_look() : std::vector<Job>();
    std::erase_if(all, [this](const Job &job) { return job.since < m_least; });
    return all;
}

void JobList::lookAgain()
{
    const std::vector<Job> all = jobs();
    if (all.empty()) {
        if (!m_look || m_look().empty())
            m_pulse.stop();
        hide();
        return;
    }
    std::optional<std::chrono::milliseconds> longest;
    for (const Job &job : all)
        longest = std::max(longest, remaining(job));
    const QString count = tr("%n job(s)", nullptr, static_cast<int>(all.size()));
    const QString text = longest ? tr("%1 · about %2 left", "jobs, a duration").arg(count, Formatter().durationWords(static_cast<double>(longest->count()))) : count;
    if (text != this->text()) {
        setText(text);
        setAccessibleName(text);
    }
    show();
}

void JobList::fill()
{
    m_menu->clear();
    const Formatter words;
    for (const Job &job : jobs()) {
        const auto left = remaining(job);
        QString text = job.share ? tr("Stop “%1” (%2)", "a job, how much of it is done").arg(job.name, words.percent(*job.share)) : tr("Stop “%1”").arg(job.name);
        if (left)
            text = tr("%1, about %2 left", "a job, a duration").arg(text, words.durationWords(static_cast<double>(left->count())));
        connect(m_menu->addAction(text.replace(u'&', QStringLiteral("&&"))), &QAction::triggered, this, job.stop);
    }
}

} // namespace telltale
