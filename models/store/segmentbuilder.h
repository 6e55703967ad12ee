// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dictionary.h"
#include "models/store/originwriter.h"
#include "models/store/segmentrows.h"

#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// Cache-wide ids of one batch's strings, users and origins; each is looked up once a batch.
class BatchIds
{
public:
    BatchIds(const RecordBatch &batch, Dictionary &strings, Dictionary &users, OriginWriter &origins);

    const RecordBatch &batch() const { return m_batch; }
    OriginWriter &originWriter() const { return m_originWriter; }
    /// Tells batches apart, also when they lie at the same address.
    std::uint64_t serial() const { return m_serial; }

    DictionaryId string(StringId id)
    {
        return id == kNoString ? 0 : remembered(m_strings, id, m_stringDictionary);
    }
    UserId user(StringId id) { return id == kNoString ? 0 : remembered(m_users, id, m_userDictionary); }
    OriginId origin(std::uint32_t index);

private:
    std::uint32_t remembered(std::vector<std::uint32_t> &ids, StringId id, Dictionary &dictionary);

    const RecordBatch &m_batch;
    Dictionary &m_stringDictionary, &m_userDictionary;
    OriginWriter &m_originWriter;
    std::uint64_t m_serial = 0;
    std::vector<std::uint32_t> m_strings, m_users, m_origins;
};

/// Collects the records of one kind, from any number of batches, as rows of a segment.
class SegmentBuilder
{
public:
    explicit SegmentBuilder(RecordKind kind) { m_rows.kind = kind; }

    void add(BatchIds &ids, std::size_t row, SessionId session, Instant arrival);
    const SegmentRows &rows() const { return m_rows; }
    void clear();
    /// The rows so far; begins anew.
    SegmentRows take();

private:
    void addAttributes(BatchIds &ids, std::size_t row);
    StringId value(const RecordBatch &batch, StringId id);

    SegmentRows m_rows;
    std::vector<StringId> m_values; ///< the batch's string ids to those of m_rows.strings
    std::uint64_t m_batch = 0;
    std::string m_rest;
};

} // namespace telltale
