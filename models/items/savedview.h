// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rangeparser.h"
#include "models/items/viewstate.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace telltale {

/// What was looked at, under a name: view, range, filter, comparison, product. As a document, so that what a newer Telltale wrote into it stays.
struct SavedView
{
    QString name;
    QJsonObject document;
    friend bool operator==(const SavedView &, const SavedView &) = default;
};

/// Ranges stay as relative as they were chosen: "60m" and "yesterday" mean another time tomorrow. `step` of a path is not kept.
SavedView savedView(const QString &name, const ViewState &state);
/// One step of the navigation history. Error: InvalidArgument with a sentence for the person; nothing changes then.
Result<void> showSavedView(const SavedView &view, ViewState &state, const RangeParser &parser);

/// The file of all views: stable order, one field a line, so that two of them can be compared. Error: ParseError in words.
QByteArray savedViewsText(const std::vector<SavedView> &views, const QJsonObject &others);
/// `others`: fields of the file that are not known here.
Result<std::vector<SavedView>> parseSavedViews(const QByteArray &text, QJsonObject &others);

} // namespace telltale
