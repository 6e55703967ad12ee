// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/tableexport.h"

#include <QMenu>

#include <functional>

namespace telltale {

class Page;
class Panel;

/// What can be done with a panel: its data or its picture onto the clipboard or into a file, its data as a table on the screen or a part of
/// the report, and where its numbers come from.
/// Opened by the ⋯ button, a right click or Shift+F10 on the panel's body. Files are written on a worker.
class PanelMenu final : public QMenu
{
    Q_OBJECT

public:
    /// Owned by the panel; `page` says what was asked.
    PanelMenu(Panel *panel, Page *page);

    /// As it is seen: range, filter, order and columns. Empty when the panel shows nothing.
    ExportTable table() const;
    /// By the end of the name: .csv, .json, .xlsx, .png or .svg. The page tells when it is there.
    void exportTo(const QString &path);
    void showTable();
    /// Asks for a file for the data.
    void exportData();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using Use = std::function<void(const ExportTable &table)>;
    /// Calls `use` with the table as it is now, and with how much was looked at, when that is known.
    void withTable(Use use);
    void copy(const QString &text, const QString &html = {});
    void copyImage(const ExportTable &shown);
    void chooseFile(const QStringList &filters);
    void writeImage(const ExportTable &shown, const QString &path);

    Panel *m_panel;
    Page *m_page;
    QAction *m_explain = nullptr;
    QAction *m_withNames = nullptr; ///< for who may see them at all
};

/// The table behind a widget: a chart's, the figures of tiles, or the rows of an item view, all of them or those that are selected. Empty for others.
ExportTable exportTableOf(const QWidget *widget, bool onlySelected = false);

} // namespace telltale
