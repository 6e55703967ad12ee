// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/note.h"
#include "widgets/theme/formatter.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;

namespace telltale {

class NoteBook;

/// Writes a note about a moment, or changes and deletes one. Ctrl+Enter keeps it, Esc does not.
class NoteDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `id`: a note of the book; empty: a new one at `at`. The book outlives it.
    NoteDialog(NoteBook &book, const std::string &id, Instant at, const Formatter &words, QWidget *parent);

    QPlainTextEdit *field() const { return m_field; }
    QPushButton *keepButton() const { return m_keep; }
    /// Null for a new one.
    QPushButton *deleteButton() const { return m_delete; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void keep();

    NoteBook &m_book;
    std::string m_id;
    Instant m_at;
    QPlainTextEdit *m_field;
    QPushButton *m_keep;
    QPushButton *m_delete = nullptr;
};

} // namespace telltale
