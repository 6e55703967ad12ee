// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/errorspage.h"

#include "models/items/heldrows.h"
#include "models/items/itemtext.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errortriage.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/issuedelegates.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/pagememory.h"
#include "widgets/pages/tablecolumns.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace telltale {

namespace {

constexpr std::size_t kMostOccurrences = 1000;
constexpr int kSortArrow = 32; ///< behind the words of a header

struct DetailAnswer
{
    std::vector<ErrorOccurrence> occurrences;
    std::vector<SessionRecord> records;
    std::vector<TriageDecision> decisions;
};

} // namespace

ErrorsPage::ErrorsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_shown(m_groups)
    , m_tabs(new SegmentedControl)
    , m_search(new SearchField(tr("Search errors"), tr("Search type, message, release:4.2.0")))
    , m_sort(new QComboBox)
    , m_splitter(new QSplitter(Qt::Horizontal))
{
    m_tabs->setAccessibleName(tr("Errors by state"));
    for (const QString &tab :
         {tr("Unresolved"), tr("New"), tr("Regressed"), tr("Escalating"), tr("Resolved"), tr("Archived")})
        m_tabs->addSegment(tab);
    m_tabs->setCurrentIndex(ErrorList::Unresolved);
    m_sort->setAccessibleName(tr("Order"));
    m_sort->setProperty(PageMemory::kRemembered, true);
    for (const QString &order :
         {tr("Users affected"), tr("Events"), tr("Last seen"), tr("First seen"), tr("Trend"), tr("Issue"), tr("Release"), tr("Status")})
        m_sort->addItem(order);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(size::kCardGap);
    bar->addWidget(m_tabs);
    m_against = new PlainLabel({}, FontRole::Caption, Ink::Text3);
    m_against->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    bar->addStretch(1);
    bar->addWidget(m_against); // whole, before the field gets what is left
    m_search->setMinimumWidth(scaled(120));
    m_search->setMaximumWidth(scaled(330));
    bar->addWidget(m_search, 3);
    bar->addWidget(m_sort);
    layout->addLayout(bar);
    addTriage();
    layout->addWidget(m_triage->bar);

    m_detail = new ErrorDetailView;
    m_detail->setNotes(context.notes);
    m_detail->addTriage(*m_triage);
    m_detailPanel = new Panel({}, {}, m_detail, this);
    m_detailPanel->setHeaderVisible(false);
    m_detailPanel->setAccessibleName(tr("Error"));
    m_splitter->setHandleWidth(size::kCardGap);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(m_detailPanel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    layout->addWidget(m_splitter, 1);

    applySort(ErrorList::ByUsers, false);
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        m_hold->showNow();
        m_shown.setTab(tab);
        stateOfList();
        selectRow();
    });
    connect(m_search, &SearchField::textChanged, this, [this](const QString &text) {
        m_hold->showNow();
        m_shown.setWords(text);
        stateOfList();
        selectRow();
    });
    connect(m_search, &SearchField::downPressed, m_table, [this] { m_table->setFocus(Qt::TabFocusReason); });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this](int sort) { applySort(sort, false); });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &ErrorsPage::sortByColumn);
    connect(m_detail, &ErrorDetailView::sessionRequested, this,
            [this](const QString &session) { Q_EMIT viewRequested(QStringLiteral("sessions"), session); });
    connect(m_detail, &ErrorDetailView::filterRequested, this, &ErrorsPage::filterBy);
    connect(m_listPanel, &Panel::retryRequested, this, &ErrorsPage::askGroups);
    connect(m_listPanel, &Panel::actionRequested, this, [this] {
        if (m_search->text().isEmpty())
            actOnNothing();
        else
            m_search->clear();
    });
    connect(m_detailPanel, &Panel::retryRequested, this, &ErrorsPage::askDetail);
    addKeys();
}

void ErrorsPage::addTriage()
{
    m_triage = new ErrorTriage({context().receiver, context().changes, [this] { return state().wallNow(); },
                                [this] { return chosen(); },
                                [this] {
                                    std::vector<ReleaseRow> rows = live().releases();
                                    std::sort(rows.begin(), rows.end(), [](const ReleaseRow &a, const ReleaseRow &b) {
                                        return versionParts(a.release) > versionParts(b.release);
                                    });
                                    QStringList names;
                                    for (const ReleaseRow &row : rows)
                                        names << itemtext::text(row.release);
                                    names.removeDuplicates();
                                    return names;
                                }},
                               this);
    connect(m_triage, &ErrorTriage::decided, this, [this] {
        m_hold->letGo();
        askGroups();
        askDetail();
    });
}

