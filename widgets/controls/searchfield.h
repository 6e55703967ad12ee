// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace telltale {

/// A line edit with a magnifier and a clear button; Esc clears, then gives the focus back. The name given is its accessible name too.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &name, const QString &placeholder = {}, QWidget *parent = nullptr);
    /// Outlines the field in the error colour; the reason becomes tooltip and accessible description. Empty: valid.
    void setProblem(const QString &reason);
    QSize sizeHint() const override;

Q_SIGNALS:
    /// Esc on an empty field.
    void left();
    /// Down: the reader wants to go into the results.
    void downPressed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeRoom(); ///< for the glass
};

} // namespace telltale
