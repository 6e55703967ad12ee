// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sourcespage.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/pages/sourcedetail.h"

#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

namespace telltale {

namespace {

constexpr int kDetailWidth = 366;
constexpr int kNameWidth = 160;   ///< what the stretched first column needs at least

/// Columns with their widths, the one that is missed least last.
using Columns = std::initializer_list<std::pair<int, int>>;
constexpr Columns kSenderColumns{{SourceModel::State, 104},           {SourceModel::Rejected, 72}, {SourceModel::LastEvent, 84}, {SourceModel::Rate, 58},
                                 {SourceModel::ClockDifference, 92}, {SourceModel::Lag, 66},      {SourceModel::Dropped, 88},   {SourceModel::Duplicates, 70}};
constexpr Columns kDoorColumns{{DoorModel::State, 136}, {DoorModel::Address, 214}, {DoorModel::Requests, 82}, {DoorModel::Last, 92}};

/// Shows as many as there is room for; everything is in the detail.
void fitColumns(DataTable *table, Columns columns, int width)
{
    int room = width - scaled(kNameWidth);
    for (const auto &[column, wanted] : columns) {
        table->setColumnHidden(column, false); // else its title has no width
        const int needed = std::max(scaled(wanted), table->horizontalHeader()->sectionSizeHint(column));
        room -= needed;
        table->setColumnHidden(column, room < 0);
        if (room >= 0)
            table->setColumnWidth(column, needed);
    }
}

/// The first column with the lamp before the name.
class LampCellDelegate final : public DataCellDelegate
{
public:
    LampCellDelegate(int stateRole, int codeColumn, QObject *parent)
        : DataCellDelegate(codeColumn, parent)
        , m_stateRole(stateRole)
    {}
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (index.column() != 0) {
            DataCellDelegate::paint(painter, option, index);
            return;
        }
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintRowGround(painter, option, tokens, true);
        const QRect room = option.rect.adjusted(scaled(8), 0, -scaled(6), -1);
        const QRect lamp = QStyle::visualRect(option.direction, option.rect, QRect(room.left(), room.top(), scaled(16), room.height()));
        const QRect text = QStyle::visualRect(option.direction, option.rect, room.adjusted(scaled(22), 0, 0, 0));
        paintLamp(painter, QRectF(lamp).center(), Lamp::kSidebar, lampStateOf(static_cast<SourceState>(index.data(m_stateRole).toInt())), tokens);
        paintText(painter, text, FontRole::BodyStrong, tokens.text, index.data().toString(),
                  QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        painter->restore();
    }

private:
    int m_stateRole;
};

} // namespace

SourcesPage::SourcesPage(const PageContext &context, SourceControl *control, QWidget *parent)
    : Page(context, parent)
    , m_control(control)
{
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setHandleWidth(size::kCardGap);
    m_splitter->setChildrenCollapsible(false);
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kCardGap);
    column->addWidget(makeSenders(), 5);
    column->addWidget(makeDoors(), 4);
    m_splitter->addWidget(left);
    m_detail = new SourceDetail(context, control);
    auto *panel = new Panel({}, {}, m_detail, this);
    panel->setHeaderVisible(false);
    panel->setAccessibleName(tr("The chosen source"));
    panel->setMinimumWidth(scaled(260));
    panel->showBody();
    m_splitter->addWidget(panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({scaled(800), scaled(kDetailWidth)});
    m_file = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_file->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_file);

    connect(m_detail, &SourceDetail::told, this, &Page::told);
    connect(m_detail, &SourceDetail::editingEnded, this, [this] { showDetail(); });
    connect(&live(), &LiveStatus::changed, this, [this] {
        if (isActive())
            refresh();
    });
    if (m_control)
        connect(m_control, &SourceControl::changed, this, [this] { refresh(); });
    refresh();
}

QWidget *SourcesPage::makeSenders()
{
    m_senders = new DataTable(tr("Who sends"));
    m_senders->setSource(&live().sources());
    m_senders->setItemDelegate(new LampCellDelegate(SourceModel::StateRole, -1, m_senders));
    m_senders->setColumns(SourceModel::Source, kSenderColumns);
    m_senders->installEventFilter(this);
    // Protocol, requests and records are in the detail.
    for (const int column : {SourceModel::Protocol, SourceModel::Requests, SourceModel::Records})
        m_senders->setColumnHidden(column, true);
    m_senderPanel = new Panel(tr("Who sends"), tr("a row says everything about it"), m_senders, this);
    connect(m_senderPanel, &Panel::actionRequested, this, [this] { Q_EMIT viewRequested(QStringLiteral("connect"), {}); });
    connect(m_senders->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (index.isValid())
            choose(Chosen::Sender);
    });
    connect(m_senders, &QTableView::clicked, this, [this] { choose(Chosen::Sender); });
    return m_senderPanel;
}