/// The selected rows, the current one first.
std::vector<ErrorGroupRow> ErrorsPage::chosen() const
{
    std::vector<ErrorGroupRow> rows;
    if (!m_table || !m_table->selectionModel())
        return rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        const ErrorGroupRow &row = m_groups.rowAt(m_shown.mapToSource(index).row());
        if (index.row() == m_table->currentIndex().row())
            rows.insert(rows.begin(), row);
        else
            rows.push_back(row);
    }
    return rows;
}

QWidget *ErrorsPage::makeTable()
{
    m_table = new QTableView;
    m_table->setModel(&m_shown);
    m_table->setAccessibleName(tr("Errors"));
    m_table->setItemDelegate(new IssueCellDelegate(
        [this](const ErrorGroupRow &row) { return firstBadSlice(row, m_range, live().releases()); },
        m_table));
    m_hold = new ListHold(m_table, [](int rows) { return tr("%Ln new error(s) · show (N)", nullptr, rows); });
    m_hold->setSorted(&m_shown);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->installEventFilter(this);
    m_table->setMouseTracking(true);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->viewport()->setAutoFillBackground(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(size::kRowTall));
    m_table->verticalHeader()->setMinimumSectionSize(scaled(size::kRowTall));
    QHeaderView *header = m_table->horizontalHeader();
    header->setFixedHeight(scaled(size::kHeaderHeight + 2));
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setMinimumSectionSize(scaled(40));
    header->setSectionResizeMode(ErrorGroupModel::Issue, QHeaderView::Stretch);
    m_columns = new TableColumns(m_table, ErrorGroupModel::Issue);
    connect(m_columns, &TableColumns::secondKeyRequested, this, &ErrorsPage::sortThenByColumn);
    connect(m_columns, &TableColumns::changed, this, &ErrorsPage::sizeColumns);
    m_listPanel = new Panel({}, {}, m_table, this);
    m_listPanel->setHeaderVisible(false);
    m_listPanel->setPadding({1, 1, 1, 1});
    m_listPanel->setAccessibleName(tr("Errors"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) {
                const QString group = index.isValid() ? index.data(KeyRole).toString() : QString();
                if (m_isRestoringSelection || group.isEmpty() || group == m_current)
                    return;
                m_isPinned = false;
                showDetailOf(group);
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, m_triage, &ErrorTriage::updateActions);
    m_listPanel->addActions({m_triage->resolve, m_triage->resolveMenu->menuAction(), m_triage->archive, m_triage->archiveMenu->menuAction(),
                             m_triage->reopen, m_triage->merge, m_triage->unmerge});
    return m_listPanel;
}

void ErrorsPage::applySort(int sort, bool isReversed)
{
    m_hold->showNow();
    m_isReversed = isReversed;
    m_shown.setSort(sort, isReversed);
    static constexpr std::array columns = {ErrorGroupModel::Users, ErrorGroupModel::Events, ErrorGroupModel::LastSeen, ErrorGroupModel::ColumnCount,
                                           ErrorGroupModel::Trend, ErrorGroupModel::Issue, ErrorGroupModel::Release, ErrorGroupModel::State};
    const auto column = columns[static_cast<std::size_t>(sort)];
    const bool isText = sort == ErrorList::ByIssue || sort == ErrorList::ByState; // which begin with A, figures with the most
    m_table->horizontalHeader()->setSortIndicator(column == ErrorGroupModel::ColumnCount ? -1 : column, isText != isReversed ? Qt::AscendingOrder : Qt::DescendingOrder);
    if (sort == m_shown.second())
        m_shown.setSecond(-1, false, -1); // it is the first one now
    sizeColumns();
    announceSort();
}

void ErrorsPage::announceSort()
{
    if (!isActive())
        return;
    const QString first = m_sort->itemText(m_sort->currentIndex());
    const QString sentence = m_isReversed ? tr("Sorted by %1, turned round").arg(first) : tr("Sorted by %1").arg(first);
    const QString second = m_sort->itemText(m_shown.second());
    const QString then = m_shown.isSecondReversed() ? tr("%1, then by %2, turned round", "how it is sorted first").arg(sentence, second)
                                                    : tr("%1, then by %2", "how it is sorted first").arg(sentence, second);
    Q_EMIT announced(m_shown.second() < 0 ? sentence : then);
}

int ErrorsPage::orderOf(int column)
{
    static constexpr std::array orders = {ErrorList::ByIssue,   ErrorList::ByTrend,    ErrorList::ByEvents, ErrorList::ByUsers,
                                          ErrorList::ByRelease, ErrorList::ByLastSeen, ErrorList::ByState};
    return column >= 0 && column < static_cast<int>(orders.size()) ? orders[static_cast<std::size_t>(column)] : ErrorList::ByUsers;
}

/// Where the first order finds no difference; asked for again, it turns round.
void ErrorsPage::sortThenByColumn(int column)
{
    m_hold->showNow();
    const int sort = column < 0 ? -1 : orderOf(column);
    if (sort == m_sort->currentIndex())
        return;
    m_shown.setSecond(sort, sort >= 0 && sort == m_shown.second() && !m_shown.isSecondReversed(), column);
    sizeColumns();
    announceSort();
}

/// A second click turns the order round.
void ErrorsPage::sortByColumn(int column)
{
    const int sort = orderOf(column);
    const bool isReversed = sort == m_sort->currentIndex() && !m_isReversed;
    const QSignalBlocker quiet(m_sort);
    m_sort->setCurrentIndex(sort);
    applySort(sort, isReversed);
}

QWidget *ErrorsPage::searchField()
{
    return m_search;
}

void ErrorsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    // Below 1180 px of window the detail lies under the list.
    const bool isNarrow = window()->width() < scaled(1180);
    m_splitter->setOrientation(isNarrow ? Qt::Vertical : Qt::Horizontal);
    m_detailPanel->setMinimumWidth(isNarrow ? 0 : scaled(424));
    if (isNarrow != m_isNarrow && !isNarrow)
        m_splitter->setSizes({event->size().width() - scaled(424) - size::kCardGap, scaled(424)});
    if (isNarrow)
        m_splitter->setSizes({event->size().height() * 45 / 100, event->size().height() * 55 / 100});
    m_isNarrow = isNarrow;
    m_against->setVisible(!isNarrow && !m_against->text().isEmpty()); // the header says it, too
    sizeColumns();
}

