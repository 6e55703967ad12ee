// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/notedialog.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/notebook.h"
#include "widgets/theme/tokens.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace telltale {

namespace {

constexpr int kWidth = 420;
constexpr int kFieldHeight = 96;

} // namespace

NoteDialog::NoteDialog(NoteBook &book, const std::string &id, Instant at, const Formatter &words, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_id(id)
    , m_at(at)
    , m_field(new QPlainTextEdit)
    , m_keep(makeButton(tr("&Keep"), ButtonKind::Primary))
{
    const Note *note = book.note(id);
    if (note)
        m_at = note->at;
    setWindowTitle(note ? tr("Note") : tr("New note"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(new PlainLabel(tr("About %1", "a moment").arg(words.dateTime(m_at)), FontRole::BodyStrong));
    m_field->setAccessibleName(tr("Note"));
    m_field->setPlaceholderText(tr("What happened then: a campaign, an incident, a switch"));
    m_field->setTabChangesFocus(true);
    m_field->setFixedHeight(scaled(kFieldHeight));
    m_field->setMinimumWidth(scaled(kWidth));
    if (note)
        m_field->setPlainText(itemtext::text(note->text));
    m_field->selectAll();
    layout->addWidget(m_field);
    auto *hint = new PlainLabel(book.canWrite() ? tr("Kept with the data, in its archives too. Everybody who opens them reads it.")
                                                : tr("This window only shows; notes can not be changed in it."),
                                FontRole::Secondary, Ink::Text2);
    hint->setWordWrap(true);
    layout->addWidget(hint);
    auto *buttons = new QHBoxLayout;
    if (note && book.canWrite()) {
        m_delete = makeButton(tr("&Delete"), ButtonKind::Danger);
        buttons->addWidget(m_delete);
        connect(m_delete, &QPushButton::clicked, this, [this] {
            m_book.remove(m_id);
            accept();
        });
    }
    buttons->addStretch(1);
    QPushButton *cancel = makeButton(book.canWrite() ? tr("Cancel") : tr("Close"));
    buttons->addWidget(cancel);
    buttons->addWidget(m_keep);
    layout->addLayout(buttons);
    m_field->setReadOnly(!book.canWrite());
    m_keep->setVisible(book.canWrite());
    const auto update = [this] { m_keep->setEnabled(!m_field->toPlainText().trimmed().isEmpty()); };
    connect(m_field, &QPlainTextEdit::textChanged, this, update);
    update();
    connect(m_keep, &QPushButton::clicked, this, &NoteDialog::keep);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_field->setFocus();
}

void NoteDialog::keep()
{
    if (m_id.empty())
        m_book.add(m_at, m_field->toPlainText());
    else
        m_book.edit(m_id, m_field->toPlainText());
    accept();
}

void NoteDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier) && m_keep->isVisible() && m_keep->isEnabled())
        keep();
    else
        QDialog::keyPressEvent(event);
}

} // namespace telltale
