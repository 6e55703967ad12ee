// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace telltale {

enum class FilterOperator { Equal, Greater, GreaterOrEqual, Less, LessOrEqual };

/// `field:value`, perhaps negated. Case matters in values.
struct FilterTerm
{
    std::string field; ///< lower-case known field, or "attr.KEY", "resource.KEY" with KEY as written
    FilterOperator op = FilterOperator::Equal;
    std::string value; ///< a pattern as matchesWildcard() reads it
    bool isNegated = false;

    /// The term that matches exactly this text, whatever is in it.
    static FilterTerm exactly(std::string_view field, std::string_view text, bool isNegated = false);
    friend bool operator==(const FilterTerm &, const FilterTerm &) = default;
};

/// An expression of the filter bar and of --filter: terms joined by blanks (and) or OR, which binds weaker than and.
/// `release:4.1.0 os:android -screen:Home has:error dwell:>60s attr.app.plan:team`
/// Quotes keep blanks and a leading `>` together; `*` is a wildcard, also in quotes; a backslash takes the meaning from
/// `*`, `"` and itself and is plain before anything else. Parentheses group where a term could begin.
/// Kept as a disjunction of conjunctions. An empty filter matches everything.
class Filter
{
public:
    Filter() = default;
    explicit Filter(FilterTerm term);
    /// Error: InvalidArgument with what was wrong and, for an unknown field, the fields there are.
    static Result<Filter> parse(std::string_view expression);

    bool isEmpty() const { return m_alternatives.empty(); }
    const std::vector<std::vector<FilterTerm>> &alternatives() const { return m_alternatives; }
    /// The same expression in canonical form; parse(text()) gives an equal filter.
    std::string text() const;
    /// Both must hold.
    Filter and_(const Filter &other) const;
    /// Either must hold: everything, when one of them matches everything.
    Filter or_(const Filter &other) const;
    friend bool operator==(const Filter &, const Filter &) = default;

private:
    friend class FilterParser;
    std::vector<std::vector<FilterTerm>> m_alternatives;
};

/// `*` in `pattern` stands for any run of bytes, also none; `\*` and `\\` for a star and a backslash; everything else
/// for itself. No backtracking: at worst the product of both lengths.
bool matchesWildcard(std::string_view pattern, std::string_view text);
/// The pattern that matches this text alone.
std::string wildcardEscaped(std::string_view text);

} // namespace telltale
