// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/note.h"
#include "widgets/theme/formatter.h"
#include "models/analysis/answers.h"
#include "widgets/window/palettemodel.h"

#include <vector>

class QMenu;

namespace telltale {

class ViewState;
class WindowActions;

/// Every action with a text, with its menu and its key; views as "Go to".
std::vector<PaletteEntry> commandEntries(const WindowActions &actions);
/// Releases and features as filters, errors to open. `openError` gets a group.
std::vector<PaletteEntry> dataEntries(ViewState &state, const std::vector<ReleaseRow> &releases, const std::vector<FeatureRow> &features,
                                      const std::vector<ErrorGroupRow> &errors, const std::function<void(const QString &)> &openError);

/// What can be done in a menu and the menus below it, but for what is greyed out; `detail` says whose it is.
std::vector<PaletteEntry> menuEntries(const QMenu &menu, const QString &group, const QString &detail, IconId icon);
/// Sessions to open, found by their whole id, too; notes, by their text.
std::vector<PaletteEntry> sessionEntries(const std::vector<SessionRow> &sessions, const Formatter &words, const std::function<void(const QString &)> &open);
std::vector<PaletteEntry> noteEntries(const std::vector<Note> &notes, const Formatter &words, const std::function<void(const QString &)> &open);

/// Sections of the settings page.
std::vector<PaletteEntry> settingEntries(const QStringList &sections, const std::function<void(const QString &)> &open);

} // namespace telltale
