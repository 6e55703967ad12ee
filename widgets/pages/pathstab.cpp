// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pathstab.h"

#include "models/items/itemtext.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/panel.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace telltale {

namespace {

constexpr int kCardWidth = 300, kNarrowCard = 240;
constexpr std::size_t kNames = 6;
constexpr std::size_t kFewest = 3, kMost = 6, kUsual = 4;

/// How many sessions had this place at this step; none where it may be among those that are not named.
std::optional<double> sessionsAt(const Paths &paths, std::size_t step, const PathNode &place)
{
    if (place.kind == PathNode::Kind::Other)
        return std::nullopt; // others of other names
    if (step >= paths.steps.size())
        return 0;
    bool hasOthers = false;
    for (const PathNode &node : paths.steps[step]) {
        if (node.kind == place.kind && node.name == place.name)
            return static_cast<double>(node.sessions);
        hasOthers = hasOthers || node.kind == PathNode::Kind::Other;
    }
    return hasOthers ? std::nullopt : std::optional(0.0);
}

} // namespace

PathsTab::PathsTab(SeriesPalette *colours, QWidget *parent)
    : QWidget(parent)
    , m_colours(colours)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeControls());
    m_flow = new PathFlow;
    m_flow->setChartName(tr("Paths"));
    m_panel = new Panel(tr("Paths"), {}, m_flow, this);
    layout->addWidget(m_panel, 1);
}

QWidget *PathsTab::makeControls()
{
    m_card = new Card(tr("Which paths"), tr("one of each session"), this);
    m_card->setFixedWidth(scaled(kCardWidth));
    const auto label = [this](const QString &text) {
        m_card->content()->addWidget(new PlainLabel(text, FontRole::Secondary, Ink::Text2));
    };
    m_directions = new SegmentedControl;
    m_directions->setAccessibleName(tr("Direction"));
    m_directions->addSegment(tr("Starting at"), false);
    m_directions->addSegment(tr("Ending at"), true);
    m_directions->setCurrentIndex(0);
    m_card->content()->addWidget(m_directions);
    m_place = new QComboBox;
    m_place->setEditable(true);
    m_place->setInsertPolicy(QComboBox::NoInsert);
    m_place->setAccessibleName(tr("Screen or feature"));
    m_place->lineEdit()->setAccessibleName(tr("Screen or feature"));
    m_place->lineEdit()->setPlaceholderText(tr("Where sessions begin"));
    m_card->content()->addWidget(m_place);
    label(tr("Steps are"));
    m_kinds = new SegmentedControl;
    m_kinds->setAccessibleName(tr("Steps are"));
    m_kinds->addSegment(tr("Screens"), static_cast<int>(PathOf::Screens));
    m_kinds->addSegment(tr("Features"), static_cast<int>(PathOf::Features));
    m_kinds->addSegment(tr("Both"), static_cast<int>(PathOf::Both));
    m_kinds->setCurrentIndex(2);
    m_card->content()->addWidget(m_kinds);
    label(tr("How many steps"));
    m_depths = new SegmentedControl;
    m_depths->setAccessibleName(tr("How many steps"));
    for (std::size_t depth = kFewest; depth <= kMost; ++depth)
        m_depths->addSegment(QLocale().toString(static_cast<int>(depth)), static_cast<int>(depth));
    m_depths->setCurrentIndex(static_cast<int>(kUsual - kFewest));
    m_card->content()->addWidget(m_depths);
    m_collapse = new QCheckBox(tr("Repeats are one step"));
    m_collapse->setChecked(true);
    m_card->content()->addWidget(m_collapse);
    m_card->content()->addStretch(1);
    auto *hint = new PlainLabel(tr("Hatched: here sessions end. A click shows the sessions, Ctrl+click filters by it."), FontRole::Caption, Ink::Text3);
    hint->setWordWrap(true);
    m_card->content()->addWidget(hint);

    connect(m_directions, &SegmentedControl::currentChanged, this, [this](int index) {
        m_place->lineEdit()->setPlaceholderText(index == 0 ? tr("Where sessions begin") : tr("Where sessions end"));
        Q_EMIT changed();
    });
    for (SegmentedControl *control : {m_kinds, m_depths})
        connect(control, &SegmentedControl::currentChanged, this, &PathsTab::changed);
    connect(m_collapse, &QCheckBox::toggled, this, &PathsTab::changed);
    const auto choose = [this] {
        if (m_place->currentText().trimmed() == m_asked)
            return;
        m_asked = m_place->currentText().trimmed();
        Q_EMIT changed();
    };
    connect(m_place, &QComboBox::activated, this, choose);
    connect(m_place->lineEdit(), &QLineEdit::editingFinished, this, choose);
    return m_card;
}

