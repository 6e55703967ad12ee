// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/recordsink.h"
#include "models/store/cachewriter.h"

#include <memory>
#include <utility>

namespace telltale {

/// The cache as the pipeline sees it.
class CacheSink final : public RecordSink
{
public:
    explicit CacheSink(std::unique_ptr<CacheWriter> writer)
        : m_writer(std::move(writer))
    {}

    std::unique_ptr<Group> begin() override { return std::make_unique<CacheGroup>(); }
    Result<void> prepare(Group &group, std::span<Delivery> deliveries) override
    {
        return m_writer->prepare(in(group), deliveries);
    }
    Result<void> seal(Group &group) override { return m_writer->seal(in(group)); }
    bool isStale(const Group &group) const override
    {
        return m_writer->isStale(static_cast<const CacheGroup &>(group).group);
    }
    Result<CommitReport> commit(Group &group) override { return m_writer->commit(in(group)); }
    Result<void> decide(std::span<const TriageDecision> decisions) override { return m_writer->decide(decisions); }
    Result<void> putDocuments(std::span<const DocumentChange> changes) override { return m_writer->putDocuments(changes); }
    void moveLog() override { m_writer->moveLog(); }
    Result<void> checkpoint() override { return m_writer->checkpoint(); }
    Result<bool> maintain() override { return m_writer->maintain(); }
    bool isDiskLow() override { return m_writer->isDiskLow(); }

private:
    struct CacheGroup final : Group
    {
        CommitGroup group;
    };
    static CommitGroup &in(Group &group) { return static_cast<CacheGroup &>(group).group; }

    std::unique_ptr<CacheWriter> m_writer;
};

} // namespace telltale
