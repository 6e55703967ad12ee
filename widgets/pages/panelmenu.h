// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/tablemenu.h"

#include <QPersistentModelIndex>
#include <QPointer>

namespace telltale {

class Panel;

/// What can be done with a panel: its data or its picture onto the clipboard or into a file, its data as a table on the screen or a part of
/// the report, and where its numbers come from.
/// Over a row also what a filter can ask for of it, and its session.
/// Opened by the ⋯ button, a right click or Shift+F10 on the panel's body. Files are written on a worker.
class PanelMenu final : public TableMenu
{
    Q_OBJECT

public:
    /// A property of panels whose chart has buckets of a size that can be chosen.
    static constexpr const char *kHasBuckets = "telltaleHasBuckets";

    /// Owned by the panel; `page` says what was asked.
    PanelMenu(Panel *panel, Page *page);

    /// As it is seen: range, filter, order and columns. Empty when the panel shows nothing.
    ExportTable table() const override;
    /// By the end of the name: .csv, .json, .xlsx, .png or .svg. The page tells when it is there.
    void exportTo(const QString &path) override;
    void showTable();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QModelIndex rowAsked() const;
    void offerRow();
    void addTableMenus();
    void addBuckets();
    void fillBuckets();

    Panel *m_panel;
    QPointer<const QAbstractItemView> m_askedView; ///< in which somebody clicked for the menu
    QPersistentModelIndex m_asked;                 ///< and what; invalid: the current row
    QMenu *m_only, *m_without, *m_beside;
    QMenu *m_buckets = nullptr; ///< of charts over time
    QAction *m_openSession;
    QAction *m_afterRow;
    QAction *m_explain = nullptr;
    QAction *m_withNames = nullptr; ///< for who may see them at all
};

} // namespace telltale
