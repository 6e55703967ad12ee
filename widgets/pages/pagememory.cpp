// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pagememory.h"

#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/page.h"
#include "widgets/pages/tablecolumns.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

namespace telltale {

namespace {

const QString kSplitters = QStringLiteral("splitters");
const QString kTabs = QStringLiteral("tabs");
const QString kChoices = QStringLiteral("choices");
const QString kTables = QStringLiteral("tables");
const QString kWidth = QStringLiteral("width"); ///< of the whole table, which its columns fit
const QString kColumns = QStringLiteral("columns");
const QString kOrder = QStringLiteral("order");
const QString kSort = QStringLiteral("sort");
const QString kDescending = QStringLiteral("descending");
const QString kThen = QStringLiteral("then"); ///< the second key
const QString kThenDescending = QStringLiteral("then descending");
const QString kOwn = QStringLiteral("own"); ///< what the page itself remembers
const QString kHidden = QStringLiteral("hidden");

QVariantList listOf(const QList<int> &numbers)
{
    return {numbers.begin(), numbers.end()};
}

QList<int> numbersOf(const QVariant &list)
{
    QList<int> numbers;
    for (const QVariant &number : list.toList())
        numbers.append(number.toInt());
    return numbers;
}

template<typename T>
std::vector<T *> partsOf(const QWidget &page)
{
    const QList<T *> found = page.findChildren<T *>();
    return {found.begin(), found.end()};
}

} // namespace

PageMemory::PageMemory(Page &page)
    : QObject(&page)
    , m_page(page)
    , m_splitters(partsOf<QSplitter>(page))
    , m_tabs(partsOf<SegmentedControl>(page))
    , m_tables(partsOf<QTableView>(page))
    , m_choices(partsOf<QComboBox>(page))
{
    std::erase_if(m_choices, [](const QComboBox *choice) { return !choice->property(kRemembered).toBool(); });
    for (QComboBox *choice : m_choices)
        connect(choice, &QComboBox::currentIndexChanged, this, &PageMemory::changed);
    connect(&page, &Page::rememberedChanged, this, &PageMemory::changed);
    page.installEventFilter(this);
    for (QSplitter *splitter : m_splitters) {
        connect(splitter, &QSplitter::splitterMoved, this, &PageMemory::changed);
        for (int i = 1; i < splitter->count(); ++i)
            splitter->handle(i)->installEventFilter(this);
    }
    for (SegmentedControl *tabs : m_tabs)
        connect(tabs, &SegmentedControl::currentChanged, this, &PageMemory::changed);
    for (QTableView *table : m_tables) {
        const QHeaderView *header = table->horizontalHeader();
        connect(header, &QHeaderView::sortIndicatorChanged, this, &PageMemory::changed);
        connect(header, &QHeaderView::sectionMoved, this, &PageMemory::changed);
        connect(header, &QHeaderView::sectionResized, this, &PageMemory::changed);
        if (const TableColumns *columns = TableColumns::of(table))
            connect(columns, &TableColumns::changed, this, &PageMemory::changed);
    }
}

QVariantMap PageMemory::save() const
{
    if (!m_isShown)
        return m_waiting;
    QVariantMap saved;
    QVariantList splitters, tabs, choices;
    for (const QSplitter *splitter : m_splitters)
        splitters.append(QVariant(listOf(splitter->sizes())));
    for (const SegmentedControl *control : m_tabs)
        tabs.append(control->currentIndex());
    for (const QComboBox *choice : m_choices)
        choices.append(choice->currentIndex());
    saved.insert(kChoices, choices);
    saved.insert(kSplitters, splitters);
    saved.insert(kTabs, tabs);
    saved.insert(kTables, tables());
    saved.insert(kOwn, m_page.remembered());
    return saved;
}

QVariantList PageMemory::tables() const
{
    QVariantList tables;
    for (const QTableView *table : m_tables) {
        const QHeaderView *header = table->horizontalHeader();
        QList<int> widths, order;
        for (int section = 0; section < header->count(); ++section) {
            widths.append(header->isSectionHidden(section) ? 0 : header->sectionSize(section));
            order.append(header->visualIndex(section));
        }
        QVariantMap one{{kWidth, table->viewport()->width()}, {kColumns, listOf(widths)}, {kOrder, listOf(order)}};
        if (table->isSortingEnabled()) {
            one.insert(kSort, header->sortIndicatorSection());
            one.insert(kDescending, header->sortIndicatorOrder() == Qt::DescendingOrder);
        }
        if (const TableColumns *columns = TableColumns::of(table))
            one.insert(kHidden, listOf(columns->unwanted()));
        if (const auto *data = qobject_cast<const DataTable *>(table); data && data->sorted()->secondColumn() >= 0) {
            one.insert(kThen, data->sorted()->secondColumn());
            one.insert(kThenDescending, data->sorted()->secondOrder() == Qt::DescendingOrder);
        }
        tables.append(one);
    }
    return tables;
}

void PageMemory::restore(const QVariantMap &saved)
{
    if (m_isShown)
        take(saved);
    else
        m_waiting = saved;
}

void PageMemory::take(const QVariantMap &saved)
{
    const QVariantList tabs = saved.value(kTabs).toList();
    for (std::size_t i = 0; i < m_tabs.size() && tabs.size() == static_cast<qsizetype>(m_tabs.size()); ++i) {
        const int index = tabs[static_cast<qsizetype>(i)].toInt();
        if (index >= 0 && index < m_tabs[i]->count())
            m_tabs[i]->setCurrentIndex(index);
    }
    const QVariantList choices = saved.value(kChoices).toList();
    for (std::size_t i = 0; i < m_choices.size() && choices.size() == static_cast<qsizetype>(m_choices.size()); ++i) {
        const int index = choices[static_cast<qsizetype>(i)].toInt();
        if (index >= 0 && index < m_choices[i]->count())
            m_choices[i]->setCurrentIndex(index);
    }
    m_page.remember(saved.value(kOwn).toMap());
    const QVariantList splitters = saved.value(kSplitters).toList();
    for (std::size_t i = 0; i < m_splitters.size() && splitters.size() == static_cast<qsizetype>(m_splitters.size()); ++i) {
        const QList<int> sizes = numbersOf(splitters[static_cast<qsizetype>(i)]);
        if (sizes.size() == m_splitters[i]->count() && std::any_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }))
            m_splitters[i]->setSizes(sizes);
    }
    const QVariantList tables = saved.value(kTables).toList();
    for (std::size_t i = 0; i < m_tables.size() && tables.size() == static_cast<qsizetype>(m_tables.size()); ++i)
        takeTable(*m_tables[i], tables[static_cast<qsizetype>(i)].toMap());
}

