// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace telltale {

/// Roles that every model of this folder answers, beside Qt::DisplayRole (formatted text).
enum ItemRole {
    SortRole = Qt::UserRole + 1, ///< the raw number, time or text; sort and compare on this
    KeyRole,                     ///< what the row is about, stable from snapshot to snapshot
    MoodRole,                    ///< +1 good, −1 bad, 0 neither; where a model knows
    HeldRowsRole,                ///< headerData() of a list that does not hold all its rows: so many from the first on; else none
    RawRole,                     ///< what files say instead of SortRole, where that can not be it
    WordsRole,                   ///< what copies and files say instead of Qt::DisplayRole, where that holds only for the moment: "12 s ago"
    ChangeRole,                  ///< how a figure changed against what is compared, in words; of a header its title
    ChangeAmountRole,            ///< the same as a number, where there is one
    FilterTermsRole,             ///< what of a row a filter can ask for: a list of pairs, field and value, both text
    SessionRole,                 ///< the session that a row belongs to, where it is known and the row is none itself
    FirstOwnRole,                ///< models continue from here
};

} // namespace telltale
