// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/receiver.h"

#include <QWidget>

class QPushButton;

namespace telltale {

class Banner;
class ProgressLine;

/// How an import goes: what is read with how much of it and a way to stop, afterwards what came of it until it is closed. Hidden
/// while there is nothing to say.
class ImportRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ImportRow(QWidget *parent = nullptr);
    void setStatus(const ImportStatus &status);
    const ImportStatus &status() const { return m_status; }
    Banner *banner() const { return m_banner; }
    QPushButton *cancelButton() const { return m_cancel; } ///< nullptr when nothing can be stopped
    ProgressLine *line() const { return m_line; }

Q_SIGNALS:
    void cancelRequested();

private:
    ImportStatus m_status;
    Banner *m_banner;
    ProgressLine *m_line;
    QPushButton *m_cancel = nullptr;
};

} // namespace telltale
