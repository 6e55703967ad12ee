// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/describedtable.h"
#include "models/telemetry/note.h"
#include "widgets/theme/formatter.h"

#include <QDialog>
#include <QTimeZone>

class QPushButton;

namespace telltale {

class DataTable;
class NoteBook;

/// Notes, one row each.
class NoteModel final : public DescribedTable<Note>
{
    Q_OBJECT

public:
    enum Column { When, Text };

    NoteModel(const QTimeZone &zone, QObject *parent);

protected:
    std::string keyOf(const Note &note) const override { return note.id; }
};

/// All notes of a cache, the newest first: to look at where they are, to change, to remove. Removing can be undone.
class NotesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The book outlives it.
    NotesDialog(NoteBook &book, const QTimeZone &zone, QWidget *parent);

    DataTable *table() const { return m_table; }
    QPushButton *showButton() const { return m_show; }
    QPushButton *editButton() const { return m_edit; }
    QPushButton *removeButton() const { return m_remove; }

Q_SIGNALS:
    void editRequested(const QString &id);
    /// Somebody wants to look at this moment.
    void momentRequested(telltale::Instant at);

private:
    void fill();
    void showChoice();
    const Note *chosen() const;

    NoteBook &m_book;
    NoteModel *m_notes;
    DataTable *m_table;
    QPushButton *m_show, *m_edit, *m_remove;
};

} // namespace telltale
