// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

#include <QTimeZone>

namespace telltale {

/// A record as it came, for people who connect their app.
struct FirstEvent
{
    SessionRecord record;
    std::string source;
    std::uint32_t ordinal = 0; ///< among those that look the same
    friend bool operator==(const FirstEvent &, const FirstEvent &) = default;
};

/// The newest records, raw, newest first.
class FirstEventModel final : public SnapshotTable<FirstEvent>
{
    Q_OBJECT

public:
    enum Column { Time, Source, Kind, Name, Attributes, ColumnCount };

    using SnapshotTable::SnapshotTable;

    /// Numbers equal looking ones itself.
    void setEvents(std::vector<FirstEvent> events);
    void setTimeZone(const QTimeZone &zone);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const FirstEvent &row) const override;

private:
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace telltale
