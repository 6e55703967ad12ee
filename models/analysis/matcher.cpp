// SPDX-License-Identifier: GPL-3.0-or-later
// Asks segments and rows, for which every branch counts. Terms are made in matchercompile.cpp.
#include "models/analysis/matcher.h"

#include "models/analysis/valuetest.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/wideloop.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace telltale {
namespace {

bool isWithin(std::int64_t value, FilterOperator op, std::int64_t bound)
{
    return value != kNoDuration && compares(op, value, bound);
}

/// A text term's question about what people wrote.
class ProseTest final : public AttributeTest
{
public:
    explicit ProseTest(const TextSearch &search)
        : m_search(search)
    {}
    bool accepts(std::string_view text) override { return m_search.isIn(text); }
    bool accepts(std::int64_t) override { return false; }
    bool accepts(double) override { return false; }
    bool acceptsOther(const Value &value) override
    {
        return isProse(value) && m_search.isIn(toDisplayText(value));
    }

private:
    const TextSearch &m_search;
};

bool isInError(const TextSearch &search, const StoredError &error)
{
    if (search.isIn(error.message) || search.isIn(error.type) || search.isIn(error.stack))
        return true;
    ProseTest test(search);
    return std::any_of(error.attributes.begin(), error.attributes.end(), [&](const auto &attribute) {
        return fieldkey::isSearchable(attribute.first) && isProse(attribute.second) &&
               test.acceptsValue(attribute.second);
    });
}

} // namespace

Matcher::Verdict Matcher::decide(const Segment &segment, bool hasAttributes,
                                 std::span<const std::int64_t> dwells, std::vector<std::uint8_t> &hits)
{
    if (m_alternatives.empty())
        return Verdict::All;
    const std::uint32_t count = segment.count();
    bool isAny = false;
    for (auto &terms : m_alternatives) {
        m_scratch.assign(count, 1);
        Verdict verdict = Verdict::All;
        for (Term &term : terms) {
            if (term.needsAttributes()) {
                if (verdict == Verdict::Some && !std::memchr(m_scratch.data(), 1, count))
                    verdict = Verdict::None;
                if (verdict == Verdict::None)
                    break;
                if (!hasAttributes)
                    return Verdict::NeedsAttributes;
                markAttributes(term, segment, m_scratch);
                verdict = Verdict::Some;
                continue;
            }
            const Verdict one = decideTerm(term, segment, dwells, m_scratch);
            if (one == Verdict::None) {
                verdict = one;
                break;
            }
            if (one == Verdict::Some)
                verdict = one;
        }
        if (verdict == Verdict::All)
            return verdict;
        if (verdict == Verdict::None)
            continue;
        if (!isAny) {
            hits.swap(m_scratch);
        } else {
            for (std::uint32_t i = 0; i < count; ++i)
                hits[i] |= m_scratch[i];
        }
        isAny = true;
    }
    return isAny && std::memchr(hits.data(), 1, count) ? Verdict::Some : Verdict::None;
}

namespace {

constexpr std::size_t kFewCodes = 4; ///< so many are compared with at once, more are looked up

Matcher::Verdict always(bool isMatch)
{
    return isMatch ? Matcher::Verdict::All : Matcher::Verdict::None;
}

template<typename T, typename Accept>
TELLTALE_WIDE_LOOP void keepEach(const T *values, std::uint8_t *hits, std::size_t count,
                                 std::uint8_t unwanted, Accept accept)
{
    for (std::size_t i = 0; i < count; ++i)
        hits[i] &= static_cast<std::uint8_t>(accept(values[i])) ^ unwanted;
}

/// Keeps the bytes of rows that `accept` takes, or, negated, does not take.
template<typename T, typename Accept>
Matcher::Verdict keep(std::span<const T> values, std::span<std::uint8_t> hits, bool isNegated, Accept accept)
{
    const auto unwanted = static_cast<std::uint8_t>(isNegated);
    keepEach(values.data(), hits.data(), std::min(values.size(), hits.size()), unwanted, accept);
    return Matcher::Verdict::Some;
}

} // namespace

