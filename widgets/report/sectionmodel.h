// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/report/reportrequest.h"

#include <QAbstractListModel>

#include <vector>

namespace telltale {

/// The sections of a report as a list that can be ticked and put in another order, also by dragging rows.
class SectionModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ContentsRole = Qt::UserRole, SectionRole };

    explicit SectionModel(QObject *parent = nullptr);

    /// Those that are ticked, in order.
    std::vector<ReportSection> chosen() const;
    /// Ticks these and puts them first; the others follow in their usual order.
    void choose(const std::vector<ReportSection> &sections);
    bool isChosen(ReportSection section) const;
    /// One place up (-1) or down (+1). False at the ends.
    bool moveBy(int row, int step);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    bool moveRows(const QModelIndex &sourceParent, int source, int count, const QModelIndex &destinationParent,
                  int destination) override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    QStringList mimeTypes() const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    /// The report is another one now.
    void changed();

private:
    struct Row
    {
        ReportSection section;
        bool isChosen = true;
    };
    std::vector<Row> m_rows;
};

} // namespace telltale
