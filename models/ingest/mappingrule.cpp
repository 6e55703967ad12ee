// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/mappingrule.h"

#include "models/ingest/secretkeys.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kLongestRule = 2'000;
constexpr std::string_view kForm = "a rule is TARGET = attribute KEY, or TARGET = resource KEY, and then "
                                   "perhaps: when event is NAME and protocol is NAME";

constexpr MappedField kTargets[] = {MappedField::Feature, MappedField::Screen,      MappedField::Event,
                                    MappedField::User,    MappedField::Session,     MappedField::Product,
                                    MappedField::Release, MappedField::Environment, MappedField::Os,
                                    MappedField::Device,  MappedField::Country,     MappedField::Dwell,
                                    MappedField::Duration};

constexpr std::pair<MappingCondition::Subject, std::string_view> kSubjects[] = {
    {MappingCondition::Subject::Event, "event"},
    {MappingCondition::Subject::Scope, "scope"},
    {MappingCondition::Subject::Product, "product"},
    {MappingCondition::Subject::Protocol, "protocol"}};

constexpr std::pair<std::string_view, double> kUnits[] = {
    {"ms", 1e6}, {"s", 1e9}, {"us", 1e3}, {"ns", 1}, {"min", 60e9}};

tl::unexpected<Error> wrong(std::string message)
{
    return failure(Error::Code::InvalidArgument, std::move(message));
}

bool isTime(MappedField target)
{
    return target == MappedField::Dwell || target == MappedField::Duration;
}

/// A word, or what stands between quotes, where a backslash keeps the next character.
struct Word
{
    std::string text;
    bool isQuoted = false;
    bool is(std::string_view word) const { return !isQuoted && text == word; }
};

