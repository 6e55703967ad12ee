// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/clipboard.h"

#include "widgets/charts/chartwidget.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPixmap>

#include <algorithm>

namespace telltale {

namespace {

QString cell(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\n', u' ');
}

void copyTable(const ChartTable &table)
{
    QString lines = table.columns.join(u'\t') + u'\n';
    QString html = QStringLiteral("<table><tr>");
    for (const QString &column : table.columns)
        html += QStringLiteral("<th>") + column.toHtmlEscaped() + QStringLiteral("</th>");
    html += QStringLiteral("</tr>");
    for (const QStringList &row : table.rows) {
        QStringList cells;
        html += QStringLiteral("<tr>");
        for (const QString &text : row) {
            cells.append(cell(text));
            html += QStringLiteral("<td>") + text.toHtmlEscaped() + QStringLiteral("</td>");
        }
        lines += cells.join(u'\t') + u'\n';
        html += QStringLiteral("</tr>");
    }
    html += QStringLiteral("</table>");
    auto *data = new QMimeData;
    data->setText(lines);
    data->setHtml(html);
    QApplication::clipboard()->setMimeData(data);
}

ChartTable tableOf(const QAbstractItemView &view)
{
    ChartTable table;
    const QAbstractItemModel *model = view.model();
    for (int column = 0; column < model->columnCount(); ++column)
        table.columns.append(model->headerData(column, Qt::Horizontal).toString());
    QModelIndexList chosen =
        view.selectionModel() ? view.selectionModel()->selectedIndexes() : QModelIndexList();
    std::vector<int> rows;
    for (const QModelIndex &index : std::as_const(chosen))
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : rows) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells.append(model->index(row, column).data().toString());
        table.rows.push_back(cells);
    }
    return table;
}

} // namespace

bool copyFocused()
{
    for (QWidget *widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        if (const auto *chart = qobject_cast<const ChartWidget *>(widget)) {
            copyTable(chart->table());
            return true;
        }
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
            copyTable(tableOf(*view));
            return true;
        }
    }
    return false;
}

void copyImage(QWidget &widget)
{
    QApplication::clipboard()->setPixmap(widget.grab());
}

} // namespace telltale
