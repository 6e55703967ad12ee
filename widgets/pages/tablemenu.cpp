// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/tablemenu.h"

#include "models/items/identity.h"
#include "models/items/itemroles.h"
#include "widgets/charts/chartwidget.h"
#include "widgets/pages/kpirow.h"
#include "widgets/pages/page.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/panelpicture.h"
#include "widgets/report/wholefile.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr double kImageScale = 2; ///< pixels to a pixel

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
        const QVariant plain = model->headerData(column, Qt::Horizontal, Qt::EditRole); // without marks of the order
        table.columns << (plain.isValid() ? plain : model->headerData(column, Qt::Horizontal)).toString();
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
        const QVariant held = model->headerData(0, Qt::Vertical, HeldRowsRole);
        const int count = held.isValid() ? std::min(held.toInt(), model->rowCount()) : model->rowCount();
        for (int row = 0; row < count; ++row)
            rows.push_back(row);
    }
    for (const int row : rows) {
        QStringList words;
        QVariantList values;
        for (const auto &[column, hasChange] : columns) {
            const QModelIndex index = model->index(row, column);
            const QVariant said = index.data(WordsRole);
            words << (said.isValid() ? said : index.data()).toString();
            const QVariant raw = index.data(RawRole);
            values << (raw.isValid() ? raw : exportValue(index.data(SortRole)));
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

} // namespace

/// Instants are signed nanoseconds, counts unsigned.
QVariant exportValue(const QVariant &value)
{
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

bool copySelected(const QWidget *widget)
{
    const identity::Scope pseudonyms(false); // what leaves the window names nobody
    const ExportTable table = exportTableOf(widget, true);
    if (table.columns.isEmpty())
        return false;
    auto *copied = new QMimeData;
    copied->setText(tableText(table));
    copied->setHtml(tableHtml(table));
    QApplication::clipboard()->setMimeData(copied);
    return true;
}

TableMenu::TableMenu(Page *page, QWidget *pictured)
    : QMenu(pictured)
    , m_page(page)
    , m_pictured(pictured)
{}

void TableMenu::addCopyActions()
{
    const auto add = [this](const QString &text, Use use) {
        connect(addAction(text), &QAction::triggered, this, [this, use = std::move(use)] { withTable(use); });
    };
    add(PanelMenu::tr("&Copy data"), [this](const ExportTable &shown) { copy(tableText(shown), tableHtml(shown)); });
    add(PanelMenu::tr("Copy as &Markdown"), [this](const ExportTable &shown) { copy(tableMarkdown(shown)); });
    add(PanelMenu::tr("Copy as &JSON"), [this](const ExportTable &shown) { copy(QString::fromStdString(tableJson(shown))); });
    add(PanelMenu::tr("Copy &image"), [this](const ExportTable &shown) { copyImage(shown); });
}

void TableMenu::addExportActions()
{
    connect(addAction(PanelMenu::tr("&Export data…")), &QAction::triggered, this, &TableMenu::exportData);
    connect(addAction(PanelMenu::tr("E&xport image…")), &QAction::triggered, this,
            [this] { chooseFile({QStringLiteral("PNG (*.png)"), QStringLiteral("SVG (*.svg)")}); });
}

void TableMenu::withTable(Use use)
{
    m_page->askSample(QStringLiteral("window.sample.%1").arg(reinterpret_cast<quintptr>(this)),
                      [use = std::move(use), shown = table()](const QString &sample) mutable {
                          if (!sample.isEmpty())
                              shown.asked.emplace_back(PanelMenu::tr("Looked at"), sample);
                          use(shown);
                      });
}

void TableMenu::copy(const QString &text, const QString &html)
{
    auto *copied = new QMimeData;
    copied->setText(text);
    if (!html.isEmpty())
        copied->setHtml(html);
    QApplication::clipboard()->setMimeData(copied);
    Q_EMIT m_page->told(PanelMenu::tr("Copied."));
}

void TableMenu::chooseFile(const QStringList &filters)
{
    QString name = table().title;
    name.replace(u'/', u'-');
    QString chosen;
    QString path = QFileDialog::getSaveFileName(this, PanelMenu::tr("Export “%1”").arg(name), name, filters.join(QStringLiteral(";;")), &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + chosen.section(QStringLiteral("*."), 1).chopped(1);
    exportTo(path);
}

void TableMenu::exportData()
{
    chooseFile({QStringLiteral("CSV (*.csv)"), QStringLiteral("XLSX (*.xlsx)"), QStringLiteral("JSON (*.json)")});
}

void TableMenu::exportTo(const QString &path)
{
    withTable([this, path, format = tableFormatOf(path)](const ExportTable &shown) {
        if (format)
            m_page->write(path, [shown, format = *format, words = m_page->formatter(), path] { return writeTable(shown, format, words, path); });
        else
            writeImage(shown, path);
    });
}

void TableMenu::copyImage(const ExportTable &shown)
{
    QApplication::clipboard()->setImage(PanelPicture(*m_pictured, shown.title, shown.asked).image(kImageScale));
    Q_EMIT m_page->told(PanelMenu::tr("Copied."));
}

void TableMenu::writeImage(const ExportTable &shown, const QString &path)
{
    // Widgets are painted on this thread, which takes some milliseconds; packing and writing is not.
    const PanelPicture picture(*m_pictured, shown.title, shown.asked);
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

ListMenu::ListMenu(QAbstractItemView *view, Page *page)
    : TableMenu(page, view)
    , m_view(view)
{
    addCopyActions();
    addSeparator();
    addExportActions();
    connect(this, &QMenu::aboutToShow, this, [this] {
        const bool hasRows = !table().rows.empty();
        for (QAction *action : actions())
            action->setEnabled(hasRows);
    });
}

ExportTable ListMenu::table() const
{
    const identity::Scope pseudonyms(false);
    ExportTable found = exportTableOf(m_view);
    found.title = m_view->accessibleName();
    found.asked = page()->askedAnywhere();
    found.asked.emplace_back(PanelMenu::tr("Rows"), QLocale().toString(static_cast<qulonglong>(found.rows.size())));
    return found;
}

} // namespace telltale
