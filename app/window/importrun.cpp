// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/importrun.h"

#include "translations/translator.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <thread>
#include <utility>

namespace telltale {
namespace {

constexpr int kPollMs = 100;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::ImportRun)
};

QString number(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

/// The file, or how many there are.
QString nameOf(const QStringList &files)
{
    return files.size() == 1 ? QFileInfo(files.front()).fileName()
                             : Words::tr("%1 files").arg(number(static_cast<std::uint64_t>(files.size())));
}

/// The help text of the first counter that is more than a remark.
QString reasonOf(const CounterSet &counters)
{
    for (const auto &[name, count] : counters.entries()) {
        if (const CounterInfo *info = counterInfo(name); info && info->severity != CounterSeverity::Info)
            return counterText(info->help);
    }
    return {};
}

} // namespace

ImportStatus importOutcome(const ImportResult &result, const QStringList &files)
{
    ImportStatus status;
    const QString name = nameOf(files);
    const bool isAllKnown = result.records == 0 && result.repeats > 0;
    if (isAllKnown)
        status.title = Words::tr("Everything in %1 is stored already.").arg(name);
    else if (result.records == 1)
        status.title = Words::tr("1 record from %1.").arg(name);
    else
        status.title = Words::tr("%1 records from %2.").arg(number(result.records), name);
    QStringList details;
    if (result.isCancelled)
        details += Words::tr("Stopped before the end; imported again, it brings the rest.");
    if (result.repeats > 0 && !isAllKnown)
        details += Words::tr("A part was stored already.");
    if (result.rejected > 0) {
        const QString reason = reasonOf(result.counters);
        if (result.firstBadLine == 0)
            details += Words::tr("%1 left out. %2").arg(number(result.rejected), reason);
        else if (files.size() == 1)
            details += Words::tr("%1 left out, the first in line %2. %3")
                           .arg(number(result.rejected), number(result.firstBadLine), reason);
        else
            details += Words::tr("%1 left out, the first in line %2 of %3. %4")
                           .arg(number(result.rejected), number(result.firstBadLine),
                                QFileInfo(QString::fromStdString(result.firstBadFile)).fileName(), reason);
    }
    if (result.refused > 0)
        details += Words::tr("%1 parts could not be read: %2")
                       .arg(number(result.refused), QString::fromStdString(result.lastRefusal));
    for (const auto &[file, problem] : result.problems)
        details += files.size() == 1 ? QString::fromStdString(problem)
                                     : Words::tr("%1: %2").arg(QFileInfo(QString::fromStdString(file)).fileName(),
                                                        QString::fromStdString(problem));
    status.detail = details.join(QLatin1Char(' '));
    status.state = result.isWhole()                                ? ImportStatus::State::Done
                   : result.records > 0 || result.repeats > 0      ? ImportStatus::State::Partial
                   : result.isCancelled && result.problems.empty() ? ImportStatus::State::Partial
                                                                   : ImportStatus::State::Failed;
    if (status.state == ImportStatus::State::Failed)
        status.title = Words::tr("Nothing was stored from %1.").arg(name);
    return status;
}

ImportRun::ImportRun(QObject *parent)
    : QObject(parent)
{
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &ImportRun::poll);
}

ImportRun::~ImportRun()
{
    cancel();
    if (m_done.valid())
        m_done.wait();
}

void ImportRun::start(std::shared_ptr<Collector> collector, const QStringList &files,
                      std::shared_ptr<const Clock> clock)
{
    if (files.isEmpty())
        return;
    m_waiting += files;
    if (m_status.state == ImportStatus::State::Running)
        return;
    m_collector = std::move(collector);
    m_clock = std::move(clock);
    m_files.clear();
    m_total = {};
    startNext();
}

void ImportRun::startNext()
{
    const QStringList files = std::exchange(m_waiting, {});
    m_files += files;
    m_shared = std::make_shared<Shared>();
    std::vector<std::string> paths;
    for (const QString &file : files)
        paths.push_back(file.toStdString());
    std::promise<void> promise;
    m_done = promise.get_future().share();
    std::thread([this, shared = m_shared, collector = m_collector, paths = std::move(paths), clock = m_clock,
                 promise = std::move(promise)]() mutable {
        ImportOptions options;
        options.clock = clock;
        options.progress = [&shared](const ImportProgress &progress) {
            const std::scoped_lock lock(shared->mutex);
            shared->progress = progress;
        };
        ImportResult result = importFiles(paths, options, collector->handler(), shared->isCancelled);
        // Waited for before this object goes, so `this` is there. The collector is given back before anybody is told.
        collector.reset();
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)] { finished(result); }, Qt::QueuedConnection);
        promise.set_value();
    }).detach();
    m_poll.start();
    ImportStatus status;
    status.state = ImportStatus::State::Running;
    status.title = Words::tr("Importing %1…").arg(nameOf(m_files));
    setStatus(status);
}

void ImportRun::cancel()
{
    m_waiting.clear();
    if (m_shared)
        m_shared->isCancelled = true;
}

void ImportRun::fail(const QString &title, const QString &detail)
{
    if (m_status.state != ImportStatus::State::Running)
        setStatus({ImportStatus::State::Failed, title, detail, -1});
}

void ImportRun::poll()
{
    ImportProgress progress;
    {
        const std::scoped_lock lock(m_shared->mutex);
        progress = m_shared->progress;
    }
    ImportStatus status = m_status;
    if (m_files.size() > 1 && !progress.file.empty())
        status.title = Words::tr("Importing %1 of %2…")
                           .arg(QFileInfo(QString::fromStdString(progress.file)).fileName(), nameOf(m_files));
    if (progress.size > 0)
        status.percent = static_cast<int>(100 * progress.consumed / progress.size);
    status.detail = progress.size > 0
                        ? Words::tr("%1 % · %2 records").arg(status.percent).arg(number(progress.records))
                        : Words::tr("%1 records").arg(number(progress.records));
    setStatus(status);
}

void ImportRun::finished(const ImportResult &result)
{
    m_poll.stop();
    m_total.add(result);
    if (!m_waiting.isEmpty())
        return startNext();
    m_collector.reset();
    setStatus(importOutcome(m_total, m_files));
}

void ImportRun::setStatus(const ImportStatus &status)
{
    if (status == m_status)
        return;
    m_status = status;
    Q_EMIT changed();
}

} // namespace telltale
