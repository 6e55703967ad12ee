// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/answerwriter.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace telltale {
namespace {

/// RFC 9110, 5.6.7, independent of the locale.
std::string httpDate()
{
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                  kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return text.data();
}

} // namespace

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

std::string writeAnswer(const Answer &answer, const HeaderList &more, bool isKeptAlive, bool withoutBody)
{
    const bool hasContent = answer.status != 204;
    std::string out;
    out.reserve(256 + answer.body.size());
    out += "HTTP/1.1 ";
    out += std::to_string(answer.status);
    out += ' ';
    out += reasonPhrase(answer.status);
    out += "\r\nDate: ";
    out += httpDate();
    if (hasContent) {
        if (!answer.contentType.empty()) {
            out += "\r\nContent-Type: ";
            out += answer.contentType;
        }
        out += "\r\nContent-Length: ";
        out += std::to_string(answer.body.size());
    }
    if (answer.retryAfterSeconds) {
        out += "\r\nRetry-After: ";
        out += std::to_string(*answer.retryAfterSeconds);
    }
    for (const auto &[name, value] : more) {
        out += "\r\n";
        out += name;
        out += ": ";
        out += value;
    }
    out += isKeptAlive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    if (hasContent && !withoutBody)
        out += answer.body;
    return out;
}

} // namespace telltale
