// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/sectionmodel.h"

#include "widgets/report/composer.h"

#include <QMimeData>

#include <algorithm>

namespace telltale {
namespace {

const QString kMime = QStringLiteral("application/x-telltale-section-row");

} // namespace

SectionModel::SectionModel(QObject *parent)
    : QAbstractListModel(parent)
{
    for (const ReportSection section : allSections())
        m_rows.push_back({section, section != ReportSection::Notes});
}

std::vector<ReportSection> SectionModel::chosen() const
{
    std::vector<ReportSection> sections;
    for (const Row &row : m_rows) {
        if (row.isChosen)
            sections.push_back(row.section);
    }
    return sections;
}

void SectionModel::choose(const std::vector<ReportSection> &sections)
{
    beginResetModel();
    m_rows.clear();
    for (const ReportSection section : sections)
        m_rows.push_back({section, true});
    for (const ReportSection section : allSections()) {
        if (std::find(sections.begin(), sections.end(), section) == sections.end())
            m_rows.push_back({section, false});
    }
    endResetModel();
    Q_EMIT changed();
}

bool SectionModel::isChosen(ReportSection section) const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [section](const Row &row) { return row.section == section && row.isChosen; });
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
    switch (role) {
    case Qt::DisplayRole:
        return sectionTitle(row.section);
    case ContentsRole:
        return sectionContents(row.section);
    case Qt::AccessibleTextRole:
        return QString(sectionTitle(row.section) + QStringLiteral(", ") + sectionContents(row.section));
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
