// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cohortmodel.h"
#include "models/items/funnelsteps.h"
#include "widgets/charts/funnelview.h"
#include "widgets/pages/page.h"

class QComboBox;
class QListView;
class QStackedWidget;
class QToolButton;

namespace telltale {

class DataTable;
class PathsTab;
class SegmentedControl;

/// "Do people get to the end, and do they come back?" A funnel of steps that are put together here, cohorts, and the paths people take.
class JourneysPage final : public Page
{
    Q_OBJECT

public:
    explicit JourneysPage(const PageContext &context, QWidget *parent = nullptr);

    SegmentedControl *tabs() const { return m_tabs; }
    SegmentedControl *periods() const { return m_periods; }
    QString comparisonNote() const override { return {}; }
    RecordKinds recordKinds() const override;
    FunnelSteps &steps() { return m_steps; }
    FunnelView *funnel() const { return m_funnel; }
    QListView *stepList() const { return m_stepList; }
    QComboBox *stepChoice() const { return m_choice; }
    CohortModel &cohorts() { return m_cohorts; }
    PathsTab *paths() const { return m_paths; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Tab { Funnel, Retention, PathsOfPeople };

    QWidget *makeFunnel();
    QWidget *makeRetention();
    void askChoices();
    void askFunnel();
    void askRetention();
    void showRetention(const Compared<std::vector<RetentionRow>> &answer, TimeRange range);
    /// What a subtitle says of the range and of what it is compared with.
    QString rangeWords(TimeRange range) const;
    void askPaths();
    void connectPaths();
    void openPlace(int step, int node, bool isFilterOnly);
    void openLink(int link, bool isFilterOnly);
    void filterByPlace(int step, int node);
    void moveStep(int by);
    void removeStep();
    void showStepButtons();

    FunnelSteps m_steps;
    CohortModel m_cohorts;
    bool m_hasOwnSteps = false; ///< somebody chose them
    QStringList m_screens;      ///< names that are screens only
    SegmentedControl *m_tabs;
    QStackedWidget *m_pages;
    QListView *m_stepList = nullptr;
    QComboBox *m_choice = nullptr;
    QComboBox *m_window = nullptr;
    QToolButton *m_up = nullptr;
    QToolButton *m_down = nullptr;
    QToolButton *m_remove = nullptr;
    FunnelView *m_funnel = nullptr;
    SegmentedControl *m_periods = nullptr;
    DataTable *m_table = nullptr;
    Panel *m_funnelPanel = nullptr;
    Panel *m_retentionPanel = nullptr;
    Card *m_stepCard = nullptr;
    PathsTab *m_paths = nullptr;
};

} // namespace telltale
