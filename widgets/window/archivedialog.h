// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/archive/archivewriter.h"

#include <QDialog>

#include <functional>
#include <stop_token>
#include <thread>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace telltale {

class Banner;
class Formatter;
class PlainLabel;
class ProgressLine;

/// Writes what is looked at as an archive: writeArchive() with the cache in it. Called on a worker, once at a time.
using Archiver = std::function<Result<ArchiveAbout>(const std::filesystem::path &out, const ArchiveRequest &request,
                                                    const ArchiveProgress &progress, std::stop_token stop)>;

/// Keeps what is looked at as one file that opens elsewhere. Says what goes into it, asks for a title, a note and whether the people
/// stay in it, and writes on a worker; closing it stops the writing, which then leaves no file.
class ArchiveDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `range` and `filter` are `scope` in words; `view` is the one that the archive opens with.
    ArchiveDialog(Archiver archiver, Scope scope, const QString &range, const QString &filter, const QString &view, QWidget *parent);
    ~ArchiveDialog() override; ///< waits for the worker, which has been told to stop

    /// Begins to write; saved() or a sentence in the dialog says how it went.
    void saveTo(const QString &path);
    bool isWriting() const { return m_isWriting; }
    QLineEdit *titleField() const { return m_title; }
    QPlainTextEdit *noteField() const { return m_note; }
    QCheckBox *redactBox() const { return m_redact; }
    QPushButton *saveButton() const { return m_save; }
    QPushButton *cancelButton() const { return m_cancel; }
    PlainLabel *problemLabel() const { return m_problem; }
    void done(int result) override;

Q_SIGNALS:
    void saved(const QString &path, qint64 records);

private:
    void chooseFile();
    void showProgress(quint64 records, Instant until);
    void finished(const QString &path, const Result<ArchiveAbout> &about);
    void setWriting(bool isWriting);

    const Archiver m_archiver;
    const Scope m_scope;
    const QString m_view;
    QLineEdit *m_title;
    QPlainTextEdit *m_note;
    QCheckBox *m_redact;
    PlainLabel *m_problem;
    PlainLabel *m_count;
    ProgressLine *m_progress;
    QPushButton *m_save;
    QPushButton *m_cancel;
    bool m_isWriting = false;
    bool m_isClosing = false;
    std::jthread m_worker; ///< the last member: it ends first
};

/// What a window on an archive says above its views.
void showArchive(const ArchiveAbout &archive, Banner &banner, const Formatter &words);

} // namespace telltale
