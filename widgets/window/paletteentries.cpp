// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/paletteentries.h"

#include "models/items/errorgroupmodel.h"
#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "models/items/viewstate.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/recentmenu.h"
#include "widgets/window/savedviews.h"
#include "widgets/window/windowactions.h"

#include <QCoreApplication>
#include <QPointer>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::PaletteEntries)
};

QString plain(QString text)
{
    return text.section(u'\t', 0, 0).remove(u'&');
}

QString keyOf(const QAction &action)
{
    const QString single = action.property("singleKey").toString();
    return single.isEmpty() ? action.shortcut().toString(QKeySequence::NativeText) : single;
}

PaletteEntry entryOf(QAction *action, const QString &detail, IconId icon)
{
    PaletteEntry entry;
    entry.group = Words::tr("Commands");
    entry.title = plain(action->text());
    entry.detail = detail;
    entry.key = keyOf(*action);
    entry.icon = icon;
    entry.run = [action = QPointer<QAction>(action)] {
        if (action)
            action->trigger();
    };
    return entry;
}

void addMenu(std::vector<PaletteEntry> &entries, const QMenu &menu, const QString &group, const QString &detail, IconId icon, QChar prefix)
{
    for (QAction *action : menu.actions()) {
        if (action->menu()) {
            addMenu(entries, *action->menu(), group, plain(action->text()), icon, prefix);
        } else if (!action->isSeparator() && !action->text().isEmpty() && action->isEnabled() && action->isVisible()) {
            PaletteEntry entry = entryOf(action, detail, icon);
            entry.group = group;
            entry.prefix = prefix;
            entries.push_back(std::move(entry));
        }
    }
}

} // namespace

std::vector<PaletteEntry> commandEntries(const WindowActions &actions)
{
    std::vector<PaletteEntry> entries;
    for (QAction *action : actions.views()) {
        PaletteEntry entry = entryOf(action, Words::tr("View"), IconId::ArrowRight);
        entry.group = Words::tr("Views");
        entry.title = Words::tr("Go to %1").arg(entry.title);
        entries.push_back(std::move(entry));
    }
    for (QAction *action : actions.findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly)) {
        const bool isView = actions.views().contains(action);
        if (!isView && action != actions.palette && action->isEnabled() && !action->text().isEmpty())
            entries.push_back(entryOf(action, {}, IconId::Bolt));
    }
    actions.compareWith->fill();
    for (QAction *action : actions.compareWith->actions()) {
        if (!action->isSeparator() && action->isEnabled())
            entries.push_back(entryOf(action, Words::tr("Compare with"), IconId::Compare));
    }
    for (const SavedView &view : actions.savedViews->views()) {
        PaletteEntry entry;
        entry.group = Words::tr("Views");
        entry.title = view.name;
        entry.detail = Words::tr("Saved view");
        entry.icon = IconId::ArrowRight;
        entry.run = [views = QPointer<SavedViews>(actions.savedViews), name = view.name] {
            if (views)
                views->show(name);
        };
        entries.push_back(std::move(entry));
    }
    addMenu(entries, *actions.recent, Words::tr("Commands"), Words::tr("Open recent"), IconId::Database, u'>');
    Q_EMIT actions.history->aboutToShow(); // is filled then
    addMenu(entries, *actions.history, Words::tr("History"), Words::tr("Back to"), IconId::Clock, u'>');
    addMenu(entries, *actions.settings, Words::tr("Settings"), Words::tr("Settings"), IconId::Settings, u'/');
    return entries;
}

std::vector<PaletteEntry> menuEntries(const QMenu &menu, const QString &group, const QString &detail, IconId icon)
{
    std::vector<PaletteEntry> entries;
    addMenu(entries, menu, group, detail, icon, u'>');
    return entries;
}

std::vector<PaletteEntry> sessionEntries(const std::vector<SessionRow> &sessions, const Formatter &words, const std::function<void(const QString &)> &open)
{
    std::vector<PaletteEntry> entries;
    for (const SessionRow &row : sessions) {
        PaletteEntry entry;
        entry.group = Words::tr("Sessions");
        entry.title = identity::shown(row.session);
        const QString device = itemtext::text(row.device.empty() ? row.os : row.device);
        entry.detail = Words::tr("%1, %2", "a device, a time").arg(device.isEmpty() ? itemtext::text(row.product) : device, words.dateTime(row.start));
        entry.key = row.errors > 0 ? Words::tr("%n error(s)", nullptr, static_cast<int>(row.errors)) : QString();
        entry.icon = IconId::Sessions;
        entry.prefix = u'@';
        entry.also = itemtext::text(row.session);
        entry.run = [open, id = itemtext::text(row.session)] { open(id); };
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<PaletteEntry> noteEntries(const std::vector<Note> &notes, const Formatter &words, const std::function<void(const QString &)> &open)
{
    std::vector<PaletteEntry> entries;
    for (const Note &note : notes) {
        PaletteEntry entry;
        entry.group = Words::tr("Notes");
        entry.title = itemtext::text(note.text).simplified();
        entry.detail = words.dateTime(note.at);
        entry.icon = IconId::Info;
        entry.prefix = {};
        entry.run = [open, id = itemtext::text(note.id)] { open(id); };
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<PaletteEntry> settingEntries(const QStringList &sections, const std::function<void(const QString &)> &open)
{
    std::vector<PaletteEntry> entries;
    for (const QString &section : sections) {
        PaletteEntry entry;
        entry.group = Words::tr("Settings");
        entry.title = section;
        entry.detail = Words::tr("Settings");
        entry.icon = IconId::Settings;
        entry.prefix = u'/';
        entry.run = [open, section] { open(section); };
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<PaletteEntry> dataEntries(ViewState &state, const std::vector<ReleaseRow> &releases, const std::vector<FeatureRow> &features,
                                      const std::vector<ErrorGroupRow> &errors, const std::function<void(const QString &)> &openError)
{
    std::vector<PaletteEntry> entries;
    const auto addFilter = [&](const QString &group, const QString &field, const std::string &value, const QString &detail, IconId icon) {
        PaletteEntry entry;
        entry.group = group;
        const QString text = itemtext::text(value);
        entry.title = text;
        entry.detail = detail;
        entry.key = Words::tr("Filter");
        entry.icon = icon;
        entry.prefix = {};
        entry.run = [&state, field, text] { state.addFilterTerm(field, text); };
        entries.push_back(std::move(entry));
    };
    for (const ErrorGroupRow &row : errors) {
        PaletteEntry entry;
        entry.group = Words::tr("Errors");
        entry.title = itemtext::text(row.type);
        entry.detail = ErrorGroupModel::culpritText(row);
        entry.key = Words::tr("%1 users").arg(itemtext::count(row.users));
        entry.icon = IconId::Errors;
        entry.prefix = u'#';
        entry.run = [openError, group = itemtext::text(row.group)] { openError(group); };
        entries.push_back(std::move(entry));
    }
    for (const FeatureRow &row : features)
        addFilter(Words::tr("Features"), QStringLiteral("feature"), row.feature, Words::tr("%1 users").arg(itemtext::count(row.users)), IconId::Tap);
    for (const ReleaseRow &row : releases)
        addFilter(Words::tr("Releases"), QStringLiteral("release"), row.release, itemtext::text(row.product), IconId::Tag);
    return entries;
}

} // namespace telltale
