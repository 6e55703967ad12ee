// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/refusedexample.h"

#include "models/ingest/secretkeys.h"
#include "models/telemetry/sourcehealth.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::size_t kLookedAt = 16 * 1024; ///< more than is shown, so that a secret across the end is still recognised
constexpr std::string_view kMask = "[redacted]";
constexpr std::string_view kBlank = " \t\r\n";

/// Length of the UTF-8 sequence that begins here; 0 when it is none.
std::size_t sequenceAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size())
            return text.size() - at; // cut by us
        if ((byte(at + i) & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

bool isText(std::string_view body)
{
    for (std::size_t at = 0; at < body.size();) {
        const auto byte = static_cast<unsigned char>(body[at]);
        const std::size_t length = sequenceAt(body, at);
        if (length == 0 || (byte < 0x20 && kBlank.find(body[at]) == std::string_view::npos) || byte == 0x7f)
            return false;
        at += length;
    }
    return true;
}

/// Behind the string that begins with the quote at `at`.
std::size_t endOfString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

/// Behind the JSON value that begins at `at`: a string, something nested, or a word.
std::size_t endOfValue(std::string_view text, std::size_t at)
{
    int depth = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            at = endOfString(text, at) - 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth < 0)
                return at;
        } else if (c == ',' && depth == 0) {
            return at;
        }
        if (depth == 0 && (c == '"' || c == '}' || c == ']'))
            return at + 1;
    }
    return text.size();
}

/// Masks values behind keys that name a secret: "password": "...", and the pairs {"key": "password", "value": ...} of OTLP.
std::string withoutSecretKeys(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool isSecretPair = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '"') {
            out += text[at++];
            continue;
        }
        const std::size_t end = endOfString(text, at);
        const std::string_view string = text.substr(at + 1, end - at - (end < text.size() ? 2 : 1));
        out.append(text.substr(at, end - at));
        at = end;
        const std::size_t colon = text.find_first_not_of(kBlank, at);
        if (colon == std::string_view::npos || text[colon] != ':') {
            isSecretPair = secrecyOfKey(string) != KeySecrecy::Harmless;
            continue;
        }
        const std::size_t value = std::min(text.find_first_not_of(kBlank, colon + 1), text.size());
        const bool isSecret = secrecyOfKey(string) != KeySecrecy::Harmless || (isSecretPair && string == "value");
        isSecretPair = false;
        out.append(text.substr(at, value - at));
        at = value;
        if (isSecret) {
            out += '"';
            out += kMask;
            out += '"';
            at = endOfValue(text, value);
        }
    }
    return out;
}

/// The same for name=value&name=value.
std::string withoutSecretFields(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('&', at), text.size());
        const std::string_view field = text.substr(at, end - at);
        const std::size_t equals = field.find('=');
        if (equals != std::string_view::npos && secrecyOfKey(field.substr(0, equals)) != KeySecrecy::Harmless) {
            out.append(field.substr(0, equals + 1));
            out += kMask;
        } else {
            out.append(field);
        }
        if (end < text.size())
            out += '&';
        at = end + 1;
    }
    return out;
}

} // namespace

std::string refusedExample(std::string_view body, std::string_view contentType, const SecretPatterns &patterns)
{
    if (body.empty())
        return {};
    const std::string_view seen = body.substr(0, kLookedAt);
    if (!isText(seen)) {
        std::string said = std::to_string(body.size()) + " bytes that are no text";
        if (!contentType.empty() && isText(contentType))
            said += ", " + std::string(contentType.substr(0, 100));
        return said;
    }
    const std::size_t first = seen.find_first_not_of(kBlank);
    const bool isForm = first != std::string_view::npos && seen[first] != '{' && seen[first] != '[' &&
                        seen.find('=') != std::string_view::npos;
    std::string text = isForm ? withoutSecretFields(seen) : withoutSecretKeys(seen);
    std::string masked;
    if (const auto suspicions = SecretPatterns::suspicions(text); suspicions && patterns.mask(text, suspicions, masked))
        text = std::move(masked);
    const bool isCut = text.size() > Refusal::kLongestExample || body.size() > seen.size();
    if (!isCut)
        return text;
    constexpr std::string_view kMore = "…";
    std::size_t length = std::min(text.size(), Refusal::kLongestExample - kMore.size());
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
        --length;
    text.resize(length);
    return text.append(kMore);
}

} // namespace telltale
