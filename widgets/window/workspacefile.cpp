// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/workspacefile.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/window/savedviews.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace telltale {

namespace {

const QString kSuffix = QStringLiteral(".telltale");
const QString kVersion = QStringLiteral("telltale_workspace");
const QString kNow = QStringLiteral("now");
const QString kZone = QStringLiteral("zone");
const QString kBucketSeconds = QStringLiteral("bucket_seconds"); ///< absent: each range has its own
constexpr int kThisVersion = 1;
constexpr qint64 kLargestFile = 4'000'000;

qint64 secondsOf(ActivityStep step)
{
    return std::chrono::duration_cast<std::chrono::seconds>(widthOf(step)).count();
}

std::optional<ActivityStep> stepOf(const QJsonValue &seconds)
{
    for (const ActivityStep step : activitySteps()) {
        if (seconds.isDouble() && seconds.toInteger() == secondsOf(step))
            return step;
    }
    return std::nullopt;
}

} // namespace

WorkspaceFile::WorkspaceFile(ViewState &state, SavedViews &views, std::function<RangeParser()> parser, QWidget *window)
    : QObject(window)
    , m_state(state)
    , m_views(views)
    , m_parser(std::move(parser))
    , m_window(window)
{}

bool WorkspaceFile::isWorkspace(const QString &path, const QByteArray &head)
{
    return path.endsWith(kSuffix, Qt::CaseInsensitive) && head.trimmed().startsWith('{');
}

QByteArray WorkspaceFile::text() const
{
    QJsonObject all = m_others;
    all.insert(kVersion, kThisVersion);
    all.insert(kNow, savedView({}, m_state).document);
    all.insert(kZone, itemtext::text(m_state.zone().id()));
    if (const auto step = m_state.pinnedStep())
        all.insert(kBucketSeconds, secondsOf(*step));
    else
        all.remove(kBucketSeconds);
    return savedViewsText(m_views.views(), all);
}

void WorkspaceFile::save()
{
    if (!m_path.isEmpty()) {
        saveAs(m_path);
        return;
    }
    auto *dialog = new QFileDialog(m_window, tr("Save workspace"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Workspaces (*.telltale)"));
    dialog->setDefaultSuffix(kSuffix.mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, &WorkspaceFile::saveAs);
    dialog->open();
}

void WorkspaceFile::saveAs(const QString &path)
{
    QSaveFile file(path);
    const QByteArray written = text();
    if (!file.open(QIODevice::WriteOnly) || file.write(written) != written.size() || !file.commit()) {
        Q_EMIT told(tr("%1 could not be written: %2").arg(QFileInfo(path).fileName(), file.errorString()));
        return;
    }
    m_path = path;
    Q_EMIT told(tr("The workspace is saved as %1.").arg(QFileInfo(path).fileName()));
}

void WorkspaceFile::open(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestFile) {
        Q_EMIT told(tr("%1 could not be read: %2").arg(name, file.errorString()));
        return;
    }
    QJsonObject others;
    const auto views = parseSavedViews(file.readAll(), others);
    if (!views || !others.contains(kVersion)) {
        Q_EMIT told(tr("%1 is no workspace.").arg(name));
        return;
    }
    const RangeParser parser = m_parser();
    SavedView now{{}, others.value(kNow).toObject()};
    const QString zone = others.value(kZone).toString();
    if (!zone.isEmpty())
        static_cast<void>(m_state.setZone(zone)); // one that is not known here: the own one stays
    if (const auto shown = showSavedView(now, m_state, parser); !shown) {
        Q_EMIT told(tr("%1 can not be shown: %2").arg(name, itemtext::text(shown.error().message)));
        return;
    }
    m_state.setPinnedStep(stepOf(others.value(kBucketSeconds)));
    m_views.take(*views);
    m_path = path;
    m_others = others;
    Q_EMIT told(tr("%1 is open.").arg(name));
}

} // namespace telltale
