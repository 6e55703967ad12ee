// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/matcher.h"

#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <charconv>

namespace telltale {
namespace {

constexpr std::uint32_t bit(RecordKind kind)
{
    return 1U << static_cast<unsigned>(kind);
}
constexpr std::uint32_t kAllKinds = 0xffffffffU;
constexpr std::uint32_t kEventKinds = bit(RecordKind::UsageEvent) | bit(RecordKind::ScreenView) |
                                      bit(RecordKind::Error) | bit(RecordKind::Log) |
                                      bit(RecordKind::SessionBound);

template<typename T>
bool compares(FilterOperator op, T value, T bound)
{
    switch (op) {
    case FilterOperator::Equal:
        return value == bound;
    case FilterOperator::Greater:
        return value > bound;
    case FilterOperator::GreaterOrEqual:
        return value >= bound;
    case FilterOperator::Less:
        return value < bound;
    case FilterOperator::LessOrEqual:
        return value <= bound;
    }
    return false;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

const std::string *originText(const StoredOrigin &origin, std::string_view field)
{
    if (field == "product")
        return &origin.product;
    if (field == "environment")
        return &origin.environment;
    if (field == "release")
        return &origin.release;
    if (field == "os")
        return &origin.os;
    if (field == "device")
        return &origin.device;
    if (field == "country")
        return &origin.country;
    return nullptr;
}

} // namespace

Result<Matcher> Matcher::make(CacheReader &reader, const Filter &filter)
{
    Matcher matcher(reader);
    for (const auto &terms : filter.alternatives()) {
        auto &compiled = matcher.m_alternatives.emplace_back();
        for (const FilterTerm &term : terms)
            compiled.push_back(matcher.compile(term));
    }
    if (matcher.m_needsSessionsWithErrors) {
        const auto visited = reader.forEachError({}, false, [&](const StoredError &error) {
            if (error.session != 0)
                matcher.m_sessionsWithErrors.insert(reader.canonicalSession(error.session));
            return true;
        });
        if (!visited)
            return tl::unexpected(visited.error());
    }
    return matcher;
}

Matcher::Term Matcher::compile(const FilterTerm &source)
{
    Term term;
    term.isNegated = source.isNegated;
    term.op = source.op;
    term.pattern = source.value;
    const std::string &field = source.field;
    if (field == "has") {
        compilePresence(term, source.value);
    } else if (field == "event") {
        term.test = Test::Event;
    } else if (field == "operation") {
        term.test = Test::Operation;
    } else if (field == "metric") {
        term.test = Test::Metric;
    } else if (field == "feature") {
        term.test = Test::Feature;
    } else if (field == "screen") {
        term.test = Test::Screen;
    } else if (field == "user") {
        term.test = Test::User;
    } else if (field == "session") {
        term.test = Test::Session;
    } else if (field == "error") {
        term.test = Test::ErrorType;
    } else if (field == "kind") {
        term.test = Test::Kind;
        term.kind = recordKindNamed(source.value).value_or(RecordKind::Log);
    } else if (field == "severity") {
        term.test = Test::Severity;
        const SeverityRange range = parseSeverity(source.value).value_or(SeverityRange{255, 255});
        const bool isAbove = term.op == FilterOperator::Greater || term.op == FilterOperator::GreaterOrEqual;
        const bool isBelow = term.op == FilterOperator::Less || term.op == FilterOperator::LessOrEqual;
        term.low = isBelow ? 1 : term.op == FilterOperator::Greater ? range.high + 1 : range.low;
        term.high = isAbove ? 255 : term.op == FilterOperator::Less ? range.low - 1 : range.high;
    } else if (field == "dwell" || field == "duration") {
        term.test = field == "dwell" ? Test::Dwell : Test::Duration;
        term.low = parseDuration(source.value).value_or(std::chrono::nanoseconds(0)).count();
        m_needsDwell = m_needsDwell || term.test == Test::Dwell;
    } else if (field.starts_with(kAttributePrefix)) {
        term.test = Test::Attribute;
        term.key = field.substr(kAttributePrefix.size());
        m_needsAttributes = true;
    } else {
        term.test = Test::Origin;
    }
    term.number = parseFilterNumber(term.pattern);
    term.integer = parseInteger(term.pattern);
    if (term.test == Test::Origin)
        compileOrigins(term, field == "has" ? source.value : field);
    return term;
}

void Matcher::compilePresence(Term &term, const std::string &field)
{
    term.isPresence = true;
    term.pattern.assign(1, '*');
    if (field == "error") {
        term.test = Test::HasError;
        m_needsSessionsWithErrors = true;
    } else if (field == "user") {
        term.test = Test::HasUser;
    } else if (field == "session") {
        term.test = Test::HasSession;
    } else if (field == "feature") {
        term.test = Test::HasFeature;
    } else if (field == "screen") {
        term.test = Test::HasScreen;
    } else if (field == "event") {
        term.test = Test::HasEvent;
    } else if (field == "operation") {
        term.test = Test::HasOperation;
    } else if (field == "metric") {
        term.test = Test::HasMetric;
    } else if (field == "severity") {
        term.test = Test::HasSeverity;
    } else if (field == "dwell") {
        term.test = Test::HasDwell;
        m_needsDwell = true;
    } else if (field == "duration") {
        term.test = Test::HasDuration;
    } else if (field == "kind") {
        term.test = Test::Always;
    } else if (field.starts_with(kAttributePrefix)) {
        term.test = Test::Attribute;
        term.key = field.substr(kAttributePrefix.size());
        m_needsAttributes = true;
    } else {
        term.test = Test::Origin;
    }
}

void Matcher::compileOrigins(Term &term, const std::string &field)
{
    for (const OriginId id : m_reader->origins()) {
        const StoredOrigin &origin = m_reader->origin(id);
        bool isMatch = false;
        if (field.starts_with(kResourcePrefix)) {
            const std::string_view key = std::string_view(field).substr(kResourcePrefix.size());
            for (const auto &[name, value] : origin.resourceAttributes)
                isMatch = isMatch || (name == key && testValue(term, value));
        } else if (const std::string *text = originText(origin, field)) {
            isMatch = !text->empty() && matchesWildcard(term.pattern, *text);
        }
        if (id >= term.known.size())
            term.known.resize(std::size_t(id) + 1, 1);
        term.known[id] = isMatch ? 2 : 1;
    }
}

std::uint32_t Matcher::kindsOf(const Term &term)
{
    if (term.isNegated)
        return kAllKinds;
    switch (term.test) {
    case Test::Feature:
    case Test::HasFeature:
        return bit(RecordKind::UsageEvent);
    case Test::Event:
    case Test::HasEvent:
        return kEventKinds;
    case Test::Operation:
    case Test::HasOperation:
    case Test::Duration:
    case Test::HasDuration:
        return bit(RecordKind::Span);
    case Test::Metric:
    case Test::HasMetric:
        return bit(RecordKind::MetricPoint);
    case Test::ErrorType:
        return bit(RecordKind::Error);
    case Test::Dwell:
    case Test::HasDwell:
        return bit(RecordKind::ScreenView);
    case Test::Kind:
        return bit(term.kind);
    default:
        return kAllKinds;
    }
}

bool Matcher::mayMatch(RecordKind kind) const
{
    if (m_alternatives.empty())
        return true;
    for (const auto &terms : m_alternatives) {
        std::uint32_t kinds = kAllKinds;
        for (const Term &term : terms)
            kinds &= kindsOf(term);
        if (kinds & bit(kind))
            return true;
    }
    return false;
}

void Matcher::enter(const Segment &segment)
{
    for (auto &terms : m_alternatives) {
        for (Term &term : terms) {
            if (term.test != Test::Attribute)
                continue;
            term.hits.assign(segment.count(), 0);
            segment.forEachAttribute(term.key, [&term](std::uint32_t row, const Value &value) {
                if (term.isPresence || testValue(term, value))
                    term.hits[row] = 1;
            });
        }
    }
}

bool Matcher::matches(const RecordRow &row)
{
    if (m_alternatives.empty())
        return true;
    for (auto &terms : m_alternatives) {
        bool isMatch = true;
        for (Term &term : terms) {
            if (test(term, row) == term.isNegated) {
                isMatch = false;
                break;
            }
        }
        if (isMatch)
            return true;
    }
    return false;
}

bool Matcher::test(Term &term, const RecordRow &row)
{
    const bool isSpan = row.kind == RecordKind::Span;
    const bool isMetric = row.kind == RecordKind::MetricPoint;
    const bool isView = row.kind == RecordKind::ScreenView;
    switch (term.test) {
    case Test::Event:
        return !isSpan && !isMetric && testText(term, row.name, &CacheReader::string);
    case Test::Operation:
        return isSpan && testText(term, row.name, &CacheReader::string);
    case Test::Metric:
        return isMetric && testText(term, row.name, &CacheReader::string);
    case Test::Feature:
        return testText(term, row.feature, &CacheReader::string);
    case Test::Screen:
        return testText(term, row.screen, &CacheReader::string);
    case Test::User:
        return testText(term, row.user, &CacheReader::userKey);
    case Test::Session:
        return testText(term, row.session, &CacheReader::sessionKey);
    case Test::Origin:
        return row.origin < term.known.size() && term.known[row.origin] == 2;
    case Test::ErrorType:
        return row.error && matchesWildcard(term.pattern, row.error->type);
    case Test::Severity:
        return row.severity != 0 && row.severity >= term.low && row.severity <= term.high;
    case Test::Dwell:
        return isView && row.duration != kNoDuration && compares(term.op, row.duration, term.low);
    case Test::Duration:
        return isSpan && row.duration != kNoDuration && compares(term.op, row.duration, term.low);
    case Test::Kind:
        return row.kind == term.kind;
    case Test::Attribute:
        if (row.error) {
            for (const auto &[key, value] : row.error->attributes) {
                if (key == term.key && (term.isPresence || testValue(term, value)))
                    return true;
            }
            return false;
        }
        return row.index < term.hits.size() && term.hits[row.index] != 0;
    case Test::HasError:
        return row.error || (row.session != 0 && m_sessionsWithErrors.contains(row.session));
    case Test::HasUser:
        return row.user != 0;
    case Test::HasSession:
        return row.session != 0;
    case Test::HasFeature:
        return row.feature != 0;
    case Test::HasScreen:
        return row.screen != 0;
    case Test::HasEvent:
        return !isSpan && !isMetric && row.name != 0;
    case Test::HasOperation:
        return isSpan && row.name != 0;
    case Test::HasMetric:
        return isMetric && row.name != 0;
    case Test::HasSeverity:
        return row.severity != 0;
    case Test::HasDwell:
        return isView && row.duration != kNoDuration;
    case Test::HasDuration:
        return isSpan && row.duration != kNoDuration;
    case Test::Always:
        return true;
    }
    return false;
}

bool Matcher::testText(Term &term, std::uint32_t id, std::string_view (CacheReader::*text)(std::uint32_t))
{
    if (id == 0)
        return false;
    if (id >= term.known.size())
        term.known.resize(std::size_t(id) + id / 2 + 64, 0);
    std::uint8_t &known = term.known[id];
    if (known == 0)
        known = matchesWildcard(term.pattern, (m_reader->*text)(id)) ? 2 : 1;
    return known == 2;
}

bool Matcher::testValue(const Term &term, const Value &value)
{
    if (term.isPresence)
        return true;
    if (const auto *integer = value.as<std::int64_t>()) {
        if (term.integer)
            return compares(term.op, *integer, *term.integer); // exact beyond 2^53 too
        if (term.number)
            return compares(term.op, static_cast<double>(*integer), *term.number);
    } else if (const auto *number = value.as<double>()) {
        if (term.number)
            return compares(term.op, *number, *term.number);
    }
    return term.op == FilterOperator::Equal && matchesWildcard(term.pattern, toDisplayText(value));
}

} // namespace telltale
