// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/distinct.h"
#include "models/analysis/recordrow.h"
#include "models/analysis/textsearch.h"
#include "models/telemetry/filter.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace telltale {

/// A filter made ready for one snapshot of a cache: text is compared once for each dictionary id, rows are decided by their
/// ids, a segment's at once. A term about something a record does not have does not match it; negated it does.
/// Lives as long as its snapshot at most; one thread, a copy for each helper.
class Matcher
{
public:
    /// Cost: proportional to the number of origins; with has:error also to the number of errors. Error: Cancelled, Io.
    static Result<Matcher> make(CacheReader &reader, const Filter &filter, const std::stop_token &stop = {});

    bool isEmpty() const { return m_alternatives.empty(); }
    /// Whether records of this kind could match at all.
    bool mayMatch(RecordKind kind) const;
    bool needsDwell() const { return m_needsDwell; }
    bool needsAttributes() const { return m_needsAttributes; }
    /// The columns it looks at, attributes aside.
    SegmentColumns columns() const;
    /// Whether columns alone may tell that no row of a segment matches: worth a look before attributes are read.
    bool decidesByColumns() const { return m_decidesByColumns; }
    /// The part of `range` that records of this kind can match in: what sessions are named bounds it.
    TimeRange narrowed(RecordKind kind, TimeRange range) const;

    enum class Verdict {
        None,
        Some, ///< those whose byte is 1
        All,
        NeedsAttributes, ///< the segment was read without, ask again
    };
    /// Decides all rows of a segment. `dwells` are the rows' derived dwells or empty; `hits` gets a byte a row.
    Verdict decide(const Segment &segment, bool hasAttributes, std::span<const std::int64_t> dwells,
                   std::vector<std::uint8_t> &hits);
    /// Of errors only: they are rows of their own.
    bool matches(const RecordRow &row);

private:
    enum class Test {
        Event,
        Operation,
        Metric,
        Feature,
        Screen,
        User,
        Session, ///< text by id
        Origin,
        ErrorType,
        Severity,
        Dwell,
        Duration,
        Kind,
        HasError,
        HasUser,
        HasSession,
        HasFeature,
        HasScreen,
        HasEvent,
        HasOperation,
        HasMetric,
        HasSeverity,
        HasDwell,
        HasDuration,
        Always,
        Attribute, ///< from here on: tests that want more than columns
        Text,      ///< anywhere in what people wrote
    };
    enum class Ids { None, Strings, Users, Sessions, Origins };

    struct Term
    {
        Test test = Test::Always;
        bool isNegated = false;
        bool isPresence = false; ///< Attribute: any value will do
        FilterOperator op = FilterOperator::Equal;
        std::uint32_t kinds = 0; ///< of records that can match it, a bit each
        std::string pattern;
        std::string key;                          ///< Attribute
        std::shared_ptr<const TextSearch> search; ///< Text
        std::optional<double> number;             ///< the pattern as a number
        std::optional<std::int64_t> integer;
        std::int64_t low = 0, high = 0; ///< Severity, durations
        RecordKind kind = RecordKind::Log;
        std::optional<std::uint32_t> exact; ///< the one id that matches, when the pattern has no wildcard
        std::vector<std::uint8_t> known;    ///< by id: 0 not asked yet, 1 no, 2 yes; of origins complete

        bool needsAttributes() const { return test >= Test::Attribute; }
    };
    class ValueTest;
    /// A column of ids or small numbers that a term looks at.
    template<typename T>
    struct Column
    {
        std::span<const T> values;
        std::optional<std::int64_t> constant;
    };

    explicit Matcher(CacheReader &reader)
        : m_reader(&reader)
    {}
    Term compile(const FilterTerm &term);
    void compilePresence(Term &term, const std::string &field);
    void compileOrigins(Term &term, const std::string &field);
    void compileExact(Term &term);
    void compileExtent();
    Verdict decideTerm(Term &term, const Segment &segment, std::span<const std::int64_t> dwells,
                       std::span<std::uint8_t> hits);
    Verdict decideIds(Term &term, const Segment &segment, SegmentColumn which, std::span<std::uint8_t> hits);
    Verdict decideBytes(Term &term, const ByteColumn &column, std::span<std::uint8_t> hits);
    bool isOneId(const Term &term) const;
    static bool isPresenceOfId(const Term &term);
    Verdict decideDurations(const Term &term, const Segment &segment, std::span<const std::int64_t> dwells,
                            std::span<std::uint8_t> hits);
    Verdict decideSeverities(const Term &term, const Segment &segment, std::span<std::uint8_t> hits);
    void markAttributes(Term &term, const Segment &segment, std::span<std::uint8_t> hits);
    bool testError(Term &term, const RecordRow &row);
    bool testId(Term &term, std::uint32_t id);
    bool askId(Term &term, std::uint32_t id);
    static SegmentColumns columnsOf(const Term &term);

    CacheReader *m_reader;
    std::vector<std::vector<Term>> m_alternatives;
    std::shared_ptr<const SeenIds> m_sessionsWithErrors;
    std::optional<TimeRange> m_extent; ///< of the sessions that are named
    std::vector<std::uint8_t> m_scratch;
    bool m_needsDwell = false;
    bool m_needsAttributes = false;
    bool m_needsSessionsWithErrors = false;
    bool m_decidesByColumns = false;
};

} // namespace telltale
