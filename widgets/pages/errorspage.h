// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/errorlist.h"
#include "widgets/pages/page.h"

class QComboBox;
class QSplitter;
class QTableView;

namespace telltale {

class ErrorDetailView;
class ErrorTriage;
class PlainLabel;
class SearchField;
class SegmentedControl;
class TableColumns;

/// "What breaks, for how many, since which release, and is it getting worse?" Groups of errors, and one of
/// them in full.
class ErrorsPage final : public Page
{
    Q_OBJECT

public:
    explicit ErrorsPage(const PageContext &context, QWidget *parent = nullptr);

    void openGroup(const QString &group);
    QString currentGroup() const { return m_current; }
    QWidget *searchField() override;
    QString comparisonNote() const override { return {}; }
    RecordKinds recordKinds() const override { return recordKindBit(RecordKind::Error); }
    QTableView *table() const { return m_table; }
    ListHold *hold() const { return m_hold; }
    ErrorDetailView *detail() const { return m_detail; }
    SegmentedControl *tabs() const { return m_tabs; }
    ErrorTriage *triage() const { return m_triage; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeTable();
    void askGroups();
    void askDetail();
    void showChanges(const Compared<std::vector<ErrorGroupRow>> &answer, TimeRange range);
    void takeGroups(std::vector<ErrorGroupRow> rows, TimeRange range);
    void showGroups(std::vector<ErrorGroupRow> rows, TimeRange range);
    void applySort(int sort, bool isReversed);
    void sortByColumn(int column);
    void sortThenByColumn(int column);
    void announceSort();
    static int orderOf(int column);
    void showDetailOf(const QString &group);
    void selectRow();
    void updateTabs(const std::vector<ErrorGroupRow> &rows);
    void sizeColumns();
    void stateOfList();
    void addTriage();
    std::vector<ErrorGroupRow> chosen() const;
    void addKeys();
    void selectStep(int step);

    ErrorGroupModel m_groups;
    ErrorList m_shown;
    QString m_current;
    bool m_isPinned = false; ///< came from elsewhere: stays when it is in no list
    TimeRange m_range;
    SegmentedControl *m_tabs;
    PlainLabel *m_against = nullptr; ///< what changes are against
    SearchField *m_search;
    QComboBox *m_sort;
    bool m_isReversed = false; ///< the order of m_sort
    QSplitter *m_splitter;
    Panel *m_listPanel = nullptr;
    Panel *m_detailPanel = nullptr;
    QTableView *m_table = nullptr;
    TableColumns *m_columns = nullptr;
    ListHold *m_hold = nullptr;
    ErrorDetailView *m_detail = nullptr;
    ErrorTriage *m_triage = nullptr;
    bool m_isRestoringSelection = false;
    bool m_isNarrow = true; ///< until the first size is known
};

} // namespace telltale
