// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/rulebook.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

namespace telltale {
namespace {

using Subject = MappingCondition::Subject;

bool matches(std::string_view pattern, std::string_view text)
{
    return pattern.ends_with('*') ? text.starts_with(pattern.substr(0, pattern.size() - 1)) : text == pattern;
}

/// The column of an origin that a rule fills; nullptr for a field of records.
StringId Origin::*columnOf(MappedField field)
{
    switch (field) {
    case MappedField::Product:
        return &Origin::product;
    case MappedField::Environment:
        return &Origin::environment;
    case MappedField::Release:
        return &Origin::release;
    case MappedField::Os:
        return &Origin::os;
    case MappedField::Device:
        return &Origin::device;
    case MappedField::Country:
        return &Origin::country;
    default:
        return nullptr;
    }
}

bool isFor(MappedField field, RecordKind kind)
{
    switch (field) {
    case MappedField::Feature:
    case MappedField::Event:
        return kind == RecordKind::UsageEvent || kind == RecordKind::Log;
    case MappedField::Screen:
        return kind != RecordKind::MetricPoint;
    case MappedField::Dwell:
        return kind == RecordKind::ScreenView;
    case MappedField::Duration:
        return kind == RecordKind::Span;
    default:
        return true;
    }
}

/// A rule as one batch sees it: its key as an id, and what its condition said last.
struct Compiled
{
    const MappingRule *rule;
    StringId key;
    std::string_view event, scope, product; ///< patterns; empty: none
    StringId lastName = kNoString;
    bool lastVerdict = false;
};

class Application
{
public:
    Application(const std::vector<MappingRule> &rules, RecordBatch &batch, std::string_view protocol,
                const RuleBook::Change &change);

    bool isIdle() const { return m_rules.empty(); }
    std::size_t run();

private:
    bool holds(Compiled &compiled, std::size_t row);
    const Attribute *find(const Compiled &compiled, std::size_t row) const;
    StringId textOf(const Attribute &attribute);
    std::optional<std::int64_t> timeOf(const Attribute &attribute, double unit) const;
    bool fill(const MappingRule &rule, const Attribute &attribute, std::size_t row, bool &isFilled);
    bool fillOrigin(const MappingRule &rule, StringId text, std::size_t row);
    bool set(StringId &column, StringId text, MappedField field, std::size_t row);
    void tell(std::size_t row, MappedField field, const std::string &before, const std::string &after) const
    {
        if (m_change)
            m_change(row, field, before, after);
    }

