// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/secretpatterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace telltale {
namespace {

/// What a byte can be a part of.
enum Trait : std::uint8_t {
    At = 1,
    Equals = 2,
    Underscore = 4,
    Dash = 8,
    Upper = 16,
    Blank = 32,
    LetterX = 64,
    Digit = 128
};

constexpr std::array<std::uint8_t, 256> kTraits = [] {
    std::array<std::uint8_t, 256> table{};
    table['@'] = At;
    table['='] = Equals;
    table['_'] = Underscore;
    table['-'] = Dash;
    table[' '] = Blank;
    table['x'] = LetterX;
    for (std::size_t c = 'A'; c <= 'Z'; ++c)
        table[c] = Upper;
    for (std::size_t c = '0'; c <= '9'; ++c)
        table[c] = Digit;
    return table;
}();

/// Kinds of secrets: bits of suspicions().
enum Kind : std::uint32_t { Address = 1, Assignment = 2, Card = 4, Bearer = 8, Token = 16 };

constexpr std::size_t kShortestCard = 13;
/// Shorter text with '=' or '@' can not hold anything: "a@b.cc".
constexpr std::size_t kShortest = 6;

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Thirteen digits in a row, perhaps in groups: a UUID has as many, but scattered among letters.
bool hasDigitRun(std::string_view text)
{
    std::size_t run = 0;
    bool wasSeparator = false;
    for (const char c : text) {
        if (isDigit(c)) {
            wasSeparator = false;
            if (++run == kShortestCard)
                return true;
        } else if ((c == ' ' || c == '-') && run > 0 && !wasSeparator) {
            wasSeparator = true;
        } else {
            run = 0;
            wasSeparator = false;
        }
    }
    return false;
}

bool isWordCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool passesLuhn(const std::string &digits)
{
    int sum = 0;
    bool isDoubled = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        int value = *digit - '0';
        if (isDoubled)
            value = value > 4 ? value * 2 - 9 : value * 2;
        sum += value;
        isDoubled = !isDoubled;
    }
    return sum % 10 == 0;
}

/// Whether a network issues numbers that begin and are as long as this one. Times and counters mostly do not.
bool isCardNumber(const std::string &digits)
{
    const std::size_t size = digits.size();
    const int two = std::stoi(digits.substr(0, 2));
    const int four = std::stoi(digits.substr(0, 4));
    const bool isKnown = (digits[0] == '4' && (size == 13 || size == 16 || size == 19)) ||
                         (((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) && size == 16) ||
                         ((two == 34 || two == 37) && size == 15) ||
                         ((two == 36 || two == 38 || (four >= 3000 && four <= 3059)) && size == 14) ||
                         ((four == 6011 || two == 65 || (four >= 6440 && four <= 6499)) && size == 16) ||
                         (four >= 3528 && four <= 3589 && size == 16) ||
                         (two == 62 && size >= 16 && size <= 19);
    return isKnown && passesLuhn(digits);
}

/// Names of files and packages look like addresses: icon@2x.png, render@app.bundle.js, pkg@1.0.0-rc.next.
bool isMailDomain(std::string_view domain)
{
    static constexpr std::array<std::string_view, 30> kFileEndings{
        "bmp", "bundle", "cjs",     "cpp",    "css", "dart",  "dll", "exe", "gif", "html",
        "jar", "java",   "jpeg",    "jpg",    "js",  "json",  "jsx", "kt",  "map", "mjs",
        "php", "png",    "service", "socket", "svg", "swift", "ts",  "tsx", "vue", "webp"};
    static_assert(std::is_sorted(kFileEndings.begin(), kFileEndings.end()));
    const std::size_t dot = domain.rfind('.');
    const std::string_view last = domain.substr(dot + 1);
    if (std::binary_search(kFileEndings.begin(), kFileEndings.end(), last))
        return false;
    const std::size_t first = domain.find('.');
    const auto isNumber = [](std::string_view label) {
        return std::all_of(label.begin(), label.end(), isDigit);
    };
    return !(isNumber(domain.substr(0, first)) && isDigit(domain[first + 1])); // a version
}

} // namespace

class SecretPatterns::Private
{
public:
    using Accept = bool (*)(std::string_view before, std::string_view match, std::string_view after);
    struct Rule
    {
        Kind kind;
        std::unique_ptr<RE2> expression; ///< group 1 is what is masked
        std::string mask;
        Accept accept = nullptr; ///< nullptr: always
    };
    std::vector<Rule> rules;

    void add(Kind kind, const char *expression, const char *mask, Accept accept = nullptr)
    {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_encoding(
            RE2::Options::EncodingLatin1); // any bytes; letters beyond ASCII are named by range
        rules.push_back({kind, std::make_unique<RE2>(expression, options), mask, accept});
    }

    static bool apply(const Rule &rule, std::string &text);
};

