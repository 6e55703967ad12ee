// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/secretkeys.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace telltale {
namespace {

/// A lower-case word of a key, cut to what the tables can contain.
struct Word
{
    std::array<char, 24> letters{};
    std::size_t size = 0;
    std::string_view view() const { return {letters.data(), size}; }
};

constexpr std::size_t kMaximumWords = 24;

struct Words
{
    std::array<Word, kMaximumWords> list;
    std::size_t count = 0;
};

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

constexpr bool isWordCharacter(char c)
{
    return isUpper(c) || isLower(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// Words end at anything that is no letter or digit, and where camelCase starts a new one: userID, APIKey, apiKey.
void split(std::string_view key, Words &words)
{
    Word *open = nullptr;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char c = key[i];
        if (!isWordCharacter(c)) {
            open = nullptr;
            continue;
        }
        const char before = i > 0 ? key[i - 1] : '\0';
        const char after = i + 1 < key.size() ? key[i + 1] : '\0';
        const bool isHump = isUpper(c) && (isLower(before) || (isUpper(before) && isLower(after)));
        if (!open || isHump) {
            if (words.count == kMaximumWords) {
                // Of a very long key the last words count; they say what it is.
                std::rotate(words.list.begin(), words.list.begin() + 1, words.list.end());
                --words.count;
            }
            open = &words.list[words.count++];
            open->size = 0;
        }
        if (open->size < open->letters.size())
            open->letters[open->size++] = isUpper(c) ? static_cast<char>(c + 32) : c;
    }
}

template<std::size_t N>
bool isIn(const std::array<std::string_view, N> &sorted, std::string_view word)
{
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

// Sorted, for binary search.
constexpr std::array<std::string_view, 10> kSecretWords{"apikey", "cvc",      "cvv", "passcode", "passphrase",
                                                        "passwd", "password", "pwd", "secret",   "ssn"};
constexpr std::array<std::string_view, 11> kSecretTextWords{
    "authorization", "bearer",    "cookie",  "cookies", "credential", "credentials",
    "jwt",           "passwords", "secrets", "token",   "tokens"};
/// Endings of words run together: clientsecret, accesstoken, userpassword.
constexpr std::array<std::string_view, 5> kSecretEndings{"apikey", "passwd", "password", "secret", "cookie"};
/// "... key" is a secret only with one of these in front.
constexpr std::array<std::string_view, 9> kKeyOwners{"access",  "account", "api",     "encryption", "master",
                                                     "private", "secret",  "signing", "ssh"};
constexpr std::array<std::string_view, 3> kJoinedKeys{"accesskey", "privatekey", "secretkey"};
/// Behind a secret word these say that the value is about the secret, not the secret itself.
constexpr std::array<std::string_view, 48> kHarmlessEndings{
    "accepted", "age",      "attempt",  "attempts", "banner",  "budget", "category", "changed",
    "consent",  "consents", "count",    "counts",   "created", "domain", "enabled",  "error",
    "errors",   "expired",  "expires",  "expiry",   "field",   "format", "kind",     "length",
    "limit",    "limits",   "manager",  "max",      "min",     "mode",   "name",     "policy",
    "present",  "provider", "required", "reset",    "resets",  "scope",  "score",    "size",
    "state",    "status",   "strength", "ttl",      "type",    "usage",  "valid",    "version"};

static_assert(std::is_sorted(kSecretWords.begin(), kSecretWords.end()));
static_assert(std::is_sorted(kSecretTextWords.begin(), kSecretTextWords.end()));
static_assert(std::is_sorted(kKeyOwners.begin(), kKeyOwners.end()));
static_assert(std::is_sorted(kJoinedKeys.begin(), kJoinedKeys.end()));
static_assert(std::is_sorted(kHarmlessEndings.begin(), kHarmlessEndings.end()));

KeySecrecy secrecyOfWord(const Words &words, std::size_t at)
{
    const std::string_view word = words.list[at].view();
    if (isIn(kSecretWords, word) || isIn(kJoinedKeys, word))
        return KeySecrecy::Secret;
    if (isIn(kSecretTextWords, word))
        return KeySecrecy::SecretText;
    const std::string_view before = at > 0 ? words.list[at - 1].view() : std::string_view();
    if ((word == "key" || word == "keys") && isIn(kKeyOwners, before))
        return KeySecrecy::Secret;
    if ((word == "number" || word == "no") && before == "card")
        return KeySecrecy::Secret;
    if (word == "card" && before == "credit")
        return KeySecrecy::Secret;
    const auto ends = [&](std::string_view ending) {
        return word.size() > ending.size() && word.ends_with(ending);
    };
    if (std::any_of(kSecretEndings.begin(), kSecretEndings.end(), ends))
        return KeySecrecy::Secret;
    return word.size() > 5 && word.ends_with("token") ? KeySecrecy::SecretText : KeySecrecy::Harmless;
}

} // namespace

KeySecrecy secrecyOfKey(std::string_view key)
{
    Words words;
    split(key, words);
    for (std::size_t i = words.count; i-- > 0;) {
        const KeySecrecy secrecy = secrecyOfWord(words, i);
        if (secrecy == KeySecrecy::Harmless)
            continue;
        const bool isLast = i + 1 == words.count;
        return !isLast && isIn(kHarmlessEndings, words.list[words.count - 1].view()) ? KeySecrecy::Harmless
                                                                                     : secrecy;
    }
    return KeySecrecy::Harmless;
}

} // namespace telltale
