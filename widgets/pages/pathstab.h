// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "widgets/charts/pathflow.h"
#include "widgets/theme/seriespalette.h"

#include <QStringList>

#include <optional>

class QCheckBox;
class QComboBox;

namespace telltale {

class Card;
class Panel;
class SegmentedControl;

/// Where people go from a place, or from where they come to it: what is asked at the left, the flow at the right. Asks nothing
/// itself: says with changed() that there is something else to ask.
class PathsTab final : public QWidget
{
    Q_OBJECT

public:
    /// `colours` is not owned and outlives the tab.
    explicit PathsTab(SeriesPalette *colours, QWidget *parent = nullptr);

    /// What is chosen.
    PathsAsked asked() const;
    /// Names that paths can begin with or end at; what is chosen stays.
    void setPlaces(const QStringList &names);
    /// From here on, or up to here.
    void setAnchor(const QString &name, bool isBackwards);
    /// `before`: the same paths in what is compared, with all names; `against`: what that is, with its dates.
    void show(const Paths &paths, const std::optional<Paths> &before, const QString &against, const Formatter &formatter);
    /// What is behind a node: the filter's field and value; empty for "other".
    std::pair<QString, QString> termOf(int step, int node) const;
    PathPlace placeOf(int step, int node) const;
    /// "Home at the start", "Home → Workout": what a list of its sessions is called.
    QString wordsOf(int step, int node) const;
    QString wordsOf(const PathFlowData::Link &link) const;
    void setNarrow(bool isNarrow);

    Panel *panel() const { return m_panel; }
    PathFlow *flow() const { return m_flow; }
    SegmentedControl *directions() const { return m_directions; }
    SegmentedControl *kinds() const { return m_kinds; }
    SegmentedControl *depths() const { return m_depths; }
    QCheckBox *collapse() const { return m_collapse; }
    QComboBox *place() const { return m_place; }

Q_SIGNALS:
    void changed();

private:
    QWidget *makeControls();

    SeriesPalette *m_colours;
    Card *m_card = nullptr;
    SegmentedControl *m_directions = nullptr;
    SegmentedControl *m_kinds = nullptr;
    SegmentedControl *m_depths = nullptr;
    QComboBox *m_place = nullptr;
    QCheckBox *m_collapse = nullptr;
    PathFlow *m_flow = nullptr;
    Panel *m_panel = nullptr;
    QString m_asked; ///< the place that was told last
};

} // namespace telltale
