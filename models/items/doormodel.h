// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/describedtable.h"

#include <QString>

namespace telltale {

/// What telemetry comes in through: a receiver of ours, or something that is asked. For people.
struct DoorRow
{
    std::string id;   ///< stable: "otlp_http", "scrape checkout"
    std::string name; ///< "OTLP over HTTP", "checkout"
    std::string url;  ///< where it listens or what is asked; empty: off
    SourceState state = SourceState::Off; ///< Waiting: it is ready, nothing came yet
    std::string problem;                  ///< one sentence; empty: none
    std::uint64_t requests = 0;           ///< taken in since the start
    std::uint64_t turnedAway = 0;         ///< while it was paused
    std::size_t files = 0;                ///< of a folder or pattern, found so far
    std::optional<Instant> lastRequest;
    friend bool operator==(const DoorRow &, const DoorRow &) = default;
};

/// One row a door.
class DoorModel final : public DescribedTable<DoorRow>
{
    Q_OBJECT

public:
    enum Column { Name, Address, State, Requests, Last, ColumnCount };
    enum Role { StateRole = FirstOwnRole };

    explicit DoorModel(QObject *parent = nullptr);
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// What "ago" is measured from; announces the cells that depend on it.
    void setNow(Instant now);
    /// "Listening on http://127.0.0.1:4318", "Paused: senders are told to come again", the problem...
    static QString stateText(const DoorRow &row);

protected:
    std::string keyOf(const DoorRow &row) const override { return row.id; }

private:
    Instant m_now;
};

} // namespace telltale