Result<std::vector<Word>> wordsOf(std::string_view text)
{
    std::vector<Word> words;
    std::size_t i = 0;
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (i < text.size()) {
        if (isBlank(text[i])) {
            ++i;
            continue;
        }
        Word word;
        if (text[i] == '"') {
            word.isQuoted = true;
            for (++i; i < text.size() && text[i] != '"'; ++i) {
                if (text[i] == '\\' && i + 1 < text.size())
                    ++i;
                word.text += text[i];
            }
            if (i == text.size())
                return wrong("a quote is missing at the end of \"" + word.text);
            ++i;
        } else if (text[i] == '=') {
            word.text = text[i++];
        } else {
            // A key may hold an =, but no word begins with one.
            const bool isFirst = words.empty();
            while (i < text.size() && !isBlank(text[i]) && !(isFirst && text[i] == '='))
                word.text += text[i++];
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::string listOf(const auto &range, auto name)
{
    std::string list;
    for (const auto &each : range)
        list += (list.empty() ? "" : ", ") + std::string(name(each));
    return list;
}

std::string inQuotes(std::string_view text)
{
    const bool isPlain = !text.empty() && text != "=" && text != "when" && text != "and" && text != "in" &&
                         text.find_first_of(" \t\r\n\"\\") == std::string_view::npos && text.front() != '=';
    if (isPlain)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

/// Reads words one after the other.
class RuleReader
{
public:
    explicit RuleReader(std::vector<Word> words)
        : m_words(std::move(words))
    {}

    Result<MappingRule> read();

private:
    bool takes(std::string_view word)
    {
        if (m_next == m_words.size() || !m_words[m_next].is(word))
            return false;
        ++m_next;
        return true;
    }
    const Word *take() { return m_next < m_words.size() ? &m_words[m_next++] : nullptr; }
    std::string here() const
    {
        return m_next < m_words.size() ? "'" + m_words[m_next].text + "'" : "the end";
    }

    Result<void> readTarget();
    Result<void> readSource();
    Result<void> readUnit();
    Result<void> readConditions();

    std::vector<Word> m_words;
    std::size_t m_next = 0;
    MappingRule m_rule;
};

Result<void> RuleReader::readTarget()
{
    const Word *word = take();
    const auto field = word ? mappedFieldNamed(word->text) : std::nullopt;
    if (!field || std::find(std::begin(kTargets), std::end(kTargets), *field) == std::end(kTargets))
        return wrong(
            (word ? "'" + word->text + "' can not be filled by a rule" : std::string("the rule is empty")) +
            "; there are " + listOf(kTargets, mappedFieldName));
    m_rule.target = *field;
    if (!takes("="))
        return wrong("an = was expected behind " + word->text + ", not " + here() + "; " +
                     std::string(kForm));
    return {};
}

Result<void> RuleReader::readSource()
{
    if (takes("attribute"))
        m_rule.place = MappingPlace::Attribute;
    else if (takes("resource"))
        m_rule.place = MappingPlace::Resource;
    else
        return wrong("attribute or resource was expected behind the =, not " + here() + "; " +
                     std::string(kForm));
    const Word *key = take();
    if (!key || key->text.empty() || key->is("when"))
        return wrong("the key of the attribute is missing; " + std::string(kForm));
    m_rule.key = key->text;
    if (m_rule.key.front() == '\x1f')
        return wrong("a key can not begin with the control character U+001F");
    if (secrecyOfKey(m_rule.key) != KeySecrecy::Harmless)
        return wrong("the key '" + m_rule.key +
                     "' names a secret; its value is taken out before anything is stored");
    return {};
}

Result<void> RuleReader::readUnit()
{
    if (!takes("in"))
        return {};
    if (!isTime(m_rule.target))
        return wrong("only dwell and duration have a unit");
    const Word *unit = take();
    for (const auto &[name, nanoseconds] : kUnits) {
        if (unit && unit->text == name) {
            m_rule.nanosecondsPerUnit = nanoseconds;
            return {};
        }
    }
    return wrong("the unit behind 'in' is one of " +
                 listOf(kUnits, [](const auto &each) { return each.first; }));
}

Result<void> RuleReader::readConditions()
{
    if (m_next == m_words.size())
        return {};
    if (!takes("when"))
        return wrong("'when' was expected, not " + here() + "; a key with blanks stands in quotes");
    do {
        const Word *subject = take();
        const auto *known = std::find_if(std::begin(kSubjects), std::end(kSubjects), [&](const auto &each) {
            return subject && subject->is(each.second);
        });
        if (known == std::end(kSubjects))
            return wrong("a condition is about " +
                         listOf(kSubjects, [](const auto &each) { return each.second; }) +
                         (subject ? ", not '" + subject->text + "'" : ""));
        if (!takes("is"))
            return wrong("'is' was expected behind " + std::string(known->second) + ", not " + here());
        const Word *text = take();
        if (!text || text->text.empty())
            return wrong("the name behind '" + std::string(known->second) + " is' is missing");
        if (text->text.find('*') < text->text.size() - 1)
            return wrong("a * stands at the end of a name only: '" + text->text + "'");
        const bool isTwice =
            std::any_of(m_rule.conditions.begin(), m_rule.conditions.end(),
                        [&](const MappingCondition &each) { return each.subject == known->first; });
        if (isTwice)
            return wrong("two conditions about " + std::string(known->second) + "; write two rules");
        m_rule.conditions.push_back({known->first, text->text});
    } while (takes("and"));
    if (m_next != m_words.size())
        return wrong("'and' or the end was expected, not " + here() +
                     "; a name with blanks stands in quotes");
    return {};
}

Result<MappingRule> RuleReader::read()
{
    for (const auto step : {&RuleReader::readTarget, &RuleReader::readSource, &RuleReader::readUnit,
                            &RuleReader::readConditions}) {
        if (const auto done = (this->*step)(); !done)
            return tl::unexpected(done.error());
    }
    return std::move(m_rule);
}

} // namespace

Result<MappingRule> parseMappingRule(std::string_view text)
{
    if (text.size() > kLongestRule)
        return failure(Error::Code::TooLarge,
                       "a rule has no more than " + std::to_string(kLongestRule) + " bytes");
    auto words = wordsOf(text);
    if (!words)
        return tl::unexpected(words.error());
    return RuleReader(std::move(*words)).read();
}

std::string conditionsText(const MappingRule &rule)
{
    std::string text;
    for (const MappingCondition &condition : rule.conditions) {
        const auto *known = std::find_if(std::begin(kSubjects), std::end(kSubjects),
                                         [&](const auto &each) { return each.first == condition.subject; });
        text +=
            (text.empty() ? "" : " and ") + std::string(known->second) + " is " + inQuotes(condition.text);
    }
    return text;
}

std::string toText(const MappingRule &rule)
{
    std::string text(mappedFieldName(rule.target));
    text += rule.place == MappingPlace::Resource ? " = resource " : " = attribute ";
    text += inQuotes(rule.key);
    if (isTime(rule.target)) {
        for (const auto &[name, nanoseconds] : kUnits) {
            if (nanoseconds == rule.nanosecondsPerUnit && name != "ms")
                text += " in " + std::string(name);
        }
    }
    if (const std::string conditions = conditionsText(rule); !conditions.empty())
        text += " when " + conditions;
    return text;
}

} // namespace telltale
