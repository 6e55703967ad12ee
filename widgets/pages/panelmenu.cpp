// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/panelmenu.h"

#include "models/items/identity.h"
#include "models/items/itemroles.h"
#include "widgets/charts/chartwidget.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/kpirow.h"
#include "widgets/pages/page.h"
#include "widgets/pages/panelpicture.h"
#include "widgets/report/wholefile.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMimeData>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr double kImageScale = 2;

/// What an item model sorts by is what lies behind its words: instants are signed nanoseconds, counts unsigned.
QVariant rawValue(const QModelIndex &index)
{
    if (const QVariant raw = index.data(RawRole); raw.isValid())
        return raw;
    const QVariant value = index.data(SortRole);
    switch (value.typeId()) {
    case QMetaType::Double:
        return value.toDouble() < 0 ? QVariant() : value; // not known
    case QMetaType::Int:
    case QMetaType::ULongLong:
        return value;
    case QMetaType::LongLong:
        return QDateTime::fromMSecsSinceEpoch(value.toLongLong() / 1'000'000, Qt::UTC);
    default:
        return {};
    }
}

ExportTable tableOfView(const QAbstractItemView &view, bool onlySelected)
{
    ExportTable table;
    const QAbstractItemModel *model = view.model();
    const auto *grid = qobject_cast<const QTableView *>(&view);
    struct Column
    {
        int number;
        bool hasChange; ///< said below its figures: a column of its own in files
    };
    std::vector<Column> columns;
    for (int column = 0; column < model->columnCount(); ++column) {
        if (grid && grid->isColumnHidden(column) && !onlySelected)
            continue;
        table.columns << model->headerData(column, Qt::Horizontal).toString();
        const QString change = model->headerData(column, Qt::Horizontal, ChangeRole).toString();
        columns.push_back({column, !change.isEmpty()});
        if (!change.isEmpty())
            table.columns << change;
    }
    std::vector<int> rows;
    if (onlySelected && view.selectionModel()) {
        for (const QModelIndex &index : view.selectionModel()->selectedIndexes())
            rows.push_back(index.row());
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    } else {
        for (int row = 0; row < model->rowCount(); ++row)
            rows.push_back(row);
    }
    for (const int row : rows) {
        QStringList words;
        QVariantList values;
        for (const auto &[column, hasChange] : columns) {
            const QModelIndex index = model->index(row, column);
            words << index.data().toString();
            values << rawValue(index);
            if (hasChange) {
                words << index.data(ChangeRole).toString();
                values << index.data(ChangeAmountRole);
            }
        }
        table.rows.push_back(words);
        table.values.push_back(values);
    }
    return table;
}

/// The tiles, one a row.
ExportTable tableOfFigures(const KpiRow &row)
{
    ExportTable table;
    table.columns = {PanelMenu::tr("Figure"), PanelMenu::tr("Value"), PanelMenu::tr("Change")};
    for (int i = 0; i < KpiRow::kTiles; ++i) {
        const KpiFigure &figure = row.tile(i).figure();
        const Formatter &words = row.tile(i).formatter();
        const QString name = figure.span.isEmpty() ? figure.label : figure.label + QStringLiteral(", ") + figure.span;
        const bool isKnown = figure.value && std::isfinite(*figure.value);
        table.rows.push_back({name, isKnown ? words.valueText(*figure.value, figure.kind) : QStringLiteral("–"), figure.change.text(words)});
        table.values.push_back({QVariant(), isKnown ? QVariant(*figure.value) : QVariant(), figure.change.kind == Change::Kind::Ratio ? QVariant(figure.change.amount) : QVariant()});
    }
    return table;
}

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

ExportTable exportTableOf(const QWidget *widget, bool onlySelected)
{
    if (const auto *chart = qobject_cast<const ChartWidget *>(widget)) {
        ChartTable shown = chart->table();
        ExportTable table;
        table.columns = std::move(shown.columns);
        table.rows = std::move(shown.rows);
        table.values = std::move(shown.values);
        return table;
    }
    if (const auto *figures = qobject_cast<const KpiRow *>(widget))
        return tableOfFigures(*figures);
    if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model())
        return tableOfView(*view, onlySelected);
    return {};
}

