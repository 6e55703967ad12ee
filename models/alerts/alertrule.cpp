// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertrule.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace telltale {
namespace {

using Kind = AlertRule::Kind;
using Measure = AlertRule::Measure;

constexpr std::pair<std::string_view, Measure> kMeasures[] = {{"events", Measure::Events},
                                                              {"users", Measure::Users},
                                                              {"sessions", Measure::Sessions},
                                                              {"errors", Measure::Errors},
                                                              {"crash-free", Measure::CrashFree}};
constexpr std::pair<std::string_view, double> kShares[] = {{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}};
constexpr std::pair<std::string_view, Kind> kGroups[] = {
    {"new", Kind::NewError}, {"regressed", Kind::RegressedError}, {"escalating", Kind::EscalatingError}};
constexpr auto kShortest = std::chrono::seconds(10);
constexpr auto kLongest = std::chrono::hours(24 * 31);

tl::unexpected<Error> wrong(std::string why)
{
    return failure(Error::Code::InvalidArgument, std::move(why));
}

/// Words between blanks; quotes keep blanks together.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool isQuoted = false, isOpen = false;
    for (const char c : text) {
        if (c == '"') {
            isQuoted = !isQuoted;
            isOpen = true;
        } else if (!isQuoted && (c == ' ' || c == '\t')) {
            if (isOpen)
                words.push_back(std::exchange(word, {}));
            isOpen = false;
        } else {
            word += c;
            isOpen = true;
        }
    }
    if (isOpen)
        words.push_back(std::move(word));
    return words;
}

std::optional<double> numberOf(std::string_view text)
{
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(number) || number < 0)
        return std::nullopt;
    return number;
}

/// 0.98 of "98%".
std::optional<double> percentOf(std::string_view text)
{
    if (!text.ends_with('%'))
        return std::nullopt;
    const auto number = numberOf(text.substr(0, text.size() - 1));
    return number ? std::optional(*number / 100) : std::nullopt;
}

std::string numberText(double number)
{
    std::array<char, 32> text{};
    const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() ? std::string(text.data(), end) : std::string("0");
}

std::string percentText(double share)
{
    return numberText(std::round(share * 1e8) / 1e6) + '%';
}

std::string windowText(std::chrono::nanoseconds window)
{
    using namespace std::chrono;
    for (const auto &[unit, name] : {std::pair{nanoseconds(24h), "d"}, {nanoseconds(1h), "h"}, {nanoseconds(1min), "m"}, {nanoseconds(1s), "s"}}) {
        if (window % unit == nanoseconds(0))
            return std::to_string(window / unit) + name;
    }
    return std::to_string(window / milliseconds(1)) + "ms";
}

Result<double> limitOf(const AlertRule &rule, std::string_view word)
{
    if (rule.kind == Kind::Change || rule.measure == Measure::CrashFree) {
        const auto share = percentOf(word);
        if (!share)
            return wrong("'" + std::string(word) + "' is no percentage, such as 50%");
        if (rule.kind != Kind::Change && *share > 1)
            return wrong("crash-free sessions are no more than 100%");
        return *share;
    }
    if (rule.measure == Measure::Percentile) {
        const auto duration = parseDuration(word);
        if (!duration)
            return wrong("'" + std::string(word) + "' is no duration, such as 800ms");
        return std::chrono::duration<double, std::milli>(*duration).count();
    }
    const auto number = numberOf(word);
    if (!number)
        return wrong("'" + std::string(word) + "' is no number");
    return *number;
}

} // namespace

Result<AlertRule> AlertRule::parse(std::string_view text)
{
    const std::vector<std::string> words = wordsOf(text);
    AlertRule rule;
    std::size_t at = 0;
    const auto next = [&]() -> std::string { return at < words.size() ? words[at++] : std::string(); };
    const std::string first = next();
    for (const auto &[name, kind] : kGroups) {
        if (first != name)
            continue;
        rule.kind = kind;
        if (next() != "error" || at != words.size())
            return wrong("it is '" + first + " error'");
        return rule;
    }
    const auto measure = std::find_if(std::begin(kMeasures), std::end(kMeasures), [&](const auto &each) { return each.first == first; });
    const auto share = std::find_if(std::begin(kShares), std::end(kShares), [&](const auto &each) { return each.first == first; });
    if (measure != std::end(kMeasures)) {
        rule.measure = measure->second;
    } else if (share != std::end(kShares)) {
        rule.measure = Measure::Percentile;
        rule.share = share->second;
        rule.operation = next();
        if (rule.operation.empty())
            return wrong("after " + first + " comes the name of an operation");
    } else {
        return wrong("'" + first + "' is nothing that is measured; there are events, users, sessions, errors, crash-free, p50, p95 and p99 OPERATION, "
                                   "and new error, regressed error, escalating error");
    }
    const std::string comparison = next();
    if (comparison == "up" || comparison == "down") {
        rule.kind = Kind::Change;
        rule.isAbove = comparison == "up";
    } else if (comparison == ">" || comparison == ">=" || comparison == "<" || comparison == "<=") {
        rule.isAbove = comparison.front() == '>';
        rule.includesLimit = comparison.size() == 2;
    } else {
        return wrong("after what is measured comes >, >=, <, <=, up or down");
    }
    const auto limit = limitOf(rule, next());
    if (!limit)
        return tl::unexpected(limit.error());
    rule.limit = *limit;
    if (next() != "in")
        return wrong("then comes 'in' and a time, such as in 10m");
    const std::string length = next();
    const auto window = parseDuration(length);
    if (!window || *window < kShortest || *window > kLongest || (!length.empty() && length.back() >= '0' && length.back() <= '9'))
        return wrong("'" + length + "' is no time between 10s and 31d");
    if (at != words.size())
        return wrong("'" + words[at] + "' is too much");
    rule.window = *window;
    return rule;
}

std::string AlertRule::text() const
{
    for (const auto &[name, groupKind] : kGroups) {
        if (kind == groupKind)
            return std::string(name) + " error";
    }
    std::string out;
    if (measure == Measure::Percentile) {
        for (const auto &[name, known] : kShares)
            out = known == share ? std::string(name) : out;
        const bool isPlain = operation.find_first_of(" \t") == std::string::npos;
        out += isPlain ? ' ' + operation : " \"" + operation + '"';
    } else {
        for (const auto &[name, known] : kMeasures)
            out = known == measure ? std::string(name) : out;
    }
    if (kind == Kind::Change)
        out += isAbove ? " up " : " down ";
    else
        out += std::string(isAbove ? " >" : " <") + (includesLimit ? "= " : " ");
    if (kind == Kind::Change || measure == Measure::CrashFree)
        out += percentText(limit);
    else if (measure == Measure::Percentile)
        out += numberText(limit) + "ms";
    else
        out += numberText(limit);
    return out + " in " + windowText(window);
}

} // namespace telltale
