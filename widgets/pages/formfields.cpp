// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/formfields.h"

#include "widgets/controls/plainlabel.h"
#include "widgets/theme/tokens.h"

#include <QCheckBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace telltale::formfields {
namespace {

void addName(QVBoxLayout *layout, const QString &name)
{
    auto *label = new PlainLabel(name, FontRole::Secondary, Ink::Text2);
    label->setWordWrap(true);
    layout->addWidget(label);
}

} // namespace

QVBoxLayout *makeLayout(SourceForm *form)
{
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    return layout;
}

QLineEdit *addText(QVBoxLayout *layout, const QString &name, const QString &text, SourceForm *form)
{
    return addTextWithButton(layout, name, text, nullptr, form);
}

QLineEdit *addTextWithButton(QVBoxLayout *layout, const QString &name, const QString &text, QPushButton *button, SourceForm *form)
{
    addName(layout, name);
    auto *field = new QLineEdit(text);
    field->setAccessibleName(name);
    if (button) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(field, 1);
        row->addWidget(button);
        layout->addLayout(row);
    } else {
        layout->addWidget(field);
    }
    layout->addSpacing(6);
    QObject::connect(field, &QLineEdit::textChanged, form, &SourceForm::edited);
    return field;
}

QPlainTextEdit *addLines(QVBoxLayout *layout, const QString &name, const QString &text, int lines, SourceForm *form)
{
    addName(layout, name);
    auto *field = new QPlainTextEdit(text);
    field->setAccessibleName(name);
    field->setTabChangesFocus(true);
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    field->setFixedHeight(lines * QFontMetrics(field->font()).lineSpacing() + scaled(16));
    layout->addWidget(field);
    layout->addSpacing(6);
    QObject::connect(field, &QPlainTextEdit::textChanged, form, &SourceForm::edited);
    return field;
}

QCheckBox *addCheck(QVBoxLayout *layout, const QString &name, bool isOn, SourceForm *form)
{
    auto *box = new QCheckBox(name);
    box->setChecked(isOn);
    layout->addWidget(box);
    layout->addSpacing(6);
    QObject::connect(box, &QCheckBox::toggled, form, &SourceForm::edited);
    return box;
}

PlainLabel *addNote(QVBoxLayout *layout, const QString &text)
{
    auto *note = new PlainLabel(text, FontRole::Secondary, Ink::Text2);
    note->setWordWrap(true);
    layout->addWidget(note);
    layout->addSpacing(6);
    return note;
}

} // namespace telltale::formfields
