// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

namespace telltale {

/// A record of a session with its number among those that look the same, so that each row has a key of its
/// own.
struct NumberedRecord
{
    SessionRecord record;
    std::uint32_t ordinal = 0;
    friend bool operator==(const NumberedRecord &, const NumberedRecord &) = default;
};

/// What happened in one session, by time. Times are shown from a moment: the session's start, or what two sessions have in common.
class SessionRecordModel final : public SnapshotTable<NumberedRecord>
{
    Q_OBJECT

public:
    enum Column { Time, Kind, Name, Detail, ColumnCount };
    enum Role {
        RecordKindRole = FirstOwnRole, ///< RecordKind as int
        InstantRole,                   ///< ns since the epoch, qint64
        IconRole,                      ///< name of the icon: "tap", "screen", "http", "error", "log", "open"
        CategoryRole,                  ///< Category as int, for the segmented control
    };
    enum class Category { Interaction, Error, Performance, Other };

    using SnapshotTable::SnapshotTable;

    void setRecords(Instant start, const std::vector<SessionRecord> &records);
    Instant start() const { return m_start; }
    static Category categoryOf(const SessionRecord &record);
    static QString kindText(const SessionRecord &record);
    /// All that kindText() may answer: how wide a column must be.
    static QStringList kindTexts();
    static QString nameText(const SessionRecord &record);
    static QString iconName(const SessionRecord &record);
    static QString detailText(const SessionRecord &record);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const NumberedRecord &row) const override;

private:
    QString text(const SessionRecord &record, int column) const;

    Instant m_start;
};

} // namespace telltale
