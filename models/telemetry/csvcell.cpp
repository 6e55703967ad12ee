// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/csvcell.h"

namespace telltale {

bool isTakenForFormula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void appendCsvCell(std::string &out, const Value &value)
{
    std::string text = value.isNull() ? std::string() : toDisplayText(value);
    const bool isText = !value.as<std::int64_t>() && !value.as<double>() && !value.as<bool>();
    if (isText && isTakenForFormula(text))
        text.insert(text.begin(), '\'');
    if (text.find_first_of("\",\r\n") == std::string::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace telltale
