// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/panelmenu.h"

#include "models/items/bucketchoice.h"
#include "models/items/identity.h"
#include "models/items/itemroles.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/filterwords.h"
#include "widgets/pages/page.h"
#include "widgets/pages/tablecolumns.h"

#include <QAbstractItemView>
#include <QActionGroup>
#include <QContextMenuEvent>
#include <QDialog>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace telltale {

namespace {

/// A chart's or a list's rows as a model for "Show as table".
class TableModel final : public QAbstractTableModel
{
public:
    TableModel(ExportTable table, QObject *parent)
        : QAbstractTableModel(parent)
        , m_table(std::move(table))
    {}
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const auto row = static_cast<std::size_t>(index.row());
        const QVariant value = row < m_table.values.size() ? m_table.values[row].value(index.column()) : QVariant();
        if (role == Qt::DisplayRole)
            return m_table.rows[row].value(index.column());
        if (role == SortRole)
            return value.isValid() ? value : QVariant(m_table.rows[row].value(index.column()));
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(Qt::Alignment((value.isValid() && value.typeId() != QMetaType::QDateTime ? Qt::AlignRight : Qt::AlignLeft) |
                                                     Qt::AlignVCenter));
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
            return m_table.columns.value(section);
        return QAbstractTableModel::headerData(section, orientation, role);
    }

private:
    ExportTable m_table;
};

QString nameOf(const Panel &panel)
{
    return panel.title().isEmpty() ? panel.accessibleName() : panel.title();
}

} // namespace

PanelMenu::PanelMenu(Panel *panel, Page *page)
    : TableMenu(page, panel)
    , m_panel(panel)
{
    // What can be done with one row comes first, then what the view can do with its rows.
    m_only = addMenu(tr("On&ly"));
    m_without = addMenu(tr("Wit&hout"));
    m_beside = addMenu(tr("&Beside what is asked for"));
    m_openSession = addAction(tr("Open &session"));
    connect(m_openSession, &QAction::triggered, this, [this, page] { Q_EMIT page->viewRequested(QStringLiteral("sessions"), m_openSession->data().toString()); });
    m_afterRow = addSeparator();
    addActions(panel->actions());
    if (!panel->actions().isEmpty())
        addSeparator();
    addTableMenus();
    addBuckets();
    addCopyActions();
    addSeparator();
    addExportActions();
    addSeparator();
    m_withNames = addAction(tr("&With whole ids of users and sessions"));
    m_withNames->setCheckable(true);
    m_withNames->setVisible(identity::areShown());
    connect(addAction(tr("A&dd to report")), &QAction::triggered, this, [this, page] {
        Q_EMIT page->reportRequested(table());
    });
    connect(addAction(tr("Show as &table…")), &QAction::triggered, this, &PanelMenu::showTable);
    m_explain = addAction(tr("Explain this &number…"));
    connect(m_explain, &QAction::triggered, this, [this, page] { page->explain(nameOf(*m_panel), m_panel->questions()); });
    connect(this, &QMenu::aboutToShow, this, [this] {
        const bool hasRows = m_panel->isShowingBody() && !table().rows.empty();
        for (QAction *action : actions()) {
            if (action->parent() == this)
                action->setEnabled(hasRows);
        }
        offerRow();
        m_withNames->setVisible(identity::areShown());
        m_explain->setEnabled(!m_panel->questions().empty());
    });
    panel->body()->installEventFilter(this);
    for (QWidget *widget : panel->body()->findChildren<QWidget *>())
        widget->installEventFilter(this);
}

/// What a right click on the header of a list offers, for keys.
void PanelMenu::addTableMenus()
{
    for (QTableView *table : m_panel->findChildren<QTableView *>()) {
        const TableColumns *columns = TableColumns::of(table);
        if (!columns)
            continue;
        addMenu(columns->columnsMenu());
        if (columns->isSortable())
            addMenu(columns->secondMenu());
        addSeparator();
        return;
    }
}

void PanelMenu::addBuckets()
{
    if (!m_panel->property(kHasBuckets).toBool())
        return;
    m_buckets = addMenu(tr("B&uckets"));
    connect(m_buckets, &QMenu::aboutToShow, this, &PanelMenu::fillBuckets);
    addSeparator();
}

/// All sizes; those that the range is too short or too long for can not be chosen.
void PanelMenu::fillBuckets()
{
    m_buckets->clear();
    ViewState &state = page()->viewState();
    const auto width = state.range().length();
    auto *sizes = new QActionGroup(m_buckets);
    const auto add = [&](const QString &text, std::optional<ActivityStep> step) {
        QAction *action = m_buckets->addAction(text);
        action->setCheckable(true);
        action->setChecked(state.pinnedStep() == step);
        action->setEnabled(!step || isUsableStep(width, *step));
        sizes->addAction(action);
        connect(action, &QAction::triggered, this, [this, step] { page()->viewState().setPinnedStep(step); });
    };
    add(tr("&Automatic (%1)", "size of buckets").arg(stepText(activityStepFor(width))), std::nullopt);
    for (const ActivityStep step : activitySteps())
        add(stepText(step), step);
}

