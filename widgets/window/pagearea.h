// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace telltale {

/// The room of the pages. With large text a page gets the height it needs to be read, and scrolls where the window has less; at the usual
/// size pages fit themselves to the window and nothing scrolls.
class PageArea final : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes `pages`.
    explicit PageArea(QWidget *pages, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void followTextSize();
};

} // namespace telltale