void ErrorsPage::sizeColumns()
{
    const int width = m_table->viewport()->width();
    QHeaderView *header = m_table->horizontalHeader();
    // What matters least goes first when there is no room.
    m_columns->setRoom(ErrorGroupModel::Release, width >= scaled(620));
    m_columns->setRoom(ErrorGroupModel::Trend, width >= scaled(540));
    using Model = ErrorGroupModel;
    header->setSortIndicatorShown(false); // else every column keeps room for it
    // The longest that a change is called.
    const Change few{Change::Kind::FewData, 0, Change::Better::Lower, ValueKind::Count};
    const int ofChange = static_cast<int>(QFontMetricsF(fontFor(FontRole::Caption)).horizontalAdvance(few.text(formatter()))) + scaled(18);
    for (const auto &[column, least] : {std::pair{Model::Trend, 104}, {Model::Events, 66}, {Model::Users, 64}, {Model::Release, 76},
                                        {Model::LastSeen, 142}, {Model::State, 98}}) {
        const int words = column == Model::Events && state().isComparing() ? ofChange : 0;
        const int arrow = column == header->sortIndicatorSection() ? scaled(kSortArrow) : 0;
        header->resizeSection(column, std::max({scaled(least), words, header->sectionSizeHint(column) + arrow}));
    }
    header->setSortIndicatorShown(true);
}

void ErrorsPage::refresh()
{
    askGroups();
    if (!m_current.isEmpty())
        askDetail();
}

void ErrorsPage::askGroups()
{
    const TimeRange range = state().effectiveRange();
    const Scope scope = honouredScope(range);
    m_hold->ask(listQuestion(scope));
    using Answer = Compared<std::vector<ErrorGroupRow>>;
    ask<Answer>(
        QStringLiteral("errors.groups"), m_listPanel,
        [scope, before = comparedScope(range)](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<ErrorGroupRow>>(scope, before, [&](const Scope &one) { return engine.errors(one, stop); });
        },
        [this, range](Answer answer) {
            showChanges(answer, range);
            takeGroups(std::move(answer.now), range);
        });
}

