// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/notesdialog.h"

#include "widgets/controls/buttons.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/notebook.h"
#include "widgets/theme/tokens.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QVBoxLayout>

namespace telltale {

namespace {

constexpr int kWidth = 640, kHeight = 380;
constexpr int kWhenWidth = 170;

} // namespace

NoteModel::NoteModel(const QTimeZone &zone, QObject *parent)
    : DescribedTable({{tr("When"), [zone](const Note &note) { return itemtext::dateTime(note.at, zone); },
                       [](const Note &note) { return QVariant::fromValue<qlonglong>(note.at.ns); }},
                      {tr("Note"), [](const Note &note) { return itemtext::text(note.text).simplified(); }, [](const Note &note) { return QVariant(itemtext::text(note.text)); }}},
                     parent)
{}

NotesDialog::NotesDialog(NoteBook &book, const QTimeZone &zone, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_notes(new NoteModel(zone, this))
    , m_table(new DataTable(tr("Notes")))
    , m_show(makeButton(tr("&Look at that time")))
    , m_edit(makeButton(tr("&Change…")))
    , m_remove(makeButton(IconId::Trash, tr("Re&move")))
{
    setWindowTitle(tr("Notes"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    m_table->setSource(m_notes);
    m_table->setColumns(NoteModel::Text, {{NoteModel::When, kWhenWidth}});
    m_table->sortByColumn(NoteModel::When, Qt::DescendingOrder);
    layout->addWidget(m_table, 1);
    auto *buttons = new QHBoxLayout;
    QPushButton *close = makeButton(tr("Close"));
    for (QPushButton *button : {m_show, m_edit, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(close);
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const Note *note = chosen()) {
            Q_EMIT momentRequested(note->at);
            accept();
        }
    });
    const auto edit = [this] {
        if (const Note *note = chosen())
            Q_EMIT editRequested(itemtext::text(note->id));
    };
    connect(m_edit, &QPushButton::clicked, this, edit);
    connect(m_table, &QTableView::activated, this, edit);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const Note *note = chosen())
            m_book.remove(std::string(note->id));
    });
    connect(&book, &NoteBook::changed, this, &NotesDialog::fill);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NotesDialog::showChoice);
    resize(scaled(kWidth), scaled(kHeight));
    fill();
    m_table->setFocus();
}

const Note *NotesDialog::chosen() const
{
    const int row = m_table->sourceRow();
    return row < 0 ? nullptr : &m_notes->rowAt(row);
}

void NotesDialog::fill()
{
    m_notes->setRows(m_book.notes());
    if (m_table->sourceRow() < 0 && m_notes->rowCount() > 0)
        m_table->setCurrentIndex(m_table->model()->index(0, 0));
    showChoice();
}

void NotesDialog::showChoice()
{
    const bool isAny = chosen() != nullptr;
    m_show->setEnabled(isAny);
    m_edit->setEnabled(isAny);
    m_remove->setEnabled(isAny && m_book.canWrite());
}

} // namespace telltale