    RecordBatch &m_batch;
    const RuleBook::Change &m_change;
    std::vector<Compiled> m_rules;
    std::map<std::tuple<std::uint32_t, MappedField, StringId>, std::uint32_t>
        m_origins; ///< changed ones, by what they were
};

Application::Application(const std::vector<MappingRule> &rules, RecordBatch &batch, std::string_view protocol,
                         const RuleBook::Change &change)
    : m_batch(batch)
    , m_change(change)
{
    for (const MappingRule &rule : rules) {
        Compiled compiled{&rule, batch.strings.find(rule.key), {}, {}, {}};
        bool isPossible = compiled.key != kNoString;
        for (const MappingCondition &condition : rule.conditions) {
            switch (condition.subject) {
            case Subject::Protocol:
                isPossible = isPossible && (protocol.empty() || matches(condition.text, protocol));
                break;
            case Subject::Event:
                compiled.event = condition.text;
                break;
            case Subject::Scope:
                compiled.scope = condition.text;
                break;
            case Subject::Product:
                compiled.product = condition.text;
                break;
            }
        }
        if (isPossible && m_rules.size() < kMostMappingRules)
            m_rules.push_back(compiled);
    }
}

/// Records of one name come in runs.
bool Application::holds(Compiled &compiled, std::size_t row)
{
    if (!isFor(compiled.rule->target, m_batch.kinds[row]))
        return false;
    if (!compiled.event.empty()) {
        const StringId name = m_batch.names[row];
        if (name == kNoString)
            return false;
        if (name != compiled.lastName) {
            compiled.lastName = name;
            compiled.lastVerdict = matches(compiled.event, m_batch.text(name));
        }
        if (!compiled.lastVerdict)
            return false;
    }
    const Origin &origin = m_batch.origins[m_batch.origin[row]];
    return (compiled.scope.empty() || matches(compiled.scope, m_batch.text(origin.scopeName))) &&
           (compiled.product.empty() || matches(compiled.product, m_batch.text(origin.product)));
}

const Attribute *Application::find(const Compiled &compiled, std::size_t row) const
{
    const auto attributes = compiled.rule->place == MappingPlace::Resource
                                ? m_batch.attributesIn(m_batch.origins[m_batch.origin[row]].attributes)
                                : m_batch.attributesOf(row);
    for (const Attribute &attribute : attributes) {
        if (attribute.key == compiled.key)
            return &attribute;
    }
    return nullptr;
}

StringId Application::textOf(const Attribute &attribute)
{
    if (attribute.type == AttributeType::Null)
        return kNoString;
    if (attribute.isText())
        return m_batch.text(attribute.text()).empty() ? kNoString : attribute.text();
    return m_batch.strings.intern(toDisplayText(m_batch.valueOf(attribute)));
}

std::optional<std::int64_t> Application::timeOf(const Attribute &attribute, double unit) const
{
    double value = -1;
    if (attribute.type == AttributeType::Int)
        value = static_cast<double>(attribute.integer());
    else if (attribute.type == AttributeType::Double)
        value = attribute.number();
    else if (attribute.isText()) {
        const std::string_view text = m_batch.text(attribute.text());
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem != std::errc() || end != text.data() + text.size())
            return std::nullopt;
    }
    const double nanoseconds = value * unit;
    if (!(nanoseconds >= 0) || nanoseconds > 9e18)
        return std::nullopt;
    return std::llround(nanoseconds);
}

bool Application::set(StringId &column, StringId text, MappedField field, std::size_t row)
{
    if (column == text)
        return false;
    tell(row, field, std::string(m_batch.text(column)), std::string(m_batch.text(text)));
    column = text;
    return true;
}

/// Records share origins, so a changed one is another.
bool Application::fillOrigin(const MappingRule &rule, StringId text, std::size_t row)
{
    StringId Origin::*column = columnOf(rule.target);
    const std::uint32_t old = m_batch.origin[row];
    if (m_batch.origins[old].*column == text)
        return false;
    tell(row, rule.target, std::string(m_batch.text(m_batch.origins[old].*column)),
         std::string(m_batch.text(text)));
    const auto [found, isNew] =
        m_origins.try_emplace({old, rule.target, text}, static_cast<std::uint32_t>(m_batch.origins.size()));
    if (isNew) {
        Origin changed = m_batch.origins[old];
        changed.*column = text;
        m_batch.origins.push_back(changed);
    }
    m_batch.origin[row] = found->second;
    return true;
}

/// True when the record changed; `isFilled` when the attribute had a value for the field.
bool Application::fill(const MappingRule &rule, const Attribute &attribute, std::size_t row, bool &isFilled)
{
    if (rule.target == MappedField::Dwell || rule.target == MappedField::Duration) {
        const auto time = timeOf(attribute, rule.nanosecondsPerUnit);
        isFilled = time.has_value();
        if (!time || m_batch.durations[row] == *time)
            return false;
        const std::int64_t before = m_batch.durations[row];
        const auto inMilliseconds = [](std::int64_t ns) {
            return toDisplayText(Value(static_cast<double>(ns) / 1e6)) + " ms";
        };
        tell(row, rule.target, before == kNoDuration ? std::string() : inMilliseconds(before),
             inMilliseconds(*time));
        m_batch.durations[row] = *time;
        return true;
    }
    const StringId text = textOf(attribute);
    isFilled = text != kNoString;
    if (!isFilled)
        return false;
    if (columnOf(rule.target))
        return fillOrigin(rule, text, row);
    switch (rule.target) {
    case MappedField::User:
        return set(m_batch.users[row], text, rule.target, row);
    case MappedField::Session:
        return set(m_batch.sessions[row], text, rule.target, row);
    case MappedField::Screen:
        return set(m_batch.screens[row], text, rule.target, row);
    case MappedField::Feature:
        m_batch.kinds[row] = RecordKind::UsageEvent;
        if (m_batch.names[row] == kNoString)
            m_batch.names[row] = text;
        return set(m_batch.features[row], text, rule.target, row);
    case MappedField::Event: {
        // Without a name of its own a feature has that of its event.
        const bool isNamedSo = m_batch.kinds[row] == RecordKind::UsageEvent
                                   ? m_batch.features[row] == m_batch.names[row]
                                   : m_batch.names[row] == kNoString;
        const bool isChanged = set(m_batch.names[row], text, rule.target, row);
        if (isNamedSo) {
            m_batch.kinds[row] = RecordKind::UsageEvent;
            m_batch.features[row] = text;
        }
        return isChanged;
    }
    default:
        return false;
    }
}

std::size_t Application::run()
{
    std::size_t changed = 0;
    for (std::size_t row = 0; row < m_batch.size(); ++row) {
        bool isChanged = false;
        std::uint64_t filled = 0; // fields, a bit each
        // Conditions ask about what the client sent: an event renamed by one rule has its old name for the others.
        std::uint64_t held = 0; // rules, a bit each
        for (std::size_t i = 0; i < m_rules.size(); ++i)
            held |= std::uint64_t{holds(m_rules[i], row)} << i;
        for (std::size_t i = 0; i < m_rules.size() && held >> i != 0; ++i) {
            const MappingRule &rule = *m_rules[i].rule;
            const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(rule.target);
            if ((held >> i & 1) == 0 || (filled & bit) != 0)
                continue;
            const Attribute *attribute = find(m_rules[i], row);
            if (!attribute)
                continue;
            bool isFilled = false;
            isChanged |= fill(rule, Attribute(*attribute), row, isFilled);
            if (isFilled)
                filled |= bit;
        }
        changed += isChanged;
    }
    return changed;
}

} // namespace

std::size_t RuleBook::apply(RecordBatch &batch, std::string_view protocol, CounterSet &counters,
                            const Change &change) const
{
    if (m_rules.empty() || batch.isEmpty())
        return 0;
    Application application(m_rules, batch, protocol, change);
    if (application.isIdle())
        return 0;
    const std::size_t changed = application.run();
    if (changed > 0)
        counters.add("mapping.rule.applied", changed);
    return changed;
}

} // namespace telltale
