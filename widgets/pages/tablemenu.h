// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/tableexport.h"

#include <QMenu>

#include <functional>

class QAbstractItemView;

namespace telltale {

class Page;

/// What can be done with rows that are seen: onto the clipboard as text with HTML, Markdown, JSON or a picture, or into a file. Files are
/// written on a worker; the page tells when they are there.
class TableMenu : public QMenu
{
    Q_OBJECT

public:
    /// `page` (not owned) asks, writes and tells. Owned by `pictured`, which is what pictures show.
    TableMenu(Page *page, QWidget *pictured);

    /// As it is seen: order and columns, and what was asked. Empty when nothing is.
    virtual ExportTable table() const = 0;
    /// By the end of the name: .csv, .json, .xlsx, .png or .svg.
    virtual void exportTo(const QString &path);
    /// Asks for a file for the data.
    void exportData();

protected:
    using Use = std::function<void(const ExportTable &table)>;
    void addCopyActions();
    void addExportActions();
    /// Calls `use` with the table as it is now, and with how much was looked at, when that is known.
    virtual void withTable(Use use);
    /// Onto the clipboard, and says so.
    void copy(const QString &text, const QString &html = {});
    void chooseFile(const QStringList &filters);
    Page *page() const { return m_page; }

private:
    void copyImage(const ExportTable &shown);
    void writeImage(const ExportTable &shown, const QString &path);

    Page *m_page;
    QWidget *m_pictured;
};

/// Of a list that stands in no panel: in a dialog or a form. Such a list follows neither range nor filter, and its files say neither.
class ListMenu final : public TableMenu
{
    Q_OBJECT

public:
    /// Owned by the view.
    ListMenu(QAbstractItemView *view, Page *page);
    ExportTable table() const override;

protected:
    void withTable(Use use) override { use(table()); }

private:
    QAbstractItemView *m_view;
};

/// The table behind a widget: a chart's, the figures of tiles, or the rows of an item view, all of them or those that are selected. Empty for others.
ExportTable exportTableOf(const QWidget *widget, bool onlySelected = false);
/// What an item model sorts by, as an ExportTable has it: a number or a QDateTime in UTC; invalid when it is neither or not known.
QVariant exportValue(const QVariant &sortValue);
/// Puts what is selected there onto the clipboard, without identities. False: it shows no table.
bool copySelected(const QWidget *widget);

} // namespace telltale
