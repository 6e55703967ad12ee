// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/envelope.h"

#include <algorithm>

namespace telltale::sentry {
namespace {

std::string_view takeLine(std::string_view &rest)
{
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

} // namespace

Result<void> walkEnvelope(std::string_view body, const std::function<bool(std::string_view)> &onHeader,
                          const std::function<bool(json::Element, std::string_view)> &onItem)
{
    if (!onHeader(takeLine(body)))
        return {};
    json::Document document;
    while (!body.empty()) {
        const std::string_view header = takeLine(body);
        if (header.empty())
            continue; // a blank line between items
        const auto fields = document.parseInPlace(header);
        if (!fields || !fields->isObject())
            return failure(Error::Code::InvalidArgument, "An item of this envelope has no header of JSON.");
        std::string_view payload;
        if (const auto length = json::number(json::field(*fields, "length"))) {
            if (!(*length >= 0) || *length > static_cast<double>(body.size()))
                return failure(Error::Code::InvalidArgument, "An item of this envelope is shorter than it says.");
            const auto size = static_cast<std::size_t>(*length);
            payload = body.substr(0, size);
            body.remove_prefix(size);
            if (body.starts_with('\n'))
                body.remove_prefix(1);
        } else {
            payload = takeLine(body);
        }
        if (!onItem(*fields, payload))
            return {};
    }
    return {};
}

} // namespace telltale::sentry