PathsAsked PathsTab::asked() const
{
    PathsAsked asked;
    asked.anchor = m_asked.toStdString();
    asked.isBackwards = m_directions->currentData().toBool();
    asked.of = static_cast<PathOf>(m_kinds->currentData().toInt());
    asked.steps = static_cast<std::size_t>(m_depths->currentData().toInt());
    asked.top = kNames;
    asked.collapsesRepeats = m_collapse->isChecked();
    return asked;
}

void PathsTab::setPlaces(const QStringList &names)
{
    if (m_place->view()->isVisible() || m_place->lineEdit()->hasFocus())
        return; // somebody is choosing
    const QSignalBlocker blocker(m_place);
    m_place->clear();
    m_place->addItem(QString());
    m_place->addItems(names);
    m_place->setEditText(m_asked);
}

void PathsTab::setAnchor(const QString &name, bool isBackwards)
{
    m_asked = name;
    m_place->setEditText(name);
    if (m_directions->currentData().toBool() != isBackwards)
        m_directions->setCurrentIndex(isBackwards ? 1 : 0);
    else
        Q_EMIT changed();
}

void PathsTab::show(const Paths &paths, const std::optional<Paths> &before, const QString &against, const Formatter &formatter)
{
    PathFlowData flow;
    if (before) {
        flow.sessionsBefore = static_cast<double>(before->sessions);
        flow.against = against;
    }
    flow.sessions = static_cast<double>(paths.sessions);
    flow.isBackwards = asked().isBackwards;
    for (std::size_t step = 0; step < paths.steps.size(); ++step) {
        const std::vector<PathNode> &nodes = paths.steps[step];
        flow.steps.emplace_back();
        for (const PathNode &node : nodes) {
            PathFlowData::Node shown;
            shown.kind = node.kind == PathNode::Kind::Screen    ? PathFlowData::Kind::Screen
                         : node.kind == PathNode::Kind::Feature ? PathFlowData::Kind::Feature
                                                                : PathFlowData::Kind::Other;
            shown.name = node.kind == PathNode::Kind::Other ? tr("%n other(s)", nullptr, static_cast<int>(node.names)) : itemtext::text(node.name);
            shown.colour = node.kind == PathNode::Kind::Other ? SeriesSlot::Other : m_colours->slotFor(shown.name);
            shown.sessions = static_cast<double>(node.sessions);
            shown.users = static_cast<double>(node.users);
            shown.ended = static_cast<double>(node.ended);
            if (before)
                shown.before = sessionsAt(*before, step, node);
            flow.steps.back().push_back(std::move(shown));
        }
    }
    for (const PathLink &link : paths.links)
        flow.links.push_back({static_cast<int>(link.step), static_cast<int>(link.from), static_cast<int>(link.to), static_cast<double>(link.sessions)});
    m_flow->setFormatter(formatter);
    m_flow->setData(std::move(flow));
    m_panel->showBody();
}

std::pair<QString, QString> PathsTab::termOf(int step, int node) const
{
    const PathFlowData::Node &at = m_flow->data().steps[static_cast<std::size_t>(step)][static_cast<std::size_t>(node)];
    switch (at.kind) {
    case PathFlowData::Kind::Screen:
        return {QStringLiteral("screen"), at.name};
    case PathFlowData::Kind::Feature:
        return {QStringLiteral("feature"), at.name};
    case PathFlowData::Kind::Other:
        break;
    }
    return {};
}

PathPlace PathsTab::placeOf(int step, int node) const
{
    const PathFlowData::Node &at = m_flow->data().steps[static_cast<std::size_t>(step)][static_cast<std::size_t>(node)];
    switch (at.kind) {
    case PathFlowData::Kind::Screen:
        return {PathNode::Kind::Screen, at.name.toStdString()};
    case PathFlowData::Kind::Feature:
        return {PathNode::Kind::Feature, at.name.toStdString()};
    case PathFlowData::Kind::Other:
        break;
    }
    return {PathNode::Kind::Other, {}};
}

QString PathsTab::wordsOf(int step, int node) const
{
    const QString name = m_flow->data().steps[static_cast<std::size_t>(step)][static_cast<std::size_t>(node)].name;
    //: a screen or feature, the step of a path
    return tr("%1 (%2)").arg(name, m_flow->stepName(step));
}

QString PathsTab::wordsOf(const PathFlowData::Link &link) const
{
    const auto &steps = m_flow->data().steps;
    const QString from = steps[static_cast<std::size_t>(link.step)][static_cast<std::size_t>(link.from)].name;
    const QString to = steps[static_cast<std::size_t>(link.step) + 1][static_cast<std::size_t>(link.to)].name;
    const bool isBackwards = m_flow->data().isBackwards;
    //: two screens or features, the step of a path
    return tr("%1 → %2 (%3)").arg(isBackwards ? to : from, isBackwards ? from : to, m_flow->stepName(link.step + 1));
}

void PathsTab::setNarrow(bool isNarrow)
{
    m_card->setFixedWidth(scaled(isNarrow ? kNarrowCard : kCardWidth));
}

} // namespace telltale
