// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chartaccessible.h"

#include "widgets/charts/chartwidget.h"

#include <QAccessibleWidget>

#include <map>
#include <utility>

namespace telltale {

namespace {

/// One cell of a chart's table.
class ChartCell final : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    ChartCell(ChartWidget *chart, int row, int column)
        : m_chart(chart)
        , m_row(row)
        , m_column(column)
    {}

    bool isValid() const override { return m_chart && m_chart->isVisible(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override
    {
        return m_chart && m_chart->window() ? m_chart->window()->windowHandle() : nullptr;
    }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_chart); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name && kind != QAccessible::Value)
            return {};
        const ChartTable table = m_chart->table();
        if (std::size_t(m_row) >= table.rows.size())
            return {};
        return table.rows[std::size_t(m_row)].value(m_column);
    }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override { return QAccessible::queryAccessibleInterface(m_chart)->rect(); }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this)
                                                       : nullptr;
    }

    bool isSelected() const override { return false; }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    ChartWidget *m_chart;
    int m_row, m_column;
};

/// A chart: role, name, one sentence, its numbers as a table, the words at the cursor as its value.
class ChartInterface final : public QAccessibleWidget,
                             public QAccessibleTableInterface,
                             public QAccessibleValueInterface
{
public:
    explicit ChartInterface(ChartWidget *chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
        , m_chart(chart)
    {}
    ~ChartInterface() override
    {
        for (const auto &[place, id] : m_cells)
            QAccessible::deleteAccessibleInterface(id);
    }

    QString text(QAccessible::Text kind) const override
    {
        switch (kind) {
        case QAccessible::Description:
            return m_chart->summary();
        case QAccessible::Value:
            return m_chart->cursorText();
        default:
            return QAccessibleWidget::text(kind);
        }
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface *>(this);
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override
    {
        if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount())
            return nullptr;
        const std::pair place(row, column);
        if (const auto known = m_cells.find(place); known != m_cells.end())
            return QAccessible::accessibleInterface(known->second);
        auto *cell = new ChartCell(m_chart, row, column);
        m_cells.emplace(place, QAccessible::registerAccessibleInterface(cell));
        return cell;
    }
    int selectedCellCount() const override { return 0; }
    QList<QAccessibleInterface *> selectedCells() const override { return {}; }
    QString columnDescription(int column) const override { return m_chart->table().columns.value(column); }
    QString rowDescription(int row) const override
    {
        const ChartTable table = m_chart->table();
        return std::size_t(row) < table.rows.size() ? table.rows[std::size_t(row)].value(0) : QString();
    }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    int columnCount() const override { return int(m_chart->table().columns.size()); }
    int rowCount() const override { return int(m_chart->table().rows.size()); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override {}

    QVariant currentValue() const override { return m_chart->cursorText(); }
    void setCurrentValue(const QVariant &) override {}
    QVariant maximumValue() const override { return {}; }
    QVariant minimumValue() const override { return {}; }
    QVariant minimumStepSize() const override { return {}; }

private:
    ChartWidget *m_chart;
    mutable std::map<std::pair<int, int>, QAccessible::Id> m_cells;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *chart = qobject_cast<ChartWidget *>(object))
        return new ChartInterface(chart);
    return nullptr;
}

} // namespace

void installChartAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace telltale
