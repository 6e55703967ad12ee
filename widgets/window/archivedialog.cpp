// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/archivedialog.h"

#include "models/items/itemtext.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/progressline.h"
#include "widgets/theme/formatter.h"
#include "widgets/theme/tokens.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

namespace telltale {
namespace {

constexpr int kWidth = 460;
constexpr int kNoteHeight = 76;
constexpr int kLongestTitle = 200;

} // namespace

ArchiveDialog::ArchiveDialog(Archiver archiver, Scope scope, const QString &range, const QString &filter, const QString &view, QWidget *parent)
    : QDialog(parent)
    , m_archiver(std::move(archiver))
    , m_scope(std::move(scope))
    , m_view(view)
    , m_title(new QLineEdit)
    , m_note(new QPlainTextEdit)
    , m_redact(new QCheckBox(tr("&Leave out who the people were")))
    , m_problem(new PlainLabel({}, FontRole::Secondary, Ink::Bad))
    , m_count(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_progress(new ProgressLine)
    , m_save(makeButton(IconId::Archive, tr("&Keep…"), ButtonKind::Primary))
    , m_cancel(makeButton(tr("Cancel")))
{
    setWindowTitle(tr("Keep as archive"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    auto *what = new PlainLabel(filter.isEmpty() ? tr("All records of %1 go into one file, with what was decided about errors.").arg(range)
                                                 : tr("The records of %1 that match %2 go into one file, with what was decided about errors.").arg(range, filter),
                                FontRole::Body, Ink::Text);
    what->setWordWrap(true);
    what->setMinimumWidth(scaled(kWidth));
    layout->addWidget(what);
    auto *form = new QFormLayout;
    m_title->setMaxLength(kLongestTitle);
    m_title->setPlaceholderText(tr("What it is, in a few words"));
    form->addRow(tr("&Title"), m_title);
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(scaled(kNoteHeight));
    m_note->setPlaceholderText(tr("What whoever opens it should know"));
    form->addRow(tr("&Note"), m_note);
    layout->addLayout(form);
    layout->addWidget(m_redact);
    auto *hint = new PlainLabel(tr("Users and sessions get other names; their machines and addresses are left out. Messages and log texts stay as they are."),
                                FontRole::Secondary, Ink::Text2);
    hint->setWordWrap(true);
    layout->addWidget(hint);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    m_progress->setAccessibleName(tr("Progress"));
    layout->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_count, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    layout->addLayout(buttons);
    m_title->setAccessibleName(tr("Title"));
    m_note->setAccessibleName(tr("Note"));
    m_save->setDefault(true);
    m_save->setAutoDefault(true);
    connect(m_save, &QPushButton::clicked, this, &ArchiveDialog::chooseFile);
    connect(m_cancel, &QPushButton::clicked, this, &ArchiveDialog::reject);
    setWriting(false);
    m_title->setFocus();
}

ArchiveDialog::~ArchiveDialog() = default;

void ArchiveDialog::setWriting(bool isWriting)
{
    m_isWriting = isWriting;
    for (QWidget *each : std::initializer_list<QWidget *>{m_title, m_note, m_redact, m_save})
        each->setEnabled(!isWriting);
    m_progress->setShare(isWriting ? 0 : -1);
    m_progress->setRunning(isWriting);
    m_count->setText({});
}

void ArchiveDialog::chooseFile()
{
    const QString name = m_title->text().trimmed().isEmpty() ? tr("archive") : m_title->text().trimmed().replace(u'/', u'-');
    const QString path = QFileDialog::getSaveFileName(this, windowTitle(), name + QStringLiteral(".telltale"), tr("Archives (*.telltale)"));
    if (!path.isEmpty())
        saveTo(path);
}

void ArchiveDialog::saveTo(const QString &path)
{
    if (m_isWriting)
        return;
    m_problem->hide();
    setWriting(true);
    ArchiveRequest request;
    request.scope = m_scope;
    request.title = m_title->text().trimmed().toStdString();
    request.note = m_note->toPlainText().trimmed().toStdString();
    request.view = m_view.toStdString();
    request.isRedacted = m_redact->isChecked();
    m_worker = std::jthread([this, path, request = std::move(request)](const std::stop_token &stop) {
        const auto progress = [this](std::uint64_t records, Instant until) {
            QMetaObject::invokeMethod(this, [this, records, until] { showProgress(records, until); }, Qt::QueuedConnection);
        };
        auto about = m_archiver(path.toStdString(), request, progress, stop);
        QMetaObject::invokeMethod(this, [this, path, about = std::move(about)] { finished(path, about); }, Qt::QueuedConnection);
    });
}

void ArchiveDialog::showProgress(quint64 records, Instant until)
{
    if (!m_isWriting)
        return;
    const double length = static_cast<double>(m_scope.range.to.ns) - static_cast<double>(m_scope.range.from.ns);
    m_progress->setShare(length > 0 ? (static_cast<double>(until.ns) - static_cast<double>(m_scope.range.from.ns)) / length : -1);
    m_count->setText(tr("%1 records").arg(itemtext::count(records)));
}

void ArchiveDialog::finished(const QString &path, const Result<ArchiveAbout> &about)
{
    setWriting(false);
    if (about) {
        Q_EMIT saved(path, static_cast<qint64>(about->records));
        QDialog::done(Accepted);
    } else if (m_isClosing) {
        QDialog::done(Rejected);
    } else {
        m_problem->setText(about.error().code == Error::Code::NotFound ? tr("Nothing matches, so there is nothing to keep.")
                                                                       : tr("It could not be written: %1").arg(itemtext::text(about.error().message)));
        m_problem->show();
    }
}

void ArchiveDialog::done(int result)
{
    if (!m_isWriting)
        return QDialog::done(result);
    m_isClosing = true; // finished() closes, once the worker has tidied up
    m_worker.request_stop();
    m_cancel->setEnabled(false);
}

void showArchive(const ArchiveAbout &archive, Banner &banner, const Formatter &words)
{
    const QString title = itemtext::text(archive.title).simplified();
    const QString made = ArchiveDialog::tr("An archive of %1; nothing here changes.").arg(words.date(archive.made));
    const QString note = itemtext::text(archive.note).simplified();
    banner.setContent(Tone::Neutral, title.isEmpty() ? ArchiveDialog::tr("Archive") : title, note.isEmpty() ? made : made + u' ' + note);
}

} // namespace telltale
