// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/exposition.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <map>

namespace telltale::prometheus {
namespace {

constexpr std::size_t kMostSamples = 1'000'000;
constexpr std::string_view kSuffixes[] = {"_total", "_created", "_bucket", "_sum", "_count", "_info",
                                          "_gsum",  "_gcount"};

bool isNameCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == ':' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// A position in one line.
class Line
{
public:
    explicit Line(std::string_view text)
        : m_rest(text)
    {}

    bool isAtEnd() const { return m_rest.empty(); }
    char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    void skip() { m_rest.remove_prefix(std::min<std::size_t>(1, m_rest.size())); }
    void skipBlanks()
    {
        while (peek() == ' ' || peek() == '\t')
            skip();
    }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        skip();
        return true;
    }
    std::string_view rest() const { return m_rest; }
    std::string_view name()
    {
        std::size_t size = 0;
        while (size < m_rest.size() && isNameCharacter(m_rest[size]))
            ++size;
        const std::string_view found = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return found;
    }
    std::string_view word()
    {
        const auto end = m_rest.find_first_of(" \t");
        const std::string_view found = m_rest.substr(0, end);
        m_rest.remove_prefix(found.size());
        return found;
    }
    /// After the opening quote.
    bool quoted(std::string &text)
    {
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            skip();
            if (c == '"')
                return true;
            if (c != '\\') {
                text.push_back(c);
                continue;
            }
            const char escaped = peek();
            skip();
            text.push_back(escaped == 'n' ? '\n' : escaped);
        }
        return false;
    }

private:
    std::string_view m_rest;
};

/// After the opening brace. `name`: of a sample that has none yet; one with unusual characters stands among its labels, in
/// quotes: {"my.metric",a="b"}.
bool readLabels(Line &line, Labels &labels, std::string *name = nullptr)
{
    while (!line.take('}')) {
        line.skipBlanks();
        std::string key;
        const bool isQuoted = line.take('"');
        if (!isQuoted)
            key = line.name();
        else if (!line.quoted(key))
            return false;
        line.skipBlanks();
        if (isQuoted && name && name->empty() && line.peek() != '=') {
            *name = std::move(key);
        } else {
            if (key.empty() || !line.take('='))
                return false;
            line.skipBlanks();
            std::string value;
            if (!line.take('"') || !line.quoted(value))
                return false;
            labels.emplace_back(std::move(key), std::move(value));
        }
        line.skipBlanks();
        if (!line.take(',') && line.peek() != '}')
            return false;
        line.skipBlanks();
    }
    return true;
}

bool readSample(std::string_view text, Sample &sample)
{
    Line line(text);
    line.skipBlanks();
    sample.name = line.name();
    line.skipBlanks();
    if (line.take('{') && !readLabels(line, sample.labels, &sample.name))
        return false;
    if (sample.name.empty())
        return false;
    line.skipBlanks();
    if (!readNumber(line.word(), sample.value))
        return false;
    line.skipBlanks();
    if (!line.isAtEnd() && line.peek() != '#') {
        double time = 0;
        if (!readNumber(line.word(), time))
            return false;
        sample.timestamp = time;
        line.skipBlanks();
    }
    if (line.take('#')) {
        line.skipBlanks();
        double value = 0;
        if (!line.take('{') || !readLabels(line, sample.exemplarLabels))
            return false;
        line.skipBlanks();
        if (!readNumber(line.word(), value))
            return false;
        sample.exemplar = value;
        line.skipBlanks();
        if (double time = 0; readNumber(line.word(), time))
            sample.exemplarTimestamp = time;
        line.skipBlanks();
    }
    return line.isAtEnd();
}

std::string unescapedHelp(std::string_view text)
{
    std::string help;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            help.push_back(text[i] == 'n' ? '\n' : text[i]);
        } else {
            help.push_back(text[i]);
        }
    }
    return help;
}

/// Finds the family of a sample, whose name may have a suffix.
class Families
{
public:
    explicit Families(std::vector<Family> &families)
        : m_families(families)
    {}

    Family &named(std::string_view name)
    {
        const auto [at, isNew] = m_index.try_emplace(std::string(name), m_families.size());
        if (isNew)
            m_families.emplace_back().name = name;
        return m_families[at->second];
    }
    Family &ofSample(std::string_view name)
    {
        if (m_index.find(name) != m_index.end())
            return named(name);
        for (const std::string_view suffix : kSuffixes) {
            if (!name.ends_with(suffix))
                continue;
            const std::string_view stem = name.substr(0, name.size() - suffix.size());
            if (m_index.find(stem) != m_index.end())
                return named(stem);
        }
        return named(name);
    }

private:
    std::vector<Family> &m_families;
    std::map<std::string, std::size_t, std::less<>> m_index;
};

} // namespace

bool readNumber(std::string_view word, double &value)
{
    std::string lower(word.substr(0, 64));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (lower == "nan") {
        value = std::numeric_limits<double>::quiet_NaN();
        return true;
    }
    if (lower == "+inf" || lower == "inf" || lower == "-inf") {
        value = lower == "-inf" ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
        return true;
    }
    std::string_view digits(lower);
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc() && end == digits.data() + digits.size() && !digits.empty();
}

Result<Exposition> parseExposition(std::string_view text)
{
    Exposition exposition;
    Families families(exposition.families);
    std::size_t samples = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        if (line.front() == '#') {
            Line words(line);
            words.skip();
            words.skipBlanks();
            const std::string_view what = words.word();
            if (what == "EOF") {
                exposition.isOpenMetrics = true;
                break;
            }
            words.skipBlanks();
            std::string name;
            if (!words.take('"'))
                name = words.word();
            else if (!words.quoted(name))
                name.clear();
            words.skipBlanks();
            if (name.empty())
                continue; // a comment
            if (what == "TYPE")
                families.named(name).type = words.rest();
            else if (what == "HELP")
                families.named(name).help = unescapedHelp(words.rest());
            else if (what == "UNIT")
                families.named(name).unit = words.rest();
            continue;
        }
        Sample sample;
        if (!readSample(line, sample)) {
            ++exposition.badLines;
            continue;
        }
        if (++samples > kMostSamples)
            return failure(Error::Code::TooLarge, "More than a million samples in one exposition.");
        Family &family = families.ofSample(sample.name);
        family.samples.push_back(std::move(sample));
    }
    return exposition;
}

} // namespace telltale::prometheus