/// What a term that columns tell says to a segment: the same to all rows, or to each its own.
Matcher::Verdict Matcher::decideTerm(Term &term, const Segment &segment, std::span<const std::int64_t> dwells,
                                     std::span<std::uint8_t> hits)
{
    const RecordKind kind = segment.info().kind;
    const bool isSpan = kind == RecordKind::Span;
    const bool isMetric = kind == RecordKind::MetricPoint;
    switch (term.test) {
    case Test::Event:
    case Test::HasEvent:
        return isSpan || isMetric ? always(term.isNegated)
                                  : decideIds(term, segment, SegmentColumn::Names, hits);
    case Test::Operation:
    case Test::HasOperation:
        return isSpan ? decideIds(term, segment, SegmentColumn::Names, hits) : always(term.isNegated);
    case Test::Metric:
    case Test::HasMetric:
        return isMetric ? decideIds(term, segment, SegmentColumn::Names, hits) : always(term.isNegated);
    case Test::Feature:
    case Test::HasFeature:
        return decideIds(term, segment, SegmentColumn::Features, hits);
    case Test::Screen:
    case Test::HasScreen:
        return decideIds(term, segment, SegmentColumn::Screens, hits);
    case Test::User:
    case Test::HasUser:
        return decideIds(term, segment, SegmentColumn::Users, hits);
    case Test::Session:
    case Test::HasSession:
    case Test::HasError:
        return decideIds(term, segment, SegmentColumn::Sessions, hits);
    case Test::Origin:
        return decideIds(term, segment, SegmentColumn::Origins, hits);
    case Test::Severity:
    case Test::HasSeverity:
        return decideSeverities(term, segment, hits);
    case Test::Dwell:
    case Test::HasDwell:
        return kind == RecordKind::ScreenView ? decideDurations(term, segment, dwells, hits)
                                              : always(term.isNegated);
    case Test::Duration:
    case Test::HasDuration:
        return isSpan ? decideDurations(term, segment, {}, hits) : always(term.isNegated);
    case Test::Kind:
        return always((kind == term.kind) != term.isNegated);
    case Test::ErrorType:
        return always(term.isNegated);
    case Test::Always:
    case Test::Attribute:
    case Test::Text:
        break;
    }
    return always(!term.isNegated);
}

Matcher::Verdict Matcher::decideIds(Term &term, const Segment &segment, SegmentColumn which,
                                    std::span<std::uint8_t> hits)
{
    if (const auto id = segment.constant(which))
        return always(testId(term, static_cast<std::uint32_t>(*id)) != term.isNegated);
    ByteColumn bytes;
    if (segment.asBytes(which, bytes))
        return decideBytes(term, bytes, hits);
    std::span<const std::uint32_t> ids;
    switch (which) {
    case SegmentColumn::Names:
        ids = segment.names();
        break;
    case SegmentColumn::Features:
        ids = segment.features();
        break;
    case SegmentColumn::Screens:
        ids = segment.screens();
        break;
    case SegmentColumn::Users:
        ids = segment.users();
        break;
    case SegmentColumn::Sessions:
        ids = segment.sessions();
        break;
    default:
        ids = segment.origins();
    }
    if (ids.size() != hits.size()) // a column that this kind does not have
        return always(testId(term, 0) != term.isNegated);
    if (isOneId(term)) {
        const std::uint32_t exact = *term.exact;
        return keep(ids, hits, term.isNegated, [exact](std::uint32_t id) { return id == exact; });
    }
    if (isPresenceOfId(term))
        return keep(ids, hits, term.isNegated, [](std::uint32_t id) { return id != 0; });
    if (term.test == Test::Origin) { // all of them are known
        const std::span<const std::uint8_t> known(term.known);
        return keep(ids, hits, term.isNegated,
                    [known](std::uint32_t id) { return id < known.size() && known[id] == 2; });
    }
    return keep(ids, hits, term.isNegated, [this, &term](std::uint32_t id) { return testId(term, id); });
}

/// Whether one id alone matches, and no other that stands for the same.
bool Matcher::isOneId(const Term &term) const
{
    const bool isJoined = (term.test == Test::Session && m_reader->hasJoinedSessions()) ||
                          (term.test == Test::User && m_reader->hasJoinedUsers());
    return term.exact && !isJoined;
}

bool Matcher::isPresenceOfId(const Term &term)
{
    return term.test >= Test::HasUser && term.test <= Test::HasMetric;
}

/// The same of a column of bytes: each of the values that occur is asked about once.
Matcher::Verdict Matcher::decideBytes(Term &term, const ByteColumn &column, std::span<std::uint8_t> hits)
{
    std::array<std::uint8_t, 256> occurs{};
    const bool isOne = isOneId(term);
    if (!isOne) {
        for (const std::uint8_t code : column.codes)
            occurs[code] = 1;
    }
    std::array<std::uint8_t, 256> accepted{};
    std::array<std::uint8_t, kFewCodes> few{};
    std::size_t count = 0;
    for (std::size_t code = 0; code < accepted.size(); ++code) {
        const std::uint32_t id = column.values[code];
        accepted[code] = isOne                  ? id == *term.exact
                         : occurs[code] == 0    ? false
                         : isPresenceOfId(term) ? id != 0
                                                : testId(term, id);
        if (accepted[code] && count++ < few.size())
            std::fill(few.begin() + static_cast<std::ptrdiff_t>(count) - 1, few.end(),
                      static_cast<std::uint8_t>(code));
    }
    if (count == 0)
        return always(term.isNegated);
    if (count == 1)
        return keep(column.codes, hits, term.isNegated,
                    [a = few[0]](std::uint8_t code) { return code == a; });
    if (count <= few.size())
        return keep(column.codes, hits, term.isNegated, [few](std::uint8_t code) {
            return ((code == few[0]) | (code == few[1]) | (code == few[2]) | (code == few[3])) != 0;
        });
    return keep(column.codes, hits, term.isNegated,
                [&accepted](std::uint8_t code) { return accepted[code] != 0; });
}

