// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/identityremover.h"

#include <algorithm>
#include <array>

namespace telltale {
namespace {

// Attributes of OpenTelemetry's registry and what analytics SDKs call the same.
constexpr std::string_view kKeys[] = {
    "app.installation.id", "browser.user_agent", "city",          "client",      "device.id",     "device_id",  "distinct_id", "email",
    "enduser",             "geo.locality.name",  "geo.location",  "geo.postal_code", "host",      "hostname",   "http.client_ip", "http.request.header",
    "http.url",            "http.user_agent",    "ip",            "ip_address",  "latitude",      "longitude",  "name.first",  "name.last",
    "net.host",            "net.peer",           "net.sock",      "network.local.address", "network.peer.address", "peer.address", "phone", "postal_code",
    "process.command_args", "process.command_line", "process.owner", "process.working_directory", "server_name", "service.instance.id", "source.address", "url.full",
    "url.query",           "user",               "user_agent",    "user_id",     "userid",        "username",   "anonymous_id", "anonymousid"};

constexpr std::string_view kHomes[] = {"/home/", "/Users/", "\\Users\\"};

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return out;
}

bool endsName(char c)
{
    return c == '/' || c == '\\' || c == '"' || c == '\'' || c == ':' || c == ')' || c == ' ' || c == '\n' || c == '\t';
}

} // namespace

bool IdentityRemover::isIdentity(std::string_view key)
{
    std::string plain = lowered(key);
    if (plain.starts_with('$')) // as PostHog calls its own
        plain.erase(0, 1);
    return std::any_of(std::begin(kKeys), std::end(kKeys), [&](std::string_view known) {
        return plain.starts_with(known) && (plain.size() == known.size() || plain[known.size()] == '.');
    });
}

std::string IdentityRemover::withoutHomes(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        std::size_t at = std::string_view::npos, length = 0;
        for (const std::string_view home : kHomes) {
            if (const auto found = text.find(home); found < at) {
                at = found;
                length = home.size();
            }
        }
        if (at == std::string_view::npos)
            break;
        out += text.substr(0, at + length);
        text.remove_prefix(at + length);
        const auto end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), endsName) - text.begin());
        out += end > 0 ? "user" : "";
        text.remove_prefix(end);
    }
    return out += text;
}

void IdentityRemover::rename(Names &names, const char *prefix, Value &value)
{
    const auto *text = value.as<std::string>();
    if (!text)
        return;
    const auto [name, isNew] = names.try_emplace(*text);
    if (isNew)
        name->second = prefix + std::to_string(names.size());
    value = Value(name->second);
}

void IdentityRemover::clean(Value &value)
{
    if (auto *text = std::get_if<std::string>(&value.data())) {
        if (std::any_of(std::begin(kHomes), std::end(kHomes), [&](std::string_view home) { return text->find(home) != std::string::npos; }))
            *text = withoutHomes(*text);
    } else if (auto *list = std::get_if<Value::Array>(&value.data())) {
        for (Value &each : *list)
            clean(each);
    } else if (auto *map = std::get_if<Value::Map>(&value.data())) {
        clean(*map);
    }
}

void IdentityRemover::clean(Value::Map &map)
{
    std::erase_if(map, [](const auto &pair) { return isIdentity(pair.first); });
    for (auto &[key, value] : map)
        clean(value);
}

void IdentityRemover::apply(Value::Map &record)
{
    for (auto &[key, value] : record) {
        if (key == "user")
            rename(m_users, "user-", value);
        else if (key == "session" || key == "previous_session")
            rename(m_sessions, "session-", value);
        else
            clean(value);
    }
}

} // namespace telltale
