// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachewriter.h"
#include "models/store/delivery.h"
#include "models/telemetry/result.h"

#include <memory>
#include <span>

namespace telltale {

/// Where deliveries become durable: the cache, or a fake in tests. Two threads use it, so that a group is prepared while
/// the one before is committed. All as CacheWriter's functions of these names.
class RecordSink
{
public:
    /// Deliveries made ready for one commit. What is in it is the sink's business.
    class Group
    {
    public:
        virtual ~Group() = default;
    };

    virtual ~RecordSink() = default;

    // --- the preparing thread ---
    virtual std::unique_ptr<Group> begin() = 0;
    /// Sets Delivery::isRepeat.
    virtual Result<void> prepare(Group &group, std::span<Delivery> deliveries) = 0;
    virtual Result<void> seal(Group &group) = 0;
    virtual bool isStale(const Group &group) const = 0;

    // --- the writer thread ---
    /// All or nothing, durable on return.
    virtual Result<CommitReport> commit(Group &group) = 0;
    virtual Result<void> decide(std::span<const TriageDecision>)
    {
        return failure(Error::Code::Unsupported, "nothing can be decided here");
    }
    virtual Result<void> putDocuments(std::span<const DocumentChange>)
    {
        return failure(Error::Code::Unsupported, "no documents are kept here");
    }
    virtual void moveLog() = 0;
    virtual Result<void> checkpoint() = 0;
    virtual Result<bool> maintain() = 0;
    virtual bool isDiskLow() = 0;
};

} // namespace telltale
