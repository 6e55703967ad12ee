// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <QObject>
#include <QString>

#include <vector>

namespace telltale {

/// Something an alert said.
struct AlertMoment
{
    Instant at;
    QString title;    ///< the alert's name, or that of a group of errors
    QString sentence; ///< what it said
    QString group;    ///< of an alert about errors: which; else empty
    friend bool operator==(const AlertMoment &, const AlertMoment &) = default;
};

/// What alerts said while the window is open, for flags above charts and for whoever looks back. Holds the last 200. UI thread.
class AlertJournal final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void add(const AlertMoment &moment);
    /// The newest last.
    const std::vector<AlertMoment> &moments() const { return m_moments; }
    std::vector<AlertMoment> momentsIn(TimeRange range) const;

Q_SIGNALS:
    void changed();

private:
    std::vector<AlertMoment> m_moments;
};

} // namespace telltale
