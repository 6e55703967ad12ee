// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/brokeraddress.h"

#include <charconv>
#include <optional>

namespace telltale {
namespace {

constexpr std::size_t kLongestTopic = 65'535, kLongestClient = 64;

tl::unexpected<Error> wrong(std::string_view url, std::string_view why)
{
    return failure(Error::Code::InvalidArgument, "'" + std::string(url) + "': " + std::string(why));
}

std::optional<std::string> decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        unsigned byte = 0;
        const char *const first = text.data() + i + 1;
        if (i + 2 >= text.size() || std::from_chars(first, first + 2, byte, 16).ptr != first + 2 || byte == 0)
            return std::nullopt;
        plain += static_cast<char>(byte);
        i += 2;
    }
    return plain;
}

} // namespace

/// + and # stand for whole levels, # for the last ones.
bool isTopicFilter(std::string_view filter)
{
    if (filter.empty() || filter.size() > kLongestTopic)
        return false;
    for (std::string_view rest = filter;;) {
        const std::string_view level = rest.substr(0, rest.find('/'));
        const bool isLast = level.size() == rest.size();
        if (level.find('+') != std::string_view::npos && level != "+")
            return false;
        if (level.find('#') != std::string_view::npos && (level != "#" || !isLast))
            return false;
        if (isLast)
            return true;
        rest.remove_prefix(level.size() + 1);
    }
}

std::string BrokerAddress::place() const
{
    const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return (isEncrypted ? "mqtts://" : "mqtt://") + shown + ":" + std::to_string(port);
}

Result<BrokerAddress> parseBrokerAddress(std::string_view url)
{
    BrokerAddress address;
    std::string_view rest = url;
    if (rest.starts_with("mqtt://")) {
        rest.remove_prefix(7);
    } else if (rest.starts_with("mqtts://")) {
        rest.remove_prefix(8);
        address.isEncrypted = true;
        address.port = 8883;
    } else {
        return failure(
            Error::Code::InvalidArgument,
            "a broker is mqtt://HOST or mqtts://HOST, then perhaps a topic: mqtt://localhost/plant/#");
    }
    std::string_view query;
    if (const auto mark = rest.find('?'); mark != std::string_view::npos) {
        query = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    }
    std::string_view authority = rest.substr(0, rest.find('/'));
    std::string_view path = rest.substr(authority.size());
    // A password may hold a slash only as %2F, but an @ as it is.
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view who = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        const auto user = decoded(who.substr(0, who.find(':')));
        const auto password = decoded(
            who.find(':') == std::string_view::npos ? std::string_view() : who.substr(who.find(':') + 1));
        if (!user || !password)
            return failure(Error::Code::InvalidArgument,
                           "a % in user or password stands before two hex digits");
        address.user = *user;
        address.password = *password;
    }
    const std::string place = (address.isEncrypted ? "mqtts://" : "mqtt://") + std::string(authority) +
                              std::string(path); // no password in messages
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos)
            return wrong(place, "the ] of the address is missing");
        address.host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
    } else {
        address.host = authority.substr(0, authority.find(':'));
        port = authority.substr(address.host.size());
    }
    if (address.host.empty())
        return wrong(place, "the broker's host is missing");
    if (!port.empty()) {
        const char *const end = port.data() + port.size();
        const auto [stop, problem] = std::from_chars(port.data() + 1, end, address.port);
        if (port.front() != ':' || problem != std::errc() || stop != end || address.port == 0)
            return wrong(place, "the port is no number from 1 to 65535");
    }
    if (!path.empty())
        path.remove_prefix(1);
    const auto filter = decoded(path);
    if (!filter || (!filter->empty() && !isTopicFilter(*filter)))
        return wrong(
            place, "the topic is no filter; + stands for one level, # for all at the end: plant/+/climate/#");
    address.filters.push_back(filter->empty() ? "#" : *filter);
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        const std::string_view name = pair.substr(0, pair.find('='));
        const auto value =
            decoded(pair.size() > name.size() ? pair.substr(name.size() + 1) : std::string_view());
        if (!value)
            return wrong(place, "a % stands before two hex digits");
        if (name == "qos" && (*value == "0" || *value == "1"))
            address.qos = value->front() - '0';
        else if (name == "qos")
            return wrong(place, "qos is 0 or 1");
        else if (name == "client" && !value->empty() && value->size() <= kLongestClient)
            address.client = *value;
        else if (name == "client")
            return wrong(place, "client is a name of 1 to 64 characters");
        else if (name == "ca" && address.isEncrypted && !value->empty())
            address.certificates = *value;
        else if (name == "ca")
            return wrong(place, "ca is a file of certificates for mqtts");
        else
            return wrong(place, "'" + std::string(name) + "' is not known; there are qos, client, ca");
    }
    return address;
}

} // namespace telltale
