// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/panelmenu.h"

#include "models/items/identity.h"
#include "models/items/itemroles.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/page.h"

#include <QContextMenuEvent>
#include <QDialog>
#include <QHeaderView>
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
    // What the view can do with its rows comes first.
    addActions(panel->actions());
    if (!panel->actions().isEmpty())
        addSeparator();
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
        m_withNames->setVisible(identity::areShown());
        m_explain->setEnabled(!m_panel->questions().empty());
    });
    panel->body()->installEventFilter(this);
    for (QWidget *widget : panel->body()->findChildren<QWidget *>())
        widget->installEventFilter(this);
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
    if (event->type() == QEvent::ContextMenu && m_panel->isShowingBody()) {
        popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    return TableMenu::eventFilter(watched, event);
}

} // namespace telltale
