// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/filedrop.h"

#include "models/telemetry/cachesignature.h"
#include "widgets/window/dropoverlay.h"
#include "widgets/window/importrow.h"
#include "widgets/window/workspacefile.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMainWindow>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>

namespace telltale {
namespace {

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files += url.toLocalFile();
    }
    return files;
}

QByteArray headOf(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(static_cast<qint64>(kCacheSignatureBytes)) : QByteArray();
}

} // namespace

FileDrop::FileDrop(QMainWindow *window, Receiver *receiver, OpenCache openCache)
    : QObject(window)
    , m_window(window)
    , m_receiver(receiver)
    , m_openCache(std::move(openCache))
    , m_row(new ImportRow(window))
    , m_overlay(new DropOverlay(window))
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    if (!receiver)
        return;
    connect(receiver, &Receiver::importChanged, m_row,
            [this] { m_row->setStatus(m_receiver->importStatus()); });
    connect(receiver, &Receiver::statusChanged, this, &FileDrop::startWaiting);
    connect(m_row, &ImportRow::cancelRequested, receiver, &Receiver::cancelImport);
}

QString FileDrop::obstacle() const
{
    if (!m_receiver)
        return tr("This window only shows; nothing is received or stored by it.");
    switch (const ReceiverStatus status = m_receiver->status(); status.state) {
    case ReceiverStatus::State::Elsewhere:
        return tr("This window only reads, as another Telltale writes its cache: drop the files there, or "
                  "end it first.") +
               QLatin1Char('\n') + status.problem;
    case ReceiverStatus::State::Failed:
        return tr("The cache is not written now: %1").arg(status.problem);
    case ReceiverStatus::State::Off:
        return tr("This window only shows; nothing is received or stored by it.");
    default:
        return {};
    }
}

void FileDrop::sort(const QStringList &files, std::function<void(const Sorted &)> then)
{
    QThreadPool::globalInstance()->start([self = QPointer<FileDrop>(this), files, then = std::move(then)] {
        Sorted sorted;
        for (const QString &file : files) {
            const QByteArray head = headOf(file);
            const bool isCache = isCacheSignature({head.constData(), static_cast<std::size_t>(head.size())});
            (isCache ? sorted.caches : WorkspaceFile::isWorkspace(file, head) ? sorted.workspaces : sorted.telemetry).append(file);
        }
        // Through the application, which outlives the pool's work: the window may be gone.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, sorted, then] {
                if (self)
                    then(sorted);
            },
            Qt::QueuedConnection);
    });
}

void FileDrop::take(const QStringList &files)
{
    if (!files.isEmpty())
        sort(files, [this](const Sorted &sorted) { takeSorted(sorted); });
}

void FileDrop::takeSorted(const Sorted &sorted)
{
    if (m_openCache) {
        for (const QString &file : sorted.caches)
            m_openCache(file);
    }
    for (const QString &file : sorted.workspaces)
        Q_EMIT workspaceChosen(file);
    if (sorted.telemetry.isEmpty())
        return;
    m_waiting += sorted.telemetry;
    startWaiting();
}

void FileDrop::startWaiting()
{
    if (m_waiting.isEmpty() || (m_receiver && m_receiver->status().state == ReceiverStatus::State::Starting))
        return;
    const QStringList files = std::exchange(m_waiting, {});
    if (const QString why = obstacle(); why.isEmpty())
        m_receiver->importFiles(files);
    else
        m_row->setStatus({ImportStatus::State::Failed, tr("Nothing was imported."),
                          QString(why).replace(QLatin1Char('\n'), QLatin1Char(' ')), -1});
}

void FileDrop::choose()
{
    auto *dialog = new QFileDialog(m_window, tr("Open or import"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Telemetry, caches, archives and workspaces (*.json *.jsonl *.ndjson *.log *.csv *.tsv *.pb *.gz *.zst *.db *.telltale)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &FileDrop::take);
    dialog->open();
}

bool FileDrop::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
        enter(static_cast<QDragEnterEvent *>(event));
        return true;
    case QEvent::DragMove:
        static_cast<QDragMoveEvent *>(event)->setAccepted(m_overlay->isVisible() && m_overlay->isTaken());
        return true;
    case QEvent::DragLeave:
        m_overlay->hide();
        return true;
    case QEvent::Drop:
        drop(static_cast<QDropEvent *>(event));
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

void FileDrop::enter(QDragEnterEvent *event)
{
    const QStringList files = localFiles(event->mimeData());
    if (files.isEmpty()) {
        event->ignore();
        return;
    }
    // What it is, is known in a moment; most are telemetry.
    Sorted guess;
    guess.telemetry = files;
    showWhatHappens(guess);
    m_overlay->show();
    sort(files, [this, drag = ++m_drag](const Sorted &sorted) {
        if (drag == m_drag && m_overlay->isVisible())
            showWhatHappens(sorted);
    });
    // Accepted even when it will be refused, so that the moves tell the pointer.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FileDrop::showWhatHappens(const Sorted &sorted)
{
    const QString name = QFileInfo((sorted.telemetry + sorted.caches + sorted.workspaces).front()).fileName();
    if (sorted.telemetry.isEmpty() && sorted.caches.isEmpty()) {
        m_overlay->setContent(true, tr("Open %1").arg(name), tr("This window shows what was looked at in this workspace; its saved views come along."));
        return;
    }
    const auto count = [](qsizetype n) { return QLocale().toString(n); };
    if (sorted.telemetry.isEmpty()) {
        m_overlay->setContent(m_openCache != nullptr,
                              sorted.caches.size() == 1
                                  ? tr("Open %1").arg(name)
                                  : tr("Open %1 caches").arg(count(sorted.caches.size())),
                              tr("This Telltale cache opens in a window of its own that only shows; this one "
                                 "goes on receiving."));
        return;
    }
    const QString title = sorted.telemetry.size() == 1
                              ? tr("Import %1").arg(QFileInfo(sorted.telemetry.front()).fileName())
                              : tr("Import %1 files").arg(count(sorted.telemetry.size()));
    if (const QString why = obstacle(); !why.isEmpty()) {
        m_overlay->setContent(false, tr("Nothing can be imported here"), why);
        return;
    }
    QString detail = tr("Its records are added to what this window shows, each once.") + QLatin1Char('\n') +
                     tr("OTLP, JSON lines or CSV; .gz and .zst too.");
    if (!sorted.caches.isEmpty())
        detail += QLatin1Char('\n') + tr("Caches among the files open in windows of their own.");
    m_overlay->setContent(true, title, detail);
}

void FileDrop::drop(QDropEvent *event)
{
    const bool isTaken = m_overlay->isTaken();
    m_overlay->hide();
    const QStringList files = localFiles(event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(isTaken && !files.isEmpty());
    // What can not be imported is said, not passed over.
    take(files);
}

} // namespace telltale
