// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessioncomparison.h"

#include <QComboBox>
#include <QScopedValueRollback>
#include <QSignalBlocker>

#include <algorithm>
#include <map>

namespace telltale {

namespace {

constexpr std::size_t kMostMoments = 40;

bool canAlign(RecordKind kind)
{
    return kind == RecordKind::ScreenView || kind == RecordKind::UsageEvent || kind == RecordKind::Error;
}

} // namespace

std::vector<CommonMoment> commonMoments(const SessionDetail &first, const SessionDetail &second)
{
    std::map<std::pair<RecordKind, QString>, Instant> there;
    for (const SessionRecord &record : second.records) {
        if (canAlign(record.kind))
            there.emplace(std::pair(record.kind, SessionRecordModel::nameText(record)), record.time);
    }
    std::vector<CommonMoment> moments;
    for (const SessionRecord &record : first.records) {
        const auto found = canAlign(record.kind) ? there.find({record.kind, SessionRecordModel::nameText(record)}) : there.end();
        if (found == there.end())
            continue;
        moments.push_back({found->first.second, record.kind, record.time, found->second});
        there.erase(found); // each once
        if (moments.size() == kMostMoments)
            break;
    }
    return moments;
}

std::pair<SessionTimeline::Axis, SessionTimeline::Axis> commonAxes(TimeRange first, Instant firstZero, TimeRange second, Instant secondZero)
{
    const auto before = std::max(firstZero - first.from, secondZero - second.from);
    const auto after = std::max(first.to - firstZero, second.to - secondZero);
    return {{{firstZero - before, firstZero + after}, firstZero}, {{secondZero - before, secondZero + after}, secondZero}};
}

SessionComparison::SessionComparison(SessionPane &first, SessionPane &second, QComboBox &alignment, QObject *parent)
    : QObject(parent)
    , m_first(first)
    , m_second(second)
    , m_alignment(alignment)
{
    connect(&alignment, &QComboBox::currentIndexChanged, this, &SessionComparison::align);
    link(first, second, true);
    link(second, first, false);
}

Instant SessionComparison::inOther(Instant at, bool isFirst) const
{
    return isFirst ? m_secondZero + (at - m_firstZero) : m_firstZero + (at - m_secondZero);
}

void SessionComparison::link(SessionPane &moved, SessionPane &other, bool isFirst)
{
    connect(&moved, &SessionPane::playheadMoved, this, [this, &other, isFirst](Instant at) {
        if (m_isActive && !other.isEmpty())
            other.setPlayhead(inOther(at, isFirst));
    });
    connect(moved.timeline(), &SessionTimeline::visibleRangeChanged, this, [this, &other, isFirst](TimeRange range) {
        if (!m_isActive || m_isLinking || other.isEmpty())
            return;
        const QScopedValueRollback linking(m_isLinking, true);
        other.timeline()->setVisibleRange({inOther(range.from, isFirst), inOther(range.to, isFirst)});
    });
}

void SessionComparison::setActive(bool isActive)
{
    m_isActive = isActive;
    if (isActive) {
        update();
        return;
    }
    if (!m_first.isEmpty())
        m_first.setAxis(std::nullopt);
    m_alignment.setCurrentIndex(0);
}

void SessionComparison::update()
{
    if (!m_isActive || m_first.isEmpty() || m_second.isEmpty())
        return;
    const QString chosen = m_alignment.currentIndex() > 0 ? m_alignment.currentText() : QString();
    m_moments = commonMoments(m_first.detail(), m_second.detail());
    {
        const QSignalBlocker blocker(m_alignment);
        m_alignment.clear();
        m_alignment.addItem(tr("From their starts"));
        for (const CommonMoment &moment : m_moments)
            m_alignment.addItem(moment.kind == RecordKind::ScreenView ? tr("From screen “%1”").arg(moment.name)
                                : moment.kind == RecordKind::Error    ? tr("From error “%1”").arg(moment.name)
                                                                      : tr("From “%1”").arg(moment.name));
        m_alignment.setCurrentIndex(std::max(0, m_alignment.findText(chosen)));
    }
    align();
}

void SessionComparison::align()
{
    if (!m_isActive || m_first.isEmpty() || m_second.isEmpty())
        return;
    const int chosen = m_alignment.currentIndex() - 1;
    const bool isMoment = chosen >= 0 && chosen < static_cast<int>(m_moments.size());
    const TimeRange first = m_first.timeline()->data().range, second = m_second.timeline()->data().range;
    m_firstZero = isMoment ? m_moments[static_cast<std::size_t>(chosen)].first : first.from;
    m_secondZero = isMoment ? m_moments[static_cast<std::size_t>(chosen)].second : second.from;
    const QScopedValueRollback linking(m_isLinking, true);
    const auto [firstAxis, secondAxis] = commonAxes(first, m_firstZero, second, m_secondZero);
    m_first.setAxis(firstAxis);
    m_second.setAxis(secondAxis);
    if (isMoment)
        m_first.setPlayhead(m_firstZero);
    if (const auto at = m_first.timeline()->playhead())
        m_second.setPlayhead(inOther(*at, true));
}

} // namespace telltale