/// Shows them, or keeps what is new of them while somebody is at the list.
void ErrorsPage::takeGroups(std::vector<ErrorGroupRow> rows, TimeRange range)
{
    if (!m_hold->isHolding() || m_shown.rowCount() == 0) {
        showGroups(std::move(rows), range);
        return;
    }
    const auto keyOf = [](const ErrorGroupRow &row) { return row.group; };
    std::vector<ErrorGroupRow> ofTab;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(ofTab), [this](const ErrorGroupRow &row) { return m_shown.accepts(row); });
    const auto waiting = heldRows(m_groups.rows(), ofTab, keyOf).waiting;
    auto held = heldRows(m_groups.rows(), rows, keyOf);
    m_range = range;
    updateTabs(rows);
    m_hold->keep(static_cast<int>(waiting), [this, rows = std::move(rows), range] { showGroups(rows, range); });
    m_groups.setNow(state().now());
    m_groups.setRows(std::move(held.rows));
    selectRow(); // its figures have changed
}

/// How many events groups have against what is compared.
void ErrorsPage::showChanges(const Compared<std::vector<ErrorGroupRow>> &answer, TimeRange range)
{
    std::map<std::string, SaidChange> changes;
    const QString against = comparedWith(range);
    if (answer.before) {
        const Formatter words = formatter();
        std::map<std::string_view, double> earlier;
        for (const ErrorGroupRow &row : *answer.before)
            earlier.emplace(row.group, static_cast<double>(row.events));
        for (const ErrorGroupRow &row : answer.now) {
            const auto found = earlier.find(row.group);
            const double before = found == earlier.end() ? 0 : found->second;
            const auto now = static_cast<double>(row.events);
            changes.emplace(row.group, said(Change::ratio(now, before, Change::Better::Lower, now, before), words.count(before), against, words));
        }
    }
    m_groups.setChanges(std::move(changes), answer.before ? tr("Change of events: %1", "what they are compared with, with dates").arg(against) : QString());
    m_against->setText(answer.before ? tr("Δ events: %1", "what they are compared with, with dates").arg(against) : QString());
    m_against->setVisible(!m_isNarrow && answer.before);
}

void ErrorsPage::showGroups(std::vector<ErrorGroupRow> rows, TimeRange range)
{
    m_range = range;
    m_groups.setTimeZone(state().timeZone());
    m_groups.setNow(state().now());
    m_hold->shown();
    updateTabs(rows);
    m_isRestoringSelection = true;
    m_groups.setRows(std::move(rows));
    m_isRestoringSelection = false;
    stateOfList();
    sizeColumns();
    selectRow();
    m_triage->updateActions();
}

void ErrorsPage::updateTabs(const std::vector<ErrorGroupRow> &rows)
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const auto count = std::count_if(rows.begin(), rows.end(), [tab](const ErrorGroupRow &row) { return ErrorList::isIn(tab, row); });
        m_tabs->setCountAt(tab, tab == ErrorList::Unresolved || count > 0 ? count : -1);
    }
}

void ErrorsPage::stateOfList()
{
    if (m_shown.rowCount() > 0) {
        m_listPanel->showBody();
        return;
    }
    if (!m_search->text().isEmpty())
        m_listPanel->showEmpty(tr("Nothing found"),
                               tr("No error of this tab has “%1”.").arg(m_search->text()),
                               tr("Clear the search"));
    else if (!honouredFilter().isEmpty())
        showNothing(m_listPanel, tr("errors"));
    else if (m_tabs->currentIndex() == ErrorList::Unresolved)
        m_listPanel->showGood(tr("No unresolved errors"),
                              tr("%1 without one.").arg(state().rangeText(state().effectiveRange())));
    else
        m_listPanel->showEmpty(tr("None"), tr("No error is in this state in this time."));
    if (m_isPinned)
        return;
    m_current.clear();
    cancel(QStringLiteral("errors.detail"));
    m_detailPanel->showEmpty(tr("No error chosen"));
}

