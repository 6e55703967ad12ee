// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/pathlayout.h"

#include <optional>
#include <vector>

class QPainterPath;

namespace telltale {

/// Everything a flow of paths shows. Backwards, the first step is the last that happened and stands at the right.
struct PathFlowData
{
    enum class Kind { Screen, Feature, Other };
    struct Node
    {
        Kind kind = Kind::Screen;
        QString name;
        SeriesSlot colour = SeriesSlot::Other;
        double sessions = 0, users = 0;
        double ended = 0; ///< have no next step
        std::optional<double> before{}; ///< sessions in what is compared; none: not known
        friend bool operator==(const Node &, const Node &) = default;
    };
    struct Link
    {
        int step = 0, from = 0, to = 0;
        double sessions = 0;
        friend bool operator==(const Link &, const Link &) = default;
    };
    double sessions = 0; ///< all that have a path; what shares are of
    bool isBackwards = false;
    std::optional<double> sessionsBefore; ///< none: nothing is compared
    QString against;                      ///< what `before` is of, with its dates
    std::vector<std::vector<Node>> steps;
    std::vector<Link> links;
    friend bool operator==(const PathFlowData &, const PathFlowData &) = default;
};

/// Where people go from step to step: a bar a name, as high as the share of sessions, bands to the next step, what ends hatched at
/// the foot of its bar. Names, counts and shares stand beside the bars.
/// Keys: left and right go to the step beside, up and down within a step, Home and End to the first and last step, Shift+up and down
/// through the bands that leave a node, Enter activates.
/// Mouse: a click on a bar or its words activates the node, one on a band the link.
class PathFlow final : public ChartWidget
{
    Q_OBJECT

public:
    struct Place
    {
        int step = -1, node = -1;
        bool isValid() const { return step >= 0; }
        friend bool operator==(const Place &, const Place &) = default;
    };

    explicit PathFlow(QWidget *parent = nullptr);
    void setData(PathFlowData data);
    const PathFlowData &data() const { return m_data; }
    Place current() const { return m_current; }
    int currentLink() const { return m_link; } ///< under the pointer; -1: none
    /// Of a node, with its words, as painted; for tests.
    QRectF nodeRect(const Place &place) const;
    QRectF barRect(const Place &place) const;
    /// The middle of a band, as painted; for tests.
    QPointF linkCentre(int link) const;

    /// "Start", "Step 2", "1 step before"
    QString stepName(int step) const;

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A click or Enter. `isFilterOnly`: with Ctrl, what is meant is the filter alone.
    void nodeActivated(int step, int node, bool isFilterOnly);
    void linkActivated(int link, bool isFilterOnly);

protected:
    void invalidate() override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    bool isTurned() const { return m_data.isBackwards != isRightToLeft(); } ///< the first step is at the right
    QRectF turned(QRectF rect) const;
    QPainterPath bandPath(std::size_t link) const;
    QRectF labelRect(const Place &place) const;
    Place placeAt(const QPointF &position) const;
    int linkAt(const QPointF &position) const;
    void setCurrent(Place place, int link);
    void step(int steps, int nodes);
    void stepLink(int by);
    const PathFlowData::Node &node(const Place &place) const;
    double share(double sessions) const { return m_data.sessions > 0 ? sessions / m_data.sessions : 0; }
    bool isLit(const PathFlowData::Link &link, std::size_t index) const;
    QString figures(const Place &place) const;
    /// Of the share of sessions, against what is compared.
    Change changeOf(const PathFlowData::Node &node) const;
    QString sentence(const Place &place) const;
    QString sentence(const PathFlowData::Link &link) const;
    void paintBands(QPainter &painter, const Tokens &tokens) const;
    void paintNodes(QPainter &painter, const Tokens &tokens) const;
    void paintHeads(QPainter &painter, const Tokens &tokens) const;

    PathFlowData m_data;
    PathLayout m_layout;
    Place m_current;
    int m_link = -1;
};

} // namespace telltale