PanelMenu::PanelMenu(Panel *panel, Page *page)
    : QMenu(panel)
    , m_panel(panel)
    , m_page(page)
{
    // What the view can do with its rows comes first.
    addActions(panel->actions());
    if (!panel->actions().isEmpty())
        addSeparator();
    const auto addCopy = [this](const QString &text, Use use) {
        connect(addAction(text), &QAction::triggered, this, [this, use = std::move(use)] { withTable(use); });
    };
    addCopy(tr("&Copy data"), [this](const ExportTable &shown) { copy(tableText(shown), tableHtml(shown)); });
    addCopy(tr("Copy as &Markdown"), [this](const ExportTable &shown) { copy(tableMarkdown(shown)); });
    addCopy(tr("Copy as &JSON"), [this](const ExportTable &shown) { copy(QString::fromStdString(tableJson(shown))); });
    addCopy(tr("Copy &image"), [this](const ExportTable &shown) { copyImage(shown); });
    addSeparator();
    connect(addAction(tr("&Export data…")), &QAction::triggered, this, &PanelMenu::exportData);
    connect(addAction(tr("E&xport image…")), &QAction::triggered, this,
            [this] { chooseFile({QStringLiteral("PNG (*.png)"), QStringLiteral("SVG (*.svg)")}); });
    addSeparator();
    m_withNames = addAction(tr("&With whole ids of users and sessions"));
    m_withNames->setCheckable(true);
    m_withNames->setVisible(identity::areShown());
    connect(addAction(tr("A&dd to report")), &QAction::triggered, this, [this] {
        Q_EMIT m_page->reportRequested(table());
    });
    connect(addAction(tr("Show as &table…")), &QAction::triggered, this, &PanelMenu::showTable);
    m_explain = addAction(tr("Explain this &number…"));
    connect(m_explain, &QAction::triggered, this, [this] { m_page->explain(nameOf(*m_panel), m_panel->questions()); });
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
    found.asked = m_page->asked();
    for (const auto &fact : m_page->factsOf(*m_panel))
        found.asked.push_back(fact);
    found.asked.emplace_back(tr("Rows"), QLocale().toString(static_cast<qulonglong>(found.rows.size())));
    return found;
}

void PanelMenu::withTable(Use use)
{
    m_page->askSample(QStringLiteral("window.sample.%1").arg(reinterpret_cast<quintptr>(this)),
                      [use = std::move(use), shown = table()](const QString &sample) mutable {
                          if (!sample.isEmpty())
                              shown.asked.emplace_back(tr("Looked at"), sample);
                          use(shown);
                      });
}

void PanelMenu::copy(const QString &text, const QString &html)
{
    auto *copied = new QMimeData;
    copied->setText(text);
    if (!html.isEmpty())
        copied->setHtml(html);
    QApplication::clipboard()->setMimeData(copied);
    Q_EMIT m_page->told(tr("Copied."));
}

void PanelMenu::copyImage(const ExportTable &shown)
{
    QApplication::clipboard()->setImage(PanelPicture(*m_panel, shown.title, shown.asked).image(kImageScale));
    Q_EMIT m_page->told(tr("Copied."));
}

void PanelMenu::chooseFile(const QStringList &filters)
{
    QString name = m_panel->title().isEmpty() ? m_panel->accessibleName() : m_panel->title();
    name.replace(u'/', u'-');
    QString chosen;
    QString path = QFileDialog::getSaveFileName(this, tr("Export “%1”").arg(name), name, filters.join(QStringLiteral(";;")), &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + chosen.section(QStringLiteral("*."), 1).chopped(1);
    exportTo(path);
}

void PanelMenu::exportData()
{
    chooseFile({QStringLiteral("CSV (*.csv)"), QStringLiteral("XLSX (*.xlsx)"), QStringLiteral("JSON (*.json)")});
}

void PanelMenu::exportTo(const QString &path)
{
    withTable([this, path](const ExportTable &shown) {
        if (const auto format = tableFormatOf(path))
            m_page->write(path, [shown, format = *format, words = m_page->formatter(), path] { return writeTable(shown, format, words, path); });
        else
            writeImage(shown, path);
    });
}

void PanelMenu::writeImage(const ExportTable &shown, const QString &path)
{
    // Widgets are painted on this thread, which takes some milliseconds; packing and writing is not.
    const PanelPicture picture(*m_panel, shown.title, shown.asked);
    if (QFileInfo(path).suffix().compare(u"svg", Qt::CaseInsensitive) == 0) {
        m_page->write(path, [svg = picture.svg().toStdString(), path] { return writeWhole(svg, path); });
        return;
    }
    m_page->write(path, [image = picture.image(kImageScale), path]() -> Result<void> {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (!image.save(&buffer, "PNG"))
            return failure(Error::Code::Io, "the picture could not be made");
        return writeWhole(png.toStdString(), path);
    });
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
    return QMenu::eventFilter(watched, event);
}

} // namespace telltale
