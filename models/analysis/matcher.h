// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/distinct.h"
#include "models/analysis/recordrow.h"
#include "models/telemetry/filter.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// A filter made ready for one snapshot of a cache: text is compared once for each dictionary id, rows are decided by their
/// ids. A term about something a record does not have does not match it; negated it does.
/// Lives as long as its snapshot at most; one thread.
class Matcher
{
public:
    /// Cost: proportional to the number of origins; with has:error also to the number of errors.
    static Result<Matcher> make(CacheReader &reader, const Filter &filter);

    bool isEmpty() const { return m_alternatives.empty(); }
    /// Whether records of this kind could match at all.
    bool mayMatch(RecordKind kind) const;
    bool needsDwell() const { return m_needsDwell; }
    bool needsAttributes() const { return m_needsAttributes; }

    /// To be called before rows of this segment are asked about: reads the attributes that the filter names.
    void enter(const Segment &segment);
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
        Attribute,
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
    };

    struct Term
    {
        Test test = Test::Always;
        bool isNegated = false;
        bool isPresence = false; ///< Attribute: any value will do
        FilterOperator op = FilterOperator::Equal;
        std::string pattern;
        std::string key;              ///< Attribute
        std::optional<double> number; ///< the pattern as a number
        std::optional<std::int64_t> integer;
        std::int64_t low = 0, high = 0; ///< Severity, durations
        RecordKind kind = RecordKind::Log;
        std::vector<std::uint8_t> known; ///< by id: 0 not asked yet, 1 no, 2 yes; of origins complete
        std::vector<std::uint8_t> hits;  ///< by row of the segment entered
    };

    explicit Matcher(CacheReader &reader)
        : m_reader(&reader)
    {}
    Term compile(const FilterTerm &term);
    void compilePresence(Term &term, const std::string &field);
    void compileOrigins(Term &term, const std::string &field);
    bool test(Term &term, const RecordRow &row);
    bool testText(Term &term, std::uint32_t id, std::string_view (CacheReader::*text)(std::uint32_t));
    static bool testValue(const Term &term, const Value &value);
    static std::uint32_t kindsOf(const Term &term);

    CacheReader *m_reader;
    std::vector<std::vector<Term>> m_alternatives;
    SeenIds m_sessionsWithErrors;
    bool m_needsDwell = false;
    bool m_needsAttributes = false;
    bool m_needsSessionsWithErrors = false;
};

} // namespace telltale