void ErrorsPage::selectRow()
{
    const int row = m_current.isEmpty() ? -1 : m_groups.rowOfKey(m_current.toStdString());
    QModelIndex index = row >= 0 ? m_shown.mapFromSource(m_groups.index(row, 0)) : QModelIndex();
    if (!index.isValid() && m_shown.rowCount() > 0)
        index = m_shown.index(0, 0);
    if (!index.isValid())
        return;
    if (m_table->currentIndex().row() != index.row())
        m_table->setCurrentIndex(index);
    const QString group = index.data(KeyRole).toString();
    if (group != m_current)
        showDetailOf(group);
    else if (row >= 0)
        m_detail->setGroup(m_groups.rowAt(row), m_range, state().now(), state().range().isLive,
                           live().releases());
}

void ErrorsPage::openGroup(const QString &group)
{
    m_search->clear();
    m_tabs->setCurrentIndex(ErrorList::Unresolved);
    m_current.clear();
    m_isPinned = true;
    const int row = m_groups.rowOfKey(group.toStdString());
    if (row >= 0) {
        m_current = group;
        selectRow();
    }
    showDetailOf(group);
}

void ErrorsPage::showDetailOf(const QString &group)
{
    m_current = group;
    m_detail->setFormatter(formatter());
    const int row = m_groups.rowOfKey(group.toStdString());
    if (row >= 0)
        m_detail->setGroup(m_groups.rowAt(row), m_range, state().now(), state().range().isLive,
                           live().releases());
    if (isActive())
        askDetail();
}

void ErrorsPage::askDetail()
{
    Scope scope = honouredScope();
    scope.limit = kMostOccurrences;
    const std::string group = m_current.toStdString();
    ask<DetailAnswer>(
        QStringLiteral("errors.detail"), m_detailPanel,
        [scope, group](Engine &engine, std::stop_token stop) -> Result<DetailAnswer> {
            auto occurrences = engine.errorGroup(group, scope, stop);
            if (!occurrences && occurrences.error().code == Error::Code::NotFound)
                return DetailAnswer{};
            if (!occurrences)
                return tl::unexpected(occurrences.error());
            DetailAnswer answer;
            answer.occurrences = std::move(occurrences->value);
            if (auto decisions = engine.decisions(group, stop))
                answer.decisions = std::move(decisions->value);
            if (answer.occurrences.empty() || answer.occurrences.front().session.empty())
                return answer;
            Scope whole = scope;
            whole.range = {};
            whole.filter = Filter();
            auto session = engine.session(answer.occurrences.front().session, whole, stop);
            if (session)
                answer.records = std::move(session->value.records);
            else if (session.error().code == Error::Code::Cancelled)
                return tl::unexpected(session.error());
            return answer;
        },
        [this](const DetailAnswer &answer) {
            if (answer.occurrences.empty()) {
                if (m_shown.rowCount() > 0)
                    m_detailPanel->showEmpty(tr("Not in this time"),
                                             tr("This error did not happen in the range that is shown."));
                return;
            }
            m_detail->setFormatter(formatter());
            m_detail->setOccurrences(answer.occurrences);
            m_detail->setHistory(answer.decisions);
            m_detail->setTrail(answer.records, answer.occurrences.front().time);
            m_detailPanel->showBody();
        });
}

void ErrorsPage::selectStep(int step)
{
    const int row = std::clamp(m_table->currentIndex().row() + step, 0, std::max(0, m_shown.rowCount() - 1));
    m_table->setCurrentIndex(m_shown.index(row, 0));
}

void ErrorsPage::addKeys()
{
    addKey(tr("Next error"), Qt::Key_J, [this] { selectStep(1); });
    addKey(tr("Previous error"), Qt::Key_K, [this] { selectStep(-1); });
    addKey(tr("Show new rows"), Qt::Key_N, [this] { m_hold->showNow(); });
    addKey(tr("Choose the row, too, or not"), Qt::Key_X, [this] {
        m_table->selectionModel()->select(m_table->currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    });
    for (QAction *action : {m_triage->resolve, m_triage->archive, m_triage->reopen})
        addKey(action);
}

/// Letters would search in the table.
bool ErrorsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::SelectAll)) { // all that match: the tab, the search, the filter
            m_table->selectAll();
            Q_EMIT told(tr("%Ln error(s) chosen", nullptr, m_shown.rowCount()));
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && handleKey(key->key()))
            return true;
    }
    return Page::eventFilter(watched, event);
}

} // namespace telltale
