// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/sectionmodel.h"

#include "widgets/report/composer.h"

#include <QMimeData>

#include <algorithm>
#include <iterator>

namespace telltale {
namespace {

const QString kMime = QStringLiteral("application/x-telltale-section-row");

} // namespace

void placePanels(ReportDocument &document, const std::vector<ReportItem> &items)
{
    std::vector<ReportPart> parts;
    for (const ReportItem &item : items) {
        if (item.panel) {
            parts.push_back(*item.panel);
            continue;
        }
        const auto made = std::find_if(document.parts.begin(), document.parts.end(),
                                       [&item](const ReportPart &part) { return part.panel == 0 && part.section == item.section; });
        if (made != document.parts.end()) // one that has nothing to say is not there
            parts.push_back(std::move(*made));
    }
    document.parts = std::move(parts);
}

SectionModel::SectionModel(QObject *parent)
    : QAbstractListModel(parent)
{
    for (const ReportSection section : allSections())
        m_rows.push_back({section, section != ReportSection::Notes, {}});
}

std::vector<ReportSection> SectionModel::chosen() const
{
    std::vector<ReportSection> sections;
    for (const Row &row : m_rows) {
        if (row.isChosen && !row.panel)
            sections.push_back(row.section);
    }
    return sections;
}

std::vector<ReportItem> SectionModel::items() const
{
    std::vector<ReportItem> items;
    for (const Row &row : m_rows) {
        if (row.isChosen)
            items.push_back({row.section, row.panel});
    }
    return items;
}

int SectionModel::rowOf(int number) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].panel && m_rows[row].panel->panel == number)
            return static_cast<int>(row);
    }
    return -1;
}

void SectionModel::addPanel(int number, std::shared_ptr<const ReportPart> panel, int row)
{
    if (rowOf(number) >= 0 || !panel)
        return;
    auto numbered = std::make_shared<ReportPart>(*panel);
    numbered->panel = number;
    if (row < 0 || row > rowCount()) {
        const auto appendix = std::find_if(m_rows.begin(), m_rows.end(),
                                           [](const Row &known) { return !known.panel && known.section == ReportSection::Appendix; });
        row = static_cast<int>(appendix - m_rows.begin());
    }
    beginInsertRows({}, row, row);
    m_rows.insert(m_rows.begin() + row, Row{ReportSection::Summary, true, std::move(numbered)});
    endInsertRows();
    Q_EMIT changed();
}

int SectionModel::removePanel(int number)
{
    const int row = rowOf(number);
    if (row < 0)
        return row;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT changed();
    return row;
}

int SectionModel::panelAt(int row) const
{
    const bool isPanel = row >= 0 && row < rowCount() && m_rows[static_cast<std::size_t>(row)].panel;
    return isPanel ? m_rows[static_cast<std::size_t>(row)].panel->panel : 0;
}

std::shared_ptr<const ReportPart> SectionModel::panel(int number) const
{
    const int row = rowOf(number);
    return row < 0 ? nullptr : m_rows[static_cast<std::size_t>(row)].panel;
}

void SectionModel::choose(const std::vector<ReportSection> &sections)
{
    beginResetModel();
    std::vector<Row> panels;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(panels), [](const Row &row) { return bool(row.panel); });
    m_rows.clear();
    for (const ReportSection section : sections)
        m_rows.push_back({section, true, {}});
    for (const ReportSection section : allSections()) {
        if (std::find(sections.begin(), sections.end(), section) == sections.end())
            m_rows.push_back({section, false, {}});
    }
    m_rows.insert(m_rows.end(), panels.begin(), panels.end());
    endResetModel();
    Q_EMIT changed();
}

bool SectionModel::isChosen(ReportSection section) const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [section](const Row &row) { return !row.panel && row.section == section && row.isChosen; });
}

bool SectionModel::moveBy(int row, int step)
{
    const int target = row + step;
    if (row < 0 || target < 0 || target >= rowCount() || row >= rowCount())
        return false;
    return moveRows({}, row, 1, {}, step > 0 ? target + 1 : target);
}

int SectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const QString title = row.panel ? row.panel->title : sectionTitle(row.section);
    const QString contents = row.panel ? tr("a panel as it was; Delete removes it") : sectionContents(row.section);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case ContentsRole:
        return contents;
    case Qt::AccessibleTextRole:
        return QString(title + QStringLiteral(", ") + contents);
    case Qt::CheckStateRole:
        return row.isChosen ? Qt::Checked : Qt::Unchecked;
    case SectionRole:
        return static_cast<int>(row.section);
    default:
        return {};
    }
}

bool SectionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    m_rows[static_cast<std::size_t>(index.row())].isChosen = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT changed();
    return true;
}

Qt::ItemFlags SectionModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between rows only
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

bool SectionModel::moveRows(const QModelIndex &sourceParent, int source, int count, const QModelIndex &destinationParent,
                            int destination)
{
    if (count != 1 || !beginMoveRows(sourceParent, source, source, destinationParent, destination))
        return false;
    const auto from = m_rows.begin() + source;
    const auto to = m_rows.begin() + destination;
    if (destination > source)
        std::rotate(from, from + 1, to);
    else
        std::rotate(to, from, from + 1);
    endMoveRows();
    Q_EMIT changed();
    return true;
}

QStringList SectionModel::mimeTypes() const
{
    return {kMime};
}

QMimeData *SectionModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(kMime, QByteArray::number(indexes.front().row()));
    return data;
}

bool SectionModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    Q_UNUSED(column);
    if (action != Qt::MoveAction || !data->hasFormat(kMime) || parent.isValid())
        return false;
    moveRows({}, data->data(kMime).toInt(), 1, {}, row < 0 ? rowCount() : row);
    return false; // moved already: the view must not remove the row that was dragged
}

} // namespace telltale
