// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/rowgatherer.h"

#include "models/protocols/jsonlines/jsonlines.h"

#include <algorithm>

namespace telltale {
namespace {

/// Calls `visit` with the place behind each row, until it is false.
void forEachRowEnd(std::string_view text, auto visit)
{
    bool isQuoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"')
            isQuoted = !isQuoted; // a doubled quote twice
        else if (text[at] == '\n' && !isQuoted && !visit(at + 1))
            return;
    }
}

bool isBlank(std::string_view row)
{
    return row.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

} // namespace

std::size_t endOfRows(std::string_view text)
{
    std::size_t end = 0;
    forEachRowEnd(text, [&](std::size_t at) {
        end = at;
        return true;
    });
    return end;
}

std::size_t endOfFirstRow(std::string_view text)
{
    std::size_t end = 0;
    forEachRowEnd(text, [&](std::size_t at) {
        end = at;
        return false;
    });
    return end;
}

GatheredLines gatherRows(std::string_view header, std::string_view rows, std::size_t most, const CsvMapping &mapping, std::string &problem)
{
    GatheredLines gathered;
    gathered.path = kJsonLinesPath;
    std::size_t count = 0, begin = 0;
    const auto take = [&](std::size_t end) {
        count += isBlank(rows.substr(begin, end - begin)) ? 0 : 1;
        begin = gathered.bytes = end;
        return count < most;
    };
    forEachRowEnd(rows, take);
    if (count < most && begin < rows.size())
        take(rows.size()); // the last one of a file, which needs no end
    FileReader file = FileReader::of(std::string(header) + std::string(rows.substr(0, gathered.bytes)));
    CsvLines lines(file, mapping);
    std::string items;
    problem.clear();
    while (count > 0) {
        const auto line = lines.next();
        if (!line) {
            problem = line.error().message;
            break;
        }
        if (!*line)
            break;
        items.append(items.empty() ? "" : ",").append(**line);
        ++gathered.lines;
    }
    if (!problem.empty()) {
        items.clear();
        gathered.lines = 0;
    }
    gathered.rejected = count - std::min(count, gathered.lines);
    gathered.body = "[" + items + "]";
    return gathered;
}

} // namespace telltale