QWidget *SourcesPage::makeDoors()
{
    m_doorTable = new DataTable(tr("Where it comes in"));
    m_doorTable->setSource(&m_doors);
    m_doorTable->setItemDelegate(new LampCellDelegate(DoorModel::StateRole, DoorModel::Address, m_doorTable));
    m_doorTable->setColumns(DoorModel::Name, kDoorColumns);
    m_doorTable->installEventFilter(this);
    m_doorPanel = new Panel(tr("Where it comes in"), tr("receivers, targets, brokers, files"), m_doorTable, this);
    auto *add = makeButton(IconId::Plus, tr("Add"));
    m_addMenu = new QMenu(this);
    add->setMenu(m_addMenu);
    add->setEnabled(m_control != nullptr);
    connect(m_addMenu, &QMenu::aboutToShow, this, &SourcesPage::fillAddMenu);
    m_doorPanel->addCorner(add);
    connect(m_doorTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (index.isValid())
            choose(Chosen::Door);
    });
    connect(m_doorTable, &QTableView::clicked, this, [this] { choose(Chosen::Door); });
    return m_doorPanel;
}

void SourcesPage::fillAddMenu()
{
    m_addMenu->clear();
    for (const SourceKind &kind : sourceKinds()) {
        if (!kind.canAdd(m_control->settings()))
            continue;
        connect(m_addMenu->addAction(kind.name), &QAction::triggered, this, [this, &kind] {
            m_senders->clearSelection();
            m_doorTable->clearSelection();
            m_chosen = Chosen::Nothing;
            m_detail->edit(kind, {});
        });
    }
}

void SourcesPage::choose(Chosen chosen)
{
    m_chosen = chosen;
    m_isChosenByPerson = m_isChosenByPerson || !m_isChoosing;
    // One row of the page is the chosen one.
    DataTable *other = chosen == Chosen::Sender ? m_doorTable : m_senders;
    const QSignalBlocker quiet(other->selectionModel());
    other->selectionModel()->clear();
    other->viewport()->update();
    showDetail();
}

void SourcesPage::openSource(const QString &key)
{
    const SourceModel &model = live().sources();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data(KeyRole).toString() == key) {
            m_senders->setSourceRow(row);
            choose(Chosen::Sender);
        }
    }
}

void SourcesPage::openDoor(const QString &id)
{
    for (int row = 0; row < m_doors.rowCount(); ++row) {
        if (m_doors.index(row, 0).data(KeyRole).toString() == id) {
            m_doorTable->setSourceRow(row);
            choose(Chosen::Door);
        }
    }
}

void SourcesPage::showDoors()
{
    m_doors.setNow(state().wallNow());
    m_doors.setRows(m_control ? m_control->doors() : std::vector<DoorRow>());
    if (m_doors.rowCount() > 0)
        m_doorPanel->showBody();
    else
        m_doorPanel->showEmpty(tr("Nothing is received here."), m_control ? tr("Add turns a receiver on.") : tr("The window was started with --no-receive."));
    if (!m_control) {
        m_file->hide();
        return;
    }
    QString words = tr("Settings are kept in %1.").arg(m_control->settingsPath());
    if (!m_control->isReceiving())
        words += u' ' + tr("Another Telltale receives for this cache: what is changed here holds from its next start on.");
    for (const QString &problem : m_control->problems())
        words += u'\n' + problem;
    m_file->setInk(m_control->problems().isEmpty() ? Ink::Text2 : Ink::Warn);
    m_file->setText(words);
}

void SourcesPage::showDetail()
{
    if (m_detail->isEditing())
        return;
    const int sender = m_senders->sourceRow();
    const int door = m_doorTable->sourceRow();
    if (m_chosen == Chosen::Sender && sender >= 0)
        m_detail->showSender(live().sources().rowAt(sender), state().wallNow());
    else if (m_chosen == Chosen::Door && door >= 0)
        m_detail->showDoor(m_doors.rowAt(door), state().wallNow());
    else
        m_detail->showNothing();
}

void SourcesPage::refresh()
{
    if (live().sources().rowCount() > 0)
        m_senderPanel->showBody();
    else
        m_senderPanel->showEmpty(tr("Nobody has sent anything yet."), tr("Connect shows what to add to an app."), tr("Connect an app"));
    showDoors();
    if (!m_isChosenByPerson && m_chosen != Chosen::Sender && !m_detail->isEditing()) {
        const QScopedValueRollback choosing(m_isChoosing, true);
        // Something to read from the start: what needs a look, else the first.
        const SourceModel &model = live().sources();
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.stateOf(model.rowAt(row)) == SourceState::Error)
                return openSource(model.index(row, 0).data(KeyRole).toString());
        }
        if (model.rowCount() > 0)
            return openSource(model.index(0, 0).data(KeyRole).toString());
        if (m_doors.rowCount() > 0)
            return openDoor(m_doors.index(0, 0).data(KeyRole).toString());
    }
    showDetail();
}

bool SourcesPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_senders)
        fitColumns(m_senders, kSenderColumns, static_cast<QResizeEvent *>(event)->size().width());
    if (event->type() == QEvent::Resize && watched == m_doorTable)
        fitColumns(m_doorTable, kDoorColumns, static_cast<QResizeEvent *>(event)->size().width());
    return Page::eventFilter(watched, event);
}

} // namespace telltale
