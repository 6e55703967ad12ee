// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/datatable.h"

#include "models/items/itemroles.h"
#include "widgets/pages/page.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/pages/tablecolumns.h"
#include "widgets/pages/tablemenu.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/mirroring.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kRow = 32;
constexpr int kLeastColumn = 36;
constexpr int kLeastStretched = 110;
constexpr int kSpare = 6; ///< figures are laid in cells of equal width

} // namespace

DataTable::DataTable(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_sorted(new SortedRows(this))
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
        connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column) {
            if (column == m_sorted->secondColumn())
                m_sorted->setSecondKey(-1, Qt::DescendingOrder); // it is the first one now
            announceSort();
        });
    }
}

void DataTable::announceSort()
{
    Page *page = Page::of(this);
    const auto nameOf = [this](int column) { return column < 0 ? QString() : m_sorted->sourceModel()->headerData(column, Qt::Horizontal).toString(); };
    const QString first = nameOf(horizontalHeader()->sortIndicatorSection()), second = nameOf(m_sorted->secondColumn());
    if (!page || !page->isActive() || first.isEmpty())
        return;
    const QString sentence = horizontalHeader()->sortIndicatorOrder() == Qt::AscendingOrder ? tr("Sorted by %1, ascending").arg(first)
                                                                                           : tr("Sorted by %1, descending").arg(first);
    const QString then = m_sorted->secondOrder() == Qt::AscendingOrder ? tr("%1, then by %2, ascending", "how it is sorted first").arg(sentence, second)
                                                                       : tr("%1, then by %2, descending", "how it is sorted first").arg(sentence, second);
    Q_EMIT page->announced(second.isEmpty() ? sentence : then);
}

/// Asked for again, it turns round. Without a first key it is the first one.
void DataTable::askSecondKey(int column)
{
    if (column >= 0 && horizontalHeader()->sortIndicatorSection() < 0) {
        sortByColumn(column, Qt::DescendingOrder);
        return;
    }
    const bool isAgain = column == m_sorted->secondColumn();
    setSecondKey(column, isAgain && m_sorted->secondOrder() == Qt::DescendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder);
    announceSort();
    Q_EMIT m_columns->changed();
}

void DataTable::setSecondKey(int column, Qt::SortOrder order)
{
    m_sorted->setSecondKey(column, order);
    m_isTight = true; // the mark of the column wants room
    fitColumns();
}

void DataTable::setColumnHidden(int column, bool isHidden)
{
    if (m_columns)
        m_columns->setRoom(column, !isHidden);
    else
        QTableView::setColumnHidden(column, isHidden);
}

void DataTable::setColumns(int stretched, std::initializer_list<std::pair<int, int>> widths)
{
    m_widths.assign(widths.begin(), widths.end());
    m_isTight = true; // until it was seen otherwise
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    if (!m_columns) {
        m_columns = new TableColumns(this, stretched);
        m_columns->setSortable(isSortingEnabled());
        connect(m_columns, &TableColumns::secondKeyRequested, this, &DataTable::askSecondKey);
        connect(m_columns, &TableColumns::changed, this, &DataTable::fitColumns);
    }
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

QSize DataCellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    // As wide as what stands in it, for who fits a column to its contents.
    const QFont font = fontFor(index.column() == m_codeColumn ? FontRole::Code : FontRole::BodyStrong);
    const double text = QFontMetricsF(font).horizontalAdvance(index.data().toString());
    return {static_cast<int>(std::ceil(text)) + 2 * scaled(8) + scaled(kSpare), scaled(kRow)};
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