Matcher::Verdict Matcher::decideDurations(const Term &term, const Segment &segment,
                                          std::span<const std::int64_t> dwells, std::span<std::uint8_t> hits)
{
    const std::span<const std::int64_t> durations = dwells.empty() ? segment.durations() : dwells;
    if (durations.size() != hits.size())
        return always(term.isNegated);
    if (term.test == Test::HasDwell || term.test == Test::HasDuration)
        return keep(durations, hits, term.isNegated, [](std::int64_t d) { return d != kNoDuration; });
    return keep(durations, hits, term.isNegated,
                [&term](std::int64_t d) { return isWithin(d, term.op, term.low); });
}

Matcher::Verdict Matcher::decideSeverities(const Term &term, const Segment &segment,
                                           std::span<std::uint8_t> hits)
{
    const std::int64_t low = term.test == Test::HasSeverity ? 1 : std::max<std::int64_t>(term.low, 1);
    const std::int64_t high = term.test == Test::HasSeverity ? 255 : term.high;
    const auto isInside = [low, high](std::int64_t severity) { return severity >= low && severity <= high; };
    if (const auto severity = segment.constant(SegmentColumn::Severities))
        return always(isInside(*severity) != term.isNegated);
    if (segment.severities().size() != hits.size())
        return always(term.isNegated);
    return keep(segment.severities(), hits, term.isNegated,
                [&isInside](std::uint8_t severity) { return isInside(severity); });
}

void Matcher::markAttributes(Term &term, const Segment &segment, std::span<std::uint8_t> hits)
{
    std::vector<std::uint8_t> marks(segment.count());
    if (term.test == Test::Text) {
        ProseTest test(*term.search);
        segment.markTexts(test, marks);
    } else {
        ValueTest test(term);
        segment.markAttribute(term.key, test, marks);
    }
    keep(std::span<const std::uint8_t>(marks), hits, term.isNegated, [](std::uint8_t mark) { return mark; });
}

bool Matcher::matches(const RecordRow &row)
{
    if (m_alternatives.empty())
        return true;
    return std::any_of(m_alternatives.begin(), m_alternatives.end(), [&](auto &terms) {
        return std::all_of(terms.begin(), terms.end(),
                           [&](Term &term) { return testError(term, row) != term.isNegated; });
    });
}

bool Matcher::testError(Term &term, const RecordRow &row)
{
    switch (term.test) {
    case Test::Event:
    case Test::HasEvent:
        return testId(term, row.name);
    case Test::Screen:
    case Test::HasScreen:
        return testId(term, row.screen);
    case Test::User:
    case Test::HasUser:
        return testId(term, row.user);
    case Test::Session:
    case Test::HasSession:
        return testId(term, row.session);
    case Test::Origin:
        return testId(term, row.origin);
    case Test::ErrorType:
        return matchesWildcard(term.pattern, row.error->type);
    case Test::Severity:
        return row.severity != 0 && row.severity >= term.low && row.severity <= term.high;
    case Test::HasSeverity:
        return row.severity != 0;
    case Test::Kind:
        return term.kind == RecordKind::Error;
    case Test::HasError:
    case Test::Always:
        return true;
    case Test::Attribute:
        return std::any_of(
            row.error->attributes.begin(), row.error->attributes.end(), [&](const auto &attribute) {
                return attribute.first == term.key && ValueTest(term).acceptsValue(attribute.second);
            });
    case Test::Text:
        return isInError(*term.search, *row.error);
    default: // of other kinds of records
        return false;
    }
}

inline bool Matcher::testId(Term &term, std::uint32_t id)
{
    if (id < term.known.size() && term.known[id] != 0)
        return term.known[id] == 2;
    return askId(term, id);
}

/// Finds out and remembers.
bool Matcher::askId(Term &term, std::uint32_t id)
{
    if (id == 0 || term.test == Test::Origin) // all origins are known
        return false;
    bool isMatch = true; // has: something
    switch (term.test) {
    case Test::Event:
    case Test::Operation:
    case Test::Metric:
    case Test::Feature:
    case Test::Screen:
        isMatch = term.exact ? id == *term.exact : matchesWildcard(term.pattern, m_reader->string(id));
        break;
    case Test::User:
        isMatch = term.exact ? m_reader->canonicalUser(id) == *term.exact
                             : matchesWildcard(term.pattern, m_reader->userKey(id));
        break;
    case Test::Session:
        isMatch = term.exact ? m_reader->canonicalSession(id) == *term.exact
                             : matchesWildcard(term.pattern, m_reader->sessionKey(id));
        break;
    case Test::HasError:
        isMatch = m_sessionsWithErrors->contains(m_reader->canonicalSession(id));
        break;
    default:
        break;
    }
    if (id >= term.known.size())
        term.known.resize(std::size_t(id) + id / 2 + 64, 0);
    term.known[id] = isMatch ? 2 : 1;
    return isMatch;
}

} // namespace telltale