void PageMemory::takeTable(QTableView &table, const QVariantMap &saved) const
{
    QHeaderView *header = table.horizontalHeader();
    const QList<int> widths = numbersOf(saved.value(kColumns)), order = numbersOf(saved.value(kOrder));
    if (widths.size() != header->count() || order.size() != header->count())
        return;
    for (int place = 0; place < header->count(); ++place) {
        const auto section = order.indexOf(place);
        if (section >= 0)
            header->moveSection(header->visualIndex(static_cast<int>(section)), place);
    }
    if (saved.value(kWidth).toInt() == table.viewport()->width()) { // else there is other room, and the table knows best what to do with it
        for (int section = 0; section < header->count(); ++section) {
            if (widths[section] > 0 && header->sectionResizeMode(section) == QHeaderView::Interactive)
                header->resizeSection(section, widths[section]);
        }
    }
    if (TableColumns *columns = TableColumns::of(&table)) {
        for (const int column : numbersOf(saved.value(kHidden))) {
            if (column >= 0 && column < header->count())
                columns->setWanted(column, false);
        }
    }
    const int then = saved.value(kThen, -1).toInt();
    if (auto *data = qobject_cast<DataTable *>(&table); data && then >= 0 && then < header->count())
        data->setSecondKey(then, saved.value(kThenDescending).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
    const int sort = saved.value(kSort, -1).toInt();
    if (table.isSortingEnabled() && sort >= 0 && sort < header->count())
        table.sortByColumn(sort, saved.value(kDescending).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

bool PageMemory::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_page && event->type() == QEvent::Show && !m_isShown) {
        // After the page has placed its parts in the room that it got.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (std::exchange(m_isShown, true))
                    return;
                for (const QSplitter *splitter : m_splitters)
                    m_made[splitter] = splitter->sizes();
                take(std::exchange(m_waiting, {}));
            },
            Qt::QueuedConnection);
    }
    if (event->type() == QEvent::MouseButtonDblClick && watched != &m_page) {
        auto *splitter = qobject_cast<QSplitter *>(watched->parent());
        const auto made = m_made.find(splitter);
        if (made != m_made.end()) {
            splitter->setSizes(made->second);
            Q_EMIT changed();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