/// Where somebody clicked, else the current one of a list in the panel, that with the focus first.
QModelIndex PanelMenu::rowAsked() const
{
    if (m_asked.isValid() && m_askedView)
        return m_asked;
    QModelIndex found;
    QList<const QWidget *> candidates{m_panel->body()};
    for (const QWidget *child : m_panel->body()->findChildren<QWidget *>())
        candidates << child;
    for (const QWidget *widget : candidates) {
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        if (view && view->isVisibleTo(m_panel) && view->currentIndex().isValid() && (!found.isValid() || view->hasFocus()))
            found = view->currentIndex();
    }
    return found;
}

void PanelMenu::offerRow()
{
    const QModelIndex row = m_panel->isShowingBody() ? rowAsked() : QModelIndex();
    m_asked = QPersistentModelIndex();
    const QVariantList terms = row.data(FilterTermsRole).toList();
    const QStringList fields = page()->filteredFields();
    for (QMenu *menu : {m_only, m_without, m_beside})
        menu->clear();
    for (const QVariant &term : terms) {
        const QString field = term.toStringList().value(0), value = term.toStringList().value(1);
        const QString words = termInWords(ViewState::termText(field, value)).replace(u'&', QStringLiteral("&&")); // names of strangers set no mnemonics
        connect(m_only->addAction(words), &QAction::triggered, this, [this, field, value] { page()->filterBy(field, value); });
        connect(m_without->addAction(words), &QAction::triggered, this, [this, field, value] { page()->filterBy(field, value, Qt::AltModifier); });
        if (fields.contains(field))
            connect(m_beside->addAction(words), &QAction::triggered, this, [this, field, value] { page()->filterBy(field, value, Qt::ControlModifier); });
    }
    m_only->menuAction()->setVisible(!terms.isEmpty());
    m_without->menuAction()->setVisible(!terms.isEmpty());
    m_beside->menuAction()->setVisible(!m_beside->isEmpty());
    m_openSession->setData(row.data(SessionRole));
    m_openSession->setVisible(!row.data(SessionRole).toString().isEmpty());
    m_afterRow->setVisible(!terms.isEmpty() || m_openSession->isVisible());
}

ExportTable PanelMenu::table() const
{
    const identity::Scope names(identity::areShown() && m_withNames->isChecked());
    QList<const QWidget *> candidates{m_panel->body()};
    for (const QWidget *child : m_panel->body()->findChildren<QWidget *>())
        candidates << child;
    ExportTable found;
    for (const QWidget *widget : candidates) {
        if (widget->isVisibleTo(m_panel))
            found = exportTableOf(widget);
        if (!found.columns.isEmpty())
            break;
    }
    found.title = nameOf(*m_panel);
    found.asked = page()->asked();
    for (const auto &fact : page()->factsOf(*m_panel))
        found.asked.push_back(fact);
    const auto rows = QLocale().toString(static_cast<qulonglong>(found.rows.size()));
    const auto list = page()->longList(*m_panel, false);
    found.asked.emplace_back(tr("Rows"), list && list->total > found.rows.size()
                                             ? tr("the first %1 of %2").arg(rows, QLocale().toString(static_cast<qulonglong>(list->total)))
                                             : rows);
    return found;
}

void PanelMenu::exportTo(const QString &path)
{
    const auto format = tableFormatOf(path);
    auto list = page()->longList(*m_panel, identity::areShown() && m_withNames->isChecked());
    if (!format || !list || list->total <= table().rows.size()) {
        TableMenu::exportTo(path);
    } else {
        withTable([this, path, format = *format, list = std::move(*list)](ExportTable shown) {
            for (auto &[what, value] : shown.asked) {
                if (what == tr("Rows"))
                    value = QLocale().toString(static_cast<qulonglong>(list.total));
            }
            page()->writeLong(path, format, std::move(shown), list);
        });
    }
}

void PanelMenu::showTable()
{
    auto *dialog = new QDialog(m_panel->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    ExportTable shown = table();
    dialog->setWindowTitle(shown.title);
    dialog->resize(760, 520);
    auto *layout = new QVBoxLayout(dialog);
    auto *view = new DataTable(shown.title, dialog);
    view->setSource(new TableModel(std::move(shown), view));
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->resizeColumnsToContents();
    view->horizontalHeader()->setStretchLastSection(true);
    layout->addWidget(view);
    dialog->show();
}

bool PanelMenu::eventFilter(QObject *watched, QEvent *event)
{
    const auto *header = qobject_cast<const QHeaderView *>(watched->parent());
    const auto *table = header ? qobject_cast<const QTableView *>(header->parent()) : nullptr;
    const bool hasOwnMenu = table && header == table->horizontalHeader() && TableColumns::of(table);
    if (event->type() == QEvent::ContextMenu && m_panel->isShowingBody() && !hasOwnMenu) {
        const auto *asked = static_cast<QContextMenuEvent *>(event);
        m_askedView = qobject_cast<const QAbstractItemView *>(watched->parent());
        if (m_askedView && watched == m_askedView->viewport() && asked->reason() == QContextMenuEvent::Mouse)
            m_asked = m_askedView->indexAt(asked->pos());
        popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    return TableMenu::eventFilter(watched, event);
}

} // namespace telltale
