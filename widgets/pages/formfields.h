// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/sourceforms.h"

#include <functional>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace telltale {

class PlainLabel;

/// Fields of a form, one below the other, each with its name above it. What a person changes is the form's edited().
namespace formfields {

QVBoxLayout *makeLayout(SourceForm *form);
QLineEdit *addText(QVBoxLayout *layout, const QString &name, const QString &text, SourceForm *form);
/// With a button behind it, which is handed back.
QLineEdit *addTextWithButton(QVBoxLayout *layout, const QString &name, const QString &text, QPushButton *button, SourceForm *form);
/// Several lines of text; `lines` are seen.
QPlainTextEdit *addLines(QVBoxLayout *layout, const QString &name, const QString &text, int lines, SourceForm *form);
QCheckBox *addCheck(QVBoxLayout *layout, const QString &name, bool isOn, SourceForm *form);
PlainLabel *addNote(QVBoxLayout *layout, const QString &text = {});

} // namespace formfields
} // namespace telltale
