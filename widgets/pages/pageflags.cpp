// SPDX-License-Identifier: GPL-3.0-or-later
// The flags above charts over time: which there are, and what each leads to.
#include "widgets/pages/page.h"

#include "models/items/itemtext.h"
#include "widgets/pages/alertjournal.h"
#include "widgets/pages/notebook.h"

#include <QMenu>

#include <algorithm>

namespace telltale {

std::vector<TimeMarker> Page::markersIn(TimeRange range) const
{
    std::vector<TimeMarker> markers;
    for (const ReleaseRow &release : live().releases()) {
        const QString name = itemtext::text(release.release);
        if (!m_context.isArchive && range.contains(release.firstSeen))
            markers.push_back({TimeMarker::Kind::Release, release.firstSeen, releaseFlag(name), name});
    }
    addNotes(markers, range);
    if (m_context.alerts) {
        for (const AlertMoment &moment : m_context.alerts->momentsIn(range))
            markers.push_back({TimeMarker::Kind::Alert, moment.at, moment.title, moment.title});
    }
    return markers;
}

QString Page::releaseFlag(const QString &release) const
{
    const auto share = live().rollout(release.toStdString());
    return share ? tr("%1 rollout %2", "a release, its share of sessions").arg(release, formatter().percent(*share)) : tr("%1 first seen", "a release").arg(release);
}

void Page::addNotes(std::vector<TimeMarker> &markers, TimeRange range) const
{
    if (!m_context.notes)
        return;
    for (const Note &note : m_context.notes->notesIn(range))
        markers.push_back({TimeMarker::Kind::Note, note.at, itemtext::text(note.text).simplified(), itemtext::text(note.id)});
}

void Page::openMarker(const TimeMarker &marker, const QPoint &globalPosition)
{
    switch (marker.kind) {
    case TimeMarker::Kind::Note:
        Q_EMIT noteRequested(marker.id);
        break;
    case TimeMarker::Kind::Alert:
        Q_EMIT alertsRequested();
        break;
    case TimeMarker::Kind::Release:
    case TimeMarker::Kind::FlagChange:
        openReleaseMenu(marker, globalPosition);
        break;
    }
}

/// The newest of those that were seen earlier; empty: none was.
QString Page::releaseBefore(const TimeMarker &marker) const
{
    const ReleaseRow *found = nullptr;
    for (const ReleaseRow &release : live().releases()) {
        const bool isEarlier = release.firstSeen < marker.at && itemtext::text(release.release) != marker.id;
        if (isEarlier && (!found || release.firstSeen > found->firstSeen))
            found = &release;
    }
    return found ? itemtext::text(found->release) : QString();
}

void Page::openReleaseMenu(const TimeMarker &marker, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString shown = QString(marker.id).replace(u'&', QStringLiteral("&&")); // names of strangers set no mnemonics
    const auto add = [this, menu](const QString &text, std::function<void()> work) { connect(menu->addAction(text), &QAction::triggered, this, std::move(work)); };
    ViewState &view = state();
    if (const auto share = live().rollout(marker.id.toStdString())) {
        menu->addAction(tr("%1 of the sessions of the last day shown").arg(formatter().percent(*share)))->setEnabled(false);
        menu->addSeparator();
    }
    add(tr("&Since %1", "a release").arg(shown), [&view, marker] {
        view.setRange(RangeSpec::history({marker.at, view.now()}, QStringLiteral("since ") + marker.id));
    });
    add(tr("&Before %1", "a release").arg(shown), [&view, marker] {
        view.setRange(RangeSpec::history({marker.at - view.range().length(), marker.at}));
    });
    menu->addSeparator();
    if (const QString before = releaseBefore(marker); !before.isEmpty()) {
        add(tr("&Compare %1 with %2", "two releases").arg(shown, QString(before).replace(u'&', QStringLiteral("&&"))), [&view, marker, before] {
            Comparison pair;
            pair.kind = Comparison::Kind::Releases;
            pair.release = marker.id;
            pair.otherRelease = before;
            view.setComparison(pair);
        });
        menu->addSeparator();
    }
    add(tr("&Only %1", "a value of a filter").arg(shown), [&view, marker] { view.addFilterTerm(QStringLiteral("release"), marker.id); });
    add(tr("&Without %1", "a value of a filter").arg(shown), [&view, marker] { view.addFilterTerm(QStringLiteral("release"), marker.id, true); });
    menu->popup(globalPosition);
    for (QAction *action : menu->actions()) {
        if (action->isEnabled() && !action->isSeparator()) {
            menu->setActiveAction(action);
            break;
        }
    }
}

} // namespace telltale
