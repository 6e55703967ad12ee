// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/commitgroup.h"
#include "models/store/delivery.h"
#include "models/store/briefmemory.h"
#include "models/store/deliverymemory.h"
#include "models/store/dictionary.h"
#include "models/store/errorwriter.h"
#include "models/store/opensessions.h"
#include "models/store/originwriter.h"
#include "models/store/segmentbuilder.h"
#include "models/store/sessionwriter.h"
#include "models/store/sourcewriter.h"
#include "models/store/userjoins.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <span>

namespace telltale {

/// Turns deliveries into what a transaction writes: recognises repeats, gives ids, finds sessions, encodes segments. Looks
/// things up on a reading connection of its own and remembers what it decided, so it can work while the transaction
/// before is still being synced. Used from one thread at a time.
class CommitPreparer
{
public:
    /// `writer` learns the statements of the changes; it is called here only.
    CommitPreparer(const std::filesystem::path &cache, ChangeWriter &writer,
                   std::chrono::nanoseconds sessionGap, std::chrono::nanoseconds deliveryMemory,
                   std::uint32_t groupingVersion);

    /// A new group begins.
    void begin();
    /// Adds deliveries; sets Delivery::isRepeat. Throws StoreFailure; then the group is lost and forget() is due.
    void add(std::span<Delivery> deliveries);
    /// The group is complete: what is to be written. Throws as add().
    CommitContent take();

    /// It remembers more than it should. When nothing is on its way to the disk, forget() makes room.
    bool isFull() const;
    /// Starts over with what is in the cache: after a commit failed, or to make room. Nothing may be on its way.
    void forget();

private:
    /// What is kept of a delivery between the steps: it is no repeat.
    struct Accepted
    {
        Delivery *delivery = nullptr;
        BatchIds ids;
        std::vector<SessionState *> sessions; ///< by row; none: nullptr
    };

    std::vector<Accepted> accept(std::span<Delivery> deliveries);
    /// Messages that came before in another request.
    void leaveOutRepeats(Delivery &delivery);
    void joinUsers(Accepted &accepted);
    void findSessions(std::vector<Accepted> &accepted);
    void store(Accepted &accepted);
    void encode(SegmentBuilder &builder);
    SegmentBuilder &builder(RecordKind kind) { return m_builders[static_cast<std::size_t>(kind)]; }

    Database m_lookups;
    ChangeLog m_log;
    Dictionary m_strings, m_users;
    OriginWriter m_origins;
    UserJoinWriter m_joins;
    SessionWriter m_sessions;
    OpenSessions m_openSessions;
    DeliveryMemory m_deliveries;
    BriefMemory m_brief; ///< of messages that are many
    ErrorWriter m_errors;
    SourceWriter m_sources;
    LaterStatement m_putDocument;
    std::array<SegmentBuilder, 8> m_builders;
    CommitContent m_content;
};

} // namespace telltale
