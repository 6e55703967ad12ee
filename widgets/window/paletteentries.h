// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// Sections of the settings page.
std::vector<PaletteEntry> settingEntries(const QStringList &sections, const std::function<void(const QString &)> &open);

} // namespace telltale
