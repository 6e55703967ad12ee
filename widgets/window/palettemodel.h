// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <vector>

namespace telltale {

/// Something that can be done or gone to by name.
struct PaletteEntry
{
    QString group; ///< "Commands", "Errors"
    QString title, detail;
    QString key; ///< the shortcut, or an id
    IconId icon = IconId::ArrowRight;
    std::function<void()> run;
    QChar prefix = u'>'; ///< typed first it shows such entries alone: > commands, # errors, @ sessions, / settings; null: none does
    QString also{};      ///< found by these words, too; not shown: a whole id

    /// By which it is known the next time.
    QString id() const { return group + u'\n' + title; }
};

/// What the command palette lists: entries that hold all words that were typed, the best first within their group, each group below
/// its heading. Headings can not be chosen.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { HeadingRole = Qt::UserRole, DetailRole, KeyRole, IconRole };

    using QAbstractListModel::QAbstractListModel;

    /// Groups come in the order of their first entry.
    void setEntries(std::vector<PaletteEntry> entries);
    void setQuery(const QString &text);
    /// Ids of entries that were run, the newest first. With nothing typed those come first, once.
    void setRecent(const QStringList &ids);
    /// The entry of a row; nullptr for a heading.
    const PaletteEntry *entry(int row) const;
    /// The first row that can be chosen; -1: none.
    int firstEntry() const;
    /// From `row` on in this direction, over headings; `row` itself at the end.
    int nextEntry(int row, int step) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QString heading; ///< of a group; else empty
        std::size_t entry = 0;
    };
    void fill();
    std::vector<std::size_t> recentEntries() const;

    std::vector<PaletteEntry> m_entries;
    QStringList m_words;
    QStringList m_recent;
    QChar m_prefix; ///< null: all
    std::vector<Row> m_rows;
};

/// How well an entry fits: 0 does not; more is better. All words must be in title, detail, key or `also`, in any case; the beginning of a title
/// weighs more than the beginning of a word, that more than the middle of one.
int paletteScore(const PaletteEntry &entry, const QStringList &words);

} // namespace telltale