SecretPatterns::SecretPatterns()
    : d(nullptr)
{
    auto patterns = std::make_unique<Private>();
    // Keys with a shape of their own first, addresses last: what is masked already does not match again.
    patterns->add(Token,
                  R"((-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\z)))",
                  "[private key]");
    patterns->add(Token, R"((eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*))", "[token]");
    patterns->add(Bearer, R"((?i:\bbearer)\s+([A-Za-z0-9._~+/=-]{8,}))", "[token]",
                  [](std::string_view, std::string_view match, std::string_view) {
                      return match.size() >= 24 || std::any_of(match.begin(), match.end(), isDigit);
                  });
    patterns->add(Bearer, R"((?i:\bauthorization:\s*basic)\s+([A-Za-z0-9+/=]{4,}))", "[token]");
    patterns->add(Token, R"(\b((?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16})\b)", "[key]");
    patterns->add(Token, R"(\b(AIza[0-9A-Za-z_-]{35}))", "[key]");
    patterns->add(Token, R"(\b(gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}))", "[key]");
    patterns->add(Token, R"(\b([sr]k_(?:live|test)_[A-Za-z0-9]{16,}))", "[key]");
    patterns->add(Token, R"(\b(xox[abeprs]-[A-Za-z0-9-]{10,}))", "[key]");
    patterns->add(
        Address, R"(://[^/\s:@]*:([^/\s@]+)@)", "[password]",
        [](std::string_view, std::string_view match, std::string_view) { return match != "[password]"; });
    patterns->add(
        Assignment,
        R"((?i:(?:^|[^a-z0-9])(?:access_token|refresh_token|id_token|auth_token|token|api_key|apikey|api-key|client_secret|secret|password|passwd|pwd))=([^&\s;,"'<>\[]+))",
        "[redacted]");
    patterns->add(Card, R"(([0-9](?:[ -]?[0-9]){12,18}))", "[card]",
                  [](std::string_view before, std::string_view match, std::string_view after) {
                      if (!before.empty() &&
                          (isWordCharacter(before.back()) || before.back() == '.' || before.back() == '-'))
                          return false;
                      if (!after.empty() && isWordCharacter(after.front()))
                          return false;
                      std::string digits;
                      std::copy_if(match.begin(), match.end(), std::back_inserter(digits), isDigit);
                      return isCardNumber(digits);
                  });
    patterns->add(
        Address,
        R"(([A-Za-z0-9\x80-\xff](?:[A-Za-z0-9\x80-\xff._%+-]*[A-Za-z0-9\x80-\xff_%+-])?@[A-Za-z0-9\x80-\xff][A-Za-z0-9\x80-\xff.-]*\.[A-Za-z\x80-\xff]{2,}))",
        "[email]", [](std::string_view, std::string_view match, std::string_view) {
            return isMailDomain(match.substr(match.find('@') + 1));
        });
    d = std::move(patterns);
}

SecretPatterns::~SecretPatterns() = default;

bool SecretPatterns::Private::apply(const Rule &rule, std::string &text)
{
    const re2::StringPiece whole(text);
    std::string out;
    std::size_t copied = 0;
    std::size_t from = 0;
    std::array<re2::StringPiece, 2> groups;
    while (from <= text.size() && rule.expression->Match(whole, from, text.size(), RE2::UNANCHORED,
                                                         groups.data(), int(groups.size()))) {
        const auto begin = static_cast<std::size_t>(groups[1].data() - text.data());
        const std::size_t end = begin + groups[1].size();
        const std::string_view all(text);
        if (rule.accept &&
            !rule.accept(all.substr(0, begin), all.substr(begin, end - begin), all.substr(end))) {
            from = std::max(end, from + 1);
            continue;
        }
        out.append(text, copied, begin - copied);
        out += rule.mask;
        copied = end;
        from = std::max(end, from + 1);
    }
    if (copied == 0)
        return false;
    out.append(text, copied);
    text = std::move(out);
    return true;
}

std::uint32_t SecretPatterns::suspicions(std::string_view text)
{
    if (text.size() < kShortest)
        return 0;
    std::uint8_t traits = 0;
    std::size_t digits = 0;
    for (const char c : text) {
        const std::uint8_t trait = kTraits[static_cast<unsigned char>(c)];
        traits |= trait;
        digits += trait >> 7;
    }
    std::uint32_t found = 0;
    if ((traits & At) != 0)
        found |= Address;
    if ((traits & Equals) != 0 &&
        (contains(text, "oken=") || contains(text, "OKEN=") || contains(text, "ey=") ||
         contains(text, "EY=") || contains(text, "ecret=") || contains(text, "ECRET=") ||
         contains(text, "wd=") || contains(text, "word=") || contains(text, "WORD=")))
        found |= Assignment;
    if (digits >= kShortestCard && hasDigitRun(text))
        found |= Card;
    if ((traits & Blank) != 0 && (contains(text, "earer ") || contains(text, "EARER ") ||
                                  contains(text, "asic ") || contains(text, "ASIC ")))
        found |= Bearer;
    if (text.size() < 15)
        return found;
    if ((traits & Upper) != 0 && (contains(text, "eyJ") || contains(text, "AKIA") || contains(text, "ASIA") ||
                                  contains(text, "AROA") || contains(text, "AIDA") || contains(text, "AIza")))
        found |= Token;
    if ((traits & Underscore) != 0 &&
        (contains(text, "k_live_") || contains(text, "k_test_") || contains(text, "gh")))
        found |= Token;
    if ((traits & (Dash | LetterX)) == (Dash | LetterX) && contains(text, "xox"))
        found |= Token;
    if ((traits & (Dash | Upper)) == (Dash | Upper) && contains(text, "PRIVATE KEY-----"))
        found |= Token;
    return found;
}

bool SecretPatterns::mask(std::string_view text, std::uint32_t suspicions, std::string &out) const
{
    out.assign(text);
    bool isChanged = false;
    for (const Private::Rule &rule : d->rules) {
        if ((rule.kind & suspicions) != 0)
            isChanged = Private::apply(rule, out) || isChanged;
    }
    return isChanged;
}

} // namespace telltale
