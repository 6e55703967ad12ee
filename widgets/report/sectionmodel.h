// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/report/reportrequest.h"
#include "widgets/report/reportdocument.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace telltale {

/// A part of a report: a section that is written when it is asked for, or a panel as it was.
struct ReportItem
{
    ReportSection section = ReportSection::Summary;
    std::shared_ptr<const ReportPart> panel; ///< null: the section
};

/// Puts panels between the sections of a document that was made, in the order of the items. Any thread.
void placePanels(ReportDocument &document, const std::vector<ReportItem> &items);

/// The sections of a report as a list that can be ticked and put in another order, also by dragging rows.
class SectionModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ContentsRole = Qt::UserRole, SectionRole };

    explicit SectionModel(QObject *parent = nullptr);

    /// Sections and panels that are ticked, in order.
    std::vector<ReportItem> items() const;
    /// A panel of the window, ticked, under a number that removePanel() knows; at `row`, or before the appendix.
    void addPanel(int number, std::shared_ptr<const ReportPart> panel, int row = -1);
    /// The row that it was in; -1: there is none.
    int removePanel(int number);
    /// The number of the panel in a row; 0: it is a section.
    int panelAt(int row) const;
    std::shared_ptr<const ReportPart> panel(int number) const;
    /// Sections that are ticked, in order.
    std::vector<ReportSection> chosen() const;
    /// Ticks these and puts them first; the others follow in their usual order, then the panels.
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
        std::shared_ptr<const ReportPart> panel{}; ///< in place of the section
    };
    int rowOf(int number) const;
    std::vector<Row> m_rows;
};

} // namespace telltale
