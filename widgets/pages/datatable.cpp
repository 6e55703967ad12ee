// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/datatable.h"

#include "models/items/itemroles.h"
#include "widgets/pages/page.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/pages/tablemenu.h"
#include "widgets/theme/mirroring.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kRow = 32;
constexpr int kLeastColumn = 36;
constexpr int kLeastStretched = 110;

} // namespace

DataTable::DataTable(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_sorted(new QSortFilterProxyModel(this))
{
    setAccessibleName(name);
    setItemDelegate(new DataCellDelegate(-1, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(scaled(kRow));
    verticalHeader()->setMinimumSectionSize(scaled(24));
    QHeaderView *header = horizontalHeader();
    header->setFixedHeight(scaled(size::kHeaderHeight));
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    header->setMinimumSectionSize(scaled(36));
    m_sorted->setSortRole(SortRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(0);
}

void DataTable::setSource(QAbstractItemModel *model, bool isSortable)
{
    m_sorted->setSourceModel(model);
    setModel(m_sorted);
    if (isSortable) {
        horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
        setSortingEnabled(true);
        connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
            Page *page = Page::of(this);
            const QString name = column < 0 ? QString() : this->model()->headerData(column, Qt::Horizontal).toString();
            if (page && page->isActive() && !name.isEmpty())
                Q_EMIT page->announced(order == Qt::AscendingOrder ? tr("Sorted by %1, ascending").arg(name) : tr("Sorted by %1, descending").arg(name));
        });
    }
}

void DataTable::setColumns(int stretched, std::initializer_list<std::pair<int, int>> widths)
{
    m_widths.assign(widths.begin(), widths.end());
    m_isTight = true; // until it was seen otherwise
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    fitColumns();
}

void DataTable::fitColumns()
{
    QHeaderView *header = horizontalHeader();
    const auto wanted = [header](const std::pair<int, int> &column) {
        return header->isSectionHidden(column.first) ? 0 : std::max(scaled(column.second), header->sectionSizeHint(column.first));
    };
    int sum = 0;
    for (const auto &column : m_widths)
        sum += wanted(column);
    const int room = viewport()->width() - scaled(kLeastStretched);
    const bool wasTight = m_isTight;
    m_isTight = sum > room;
    if (!m_isTight && !wasTight) // what somebody dragged stays
        return;
    for (const auto &column : m_widths)
        header->resizeSection(column.first, m_isTight ? std::max(scaled(kLeastColumn), wanted(column) * room / sum) : wanted(column));
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitColumns();
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    Page *page = Page::of(this);
    if (!m_menu && page)
        m_menu = new ListMenu(this, page);
    if (m_menu)
        m_menu->popup(event->globalPos());
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy) || !copySelected(this))
        QTableView::keyPressEvent(event);
}

int DataTable::sourceRow() const
{
    return m_sorted->mapToSource(currentIndex()).row();
}

void DataTable::setSourceRow(int row)
{
    const QModelIndex index = m_sorted->mapFromSource(m_sorted->sourceModel()->index(row, 0));
    if (index.isValid())
        setCurrentIndex(index);
    else
        setCurrentIndex({});
}

DataCellDelegate::DataCellDelegate(int codeColumn, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_codeColumn(codeColumn)
{}

QSize DataCellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {scaled(80), scaled(kRow)};
}

void DataCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    paintRowGround(painter, option, tokens, index.column() == 0);
    const QRectF rect = QRectF(option.rect).adjusted(scaled(8), 0, -scaled(8), -1);
    const int mood = index.data(MoodRole).toInt();
    const bool isFigure = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight);
    const QColor colour = mood < 0                                   ? tokens.bad
                          : mood > 0                                 ? tokens.ok
                          : index.column() == 0 || isFigure          ? tokens.text
                                                                     : tokens.text2;
    if (isFigure)
        paintNumber(painter, rect, FontRole::Body, colour, index.data().toString());
    else
        paintText(painter, rect,
                  index.column() == m_codeColumn                 ? FontRole::Code
                  : index.column() == 0 || mood != 0             ? FontRole::BodyStrong
                                                                 : FontRole::Body,
                  colour, index.data().toString());
    painter->restore();
}

} // namespace telltale
