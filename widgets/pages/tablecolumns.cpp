// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/tablecolumns.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QTableView>

namespace telltale {

namespace {

QString nameOf(const QTableView *table, int column)
{
    // Names of columns set no mnemonics.
    return table->model()->headerData(column, Qt::Horizontal).toString().replace(u'&', QStringLiteral("&&"));
}

} // namespace

TableColumns::TableColumns(QTableView *table, int kept)
    : QObject(table)
    , m_table(table)
    , m_kept(kept)
    , m_columns(new QMenu(tr("Col&umns"), table))
    , m_second(new QMenu(tr("Then sort b&y"), table))
{
    connect(m_columns, &QMenu::aboutToShow, this, &TableColumns::fill);
    connect(m_second, &QMenu::aboutToShow, this, &TableColumns::fillSecond);
    table->horizontalHeader()->viewport()->installEventFilter(this);
    table->horizontalHeader()->setSectionsMovable(true);
}

TableColumns *TableColumns::of(const QTableView *table)
{
    return table->findChild<TableColumns *>({}, Qt::FindDirectChildrenOnly);
}

void TableColumns::setRoom(int column, bool hasRoom)
{
    if (hasRoom)
        m_withoutRoom.erase(column);
    else
        m_withoutRoom.insert(column);
    apply(column);
}

void TableColumns::setWanted(int column, bool isWanted)
{
    if (column == m_kept || isWanted == this->isWanted(column))
        return;
    if (isWanted)
        m_unwanted.erase(column);
    else
        m_unwanted.insert(column);
    apply(column);
    Q_EMIT changed();
}

void TableColumns::apply(int column)
{
    m_table->QTableView::setColumnHidden(column, m_unwanted.contains(column) || m_withoutRoom.contains(column));
}

void TableColumns::fill()
{
    m_columns->clear();
    const QHeaderView *header = m_table->horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        const QString name = nameOf(m_table, column);
        if (name.isEmpty())
            continue;
        QAction *action = m_columns->addAction(m_withoutRoom.contains(column) ? tr("%1 (no room)", "a column").arg(name) : name);
        action->setCheckable(true);
        action->setChecked(isWanted(column));
        action->setEnabled(column != m_kept);
        action->setData(column);
        connect(action, &QAction::toggled, this, [this, column](bool isOn) { setWanted(column, isOn); });
    }
}

void TableColumns::fillSecond()
{
    m_second->clear();
    const QHeaderView *header = m_table->horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (column == header->sortIndicatorSection() || header->isSectionHidden(column) || nameOf(m_table, column).isEmpty())
            continue;
        QAction *action = m_second->addAction(nameOf(m_table, column));
        action->setData(column);
        connect(action, &QAction::triggered, this, [this, column] { Q_EMIT secondKeyRequested(column); });
    }
    m_second->addSeparator();
    connect(m_second->addAction(tr("&Nothing more")), &QAction::triggered, this, [this] { Q_EMIT secondKeyRequested(-1); });
}

void TableColumns::popup(const QPoint &globalPosition)
{
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addMenu(m_columns);
    if (m_isSortable)
        menu->addMenu(m_second);
    menu->popup(globalPosition);
}

bool TableColumns::eventFilter(QObject *watched, QEvent *event)
{
    const QHeaderView *header = m_table->horizontalHeader();
    if (event->type() == QEvent::ContextMenu) {
        popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    if (m_isSortable && (isPress || event->type() == QEvent::MouseButtonRelease)) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int column = header->logicalIndexAt(mouse->position().toPoint());
        if (mouse->button() == Qt::LeftButton && mouse->modifiers().testFlag(Qt::ControlModifier) && column >= 0) {
            if (isPress && column != header->sortIndicatorSection())
                Q_EMIT secondKeyRequested(column);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
