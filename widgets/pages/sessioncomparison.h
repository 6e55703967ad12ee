// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/sessionpane.h"

#include <QObject>

#include <vector>

class QComboBox;

namespace telltale {

/// What two sessions can be laid upon each other by.
struct CommonMoment
{
    QString name;         ///< of a screen, a feature or an error
    RecordKind kind = RecordKind::ScreenView;
    Instant first, second; ///< when it happened first in either
    friend bool operator==(const CommonMoment &, const CommonMoment &) = default;
};

/// Screens, interactions and errors that both sessions have, in the order of the first session; each name once.
std::vector<CommonMoment> commonMoments(const SessionDetail &first, const SessionDetail &second);
/// One axis for two sessions: from what begins first to what ends last, both as far from their zeros.
std::pair<SessionTimeline::Axis, SessionTimeline::Axis> commonAxes(TimeRange first, Instant firstZero, TimeRange second, Instant secondZero);

/// Keeps two sessions side by side in step: one relative axis, one cursor, one zoom.
class SessionComparison final : public QObject
{
    Q_OBJECT

public:
    /// Panes and box are not owned and outlive it.
    SessionComparison(SessionPane &first, SessionPane &second, QComboBox &alignment, QObject *parent);

    bool isActive() const { return m_isActive; }
    void setActive(bool isActive);
    /// Either session is another, or has more records.
    void update();

private:
    void align();
    void link(SessionPane &moved, SessionPane &other, bool isFirst);
    Instant inOther(Instant at, bool isFirst) const;

    SessionPane &m_first;
    SessionPane &m_second;
    QComboBox &m_alignment;
    std::vector<CommonMoment> m_moments;
    Instant m_firstZero, m_secondZero;
    bool m_isActive = false;
    bool m_isLinking = false; ///< the other one moves because this one did
};

} // namespace telltale
