// SPDX-License-Identifier: GPL-3.0-or-later
// From the terms of a filter to what segments and rows are asked, once a question.
#include "models/analysis/matcher.h"

#include "models/analysis/filterkinds.h"
#include "models/analysis/valuetest.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <charconv>

namespace telltale {
namespace {

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

/// The text of a pattern that matches one text only.
std::optional<std::string> literalOf(std::string_view pattern)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '*')
            return std::nullopt;
        const bool isEscape =
            pattern[i] == '\\' && i + 1 < pattern.size() && (pattern[i + 1] == '*' || pattern[i + 1] == '\\');
        text += pattern[isEscape ? ++i : i];
    }
    return text;
}

} // namespace

Result<Matcher> Matcher::make(CacheReader &reader, const Filter &filter, const std::stop_token &stop)
{
    Matcher matcher(reader);
    for (const auto &terms : filter.alternatives()) {
        auto &compiled = matcher.m_alternatives.emplace_back();
        for (const FilterTerm &term : terms)
            compiled.push_back(matcher.compile(term));
        // What columns tell comes first: it is cheap, and may make the rest unnecessary.
        std::stable_partition(compiled.begin(), compiled.end(),
                              [](const Term &term) { return !term.needsAttributes(); });
        matcher.m_decidesByColumns = matcher.m_decidesByColumns || !compiled.front().needsAttributes();
    }
    matcher.compileExtent();
    if (matcher.m_needsSessionsWithErrors) {
        auto sessions = std::make_shared<SeenIds>();
        const auto visited = reader.forEachError({}, false, [&](const StoredError &error) {
            if (error.session != 0)
                sessions->insert(reader.canonicalSession(error.session));
            return !stop.stop_requested();
        });
        if (!visited)
            return tl::unexpected(visited.error());
        if (stop.stop_requested())
            return failure(Error::Code::Cancelled, "the question was cancelled");
        matcher.m_sessionsWithErrors = std::move(sessions);
    }
    return matcher;
}

Matcher::Term Matcher::compile(const FilterTerm &source)
{
    Term term;
    term.isNegated = source.isNegated;
    term.op = source.op;
    term.pattern = source.value;
    term.kinds = recordKindsOf(source);
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
    } else if (field == "text") {
        term.test = Test::Text;
        term.search = std::make_shared<const TextSearch>(source.value);
        m_needsAttributes = true;
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
    compileExact(term);
    return term;
}

/// A pattern without wildcard is one id at most: looked up, not compared with all texts.
void Matcher::compileExact(Term &term)
{
    constexpr std::uint32_t kNobody = 0xffffffffU;
    const auto literal = literalOf(term.pattern);
    if (!literal)
        return;
    switch (term.test) {
    case Test::Event:
    case Test::Operation:
    case Test::Metric:
    case Test::Feature:
    case Test::Screen:
        term.exact = m_reader->findString(*literal).value_or(kNobody);
        break;
    case Test::User:
        term.exact = m_reader->findUser(*literal).value_or(kNobody);
        break;
    case Test::Session:
        if (const auto id = m_reader->findSession(*literal))
            term.exact = m_reader->canonicalSession(*id);
        else
            term.exact = kNobody;
        break;
    default:
        return;
    }
    if (term.exact == 0U)
        term.exact = kNobody; // 0 is none: nothing to match
}

/// When every alternative names a session, nothing outside of these sessions matches.
void Matcher::compileExtent()
{
    TimeRange all{Instant::max(), Instant::min()};
    for (const auto &terms : m_alternatives) {
        const auto named = std::find_if(terms.begin(), terms.end(), [](const Term &term) {
            return term.test == Test::Session && term.exact && !term.isNegated;
        });
        if (named == terms.end())
            return;
        const auto session = m_reader->session(*named->exact);
        if (!session)
            continue; // there is none: matches nothing
        all.from = std::min(all.from, session->start);
        all.to =
            std::max(all.to, session->end == Instant::max() ? session->end
                                                            : session->end + std::chrono::nanoseconds(1));
    }
    if (!m_alternatives.empty())
        m_extent = all;
}

TimeRange Matcher::narrowed(RecordKind kind, TimeRange range) const
{
    if (!m_extent || kind == RecordKind::MetricPoint) // points do not make a session longer
        return range;
    return {std::max(range.from, m_extent->from), std::min(range.to, m_extent->to)};
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
    } else if (field == "text") {
        term.test = Test::Text;
        term.search = std::make_shared<const TextSearch>("");
        m_needsAttributes = true;
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
                isMatch = isMatch || (name == key && ValueTest(term).acceptsValue(value));
        } else if (const std::string *text = originText(origin, field)) {
            isMatch = !text->empty() && matchesWildcard(term.pattern, *text);
        }
        if (id >= term.known.size())
            term.known.resize(std::size_t(id) + 1, 1);
        term.known[id] = isMatch ? 2 : 1;
    }
}

SegmentColumns Matcher::columnsOf(const Term &term)
{
    switch (term.test) {
    case Test::Event:
    case Test::HasEvent:
    case Test::Operation:
    case Test::HasOperation:
    case Test::Metric:
    case Test::HasMetric:
        return columnBit(SegmentColumn::Names);
    case Test::Feature:
    case Test::HasFeature:
        return columnBit(SegmentColumn::Features);
    case Test::Screen:
    case Test::HasScreen:
        return columnBit(SegmentColumn::Screens);
    case Test::User:
    case Test::HasUser:
        return columnBit(SegmentColumn::Users);
    case Test::Session:
    case Test::HasSession:
    case Test::HasError:
        return columnBit(SegmentColumn::Sessions);
    case Test::Origin:
        return columnBit(SegmentColumn::Origins);
    case Test::Severity:
    case Test::HasSeverity:
        return columnBit(SegmentColumn::Severities);
    case Test::Dwell:
    case Test::HasDwell:
    case Test::Duration:
    case Test::HasDuration:
        return columnBit(SegmentColumn::Durations);
    case Test::Kind:
    case Test::ErrorType:
    case Test::Always:
        return 0;
    case Test::Attribute:
    case Test::Text:
        break; // with attributes comes everything
    }
    return 0;
}

SegmentColumns Matcher::columns() const
{
    SegmentColumns columns = 0;
    for (const auto &terms : m_alternatives) {
        for (const Term &term : terms)
            columns |= columnsOf(term);
    }
    return columns;
}

bool Matcher::mayMatch(RecordKind kind) const
{
    if (m_alternatives.empty())
        return true;
    for (const auto &terms : m_alternatives) {
        std::uint32_t kinds = kAllRecordKinds;
        for (const Term &term : terms)
            kinds &= term.kinds;
        if (kinds & recordKindBit(kind))
            return true;
    }
    return false;
}

} // namespace telltale
