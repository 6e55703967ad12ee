// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

class QJsonValue;

namespace telltale::test {

/// Decodes as a program does that takes the usual library and its objects: the whole request becomes a tree, then the tree
/// is walked and each text interned. No mapping, no checks beyond the library's: less work than ours. One thread.
class ReferenceDecoder
{
public:
    /// A log request of OTLP through protobuf's generated classes. Returns its records; 0 when it can not be parsed.
    std::uint64_t otlpProtobuf(std::string_view body);
    /// Any JSON through QJsonDocument: keys and texts are interned, numbers kept. Returns values seen; 0: no JSON.
    std::uint64_t json(std::string_view body);
    /// JSON by the line, as Sentry's envelopes and files have it. Lines that are no JSON are skipped.
    std::uint64_t jsonByLine(std::string_view body);

    /// Forgets what was decoded; interned texts stay, as ours do not: kind to the reference.
    void clear() { m_cells.clear(); }

private:
    struct Cell
    {
        std::uint32_t key = 0, text = 0;
        double number = 0;
    };
    std::uint32_t intern(std::string text);
    void walk(std::uint32_t key, const QJsonValue &value);

    std::unordered_map<std::string, std::uint32_t> m_strings;
    std::vector<Cell> m_cells;
};

} // namespace telltale::test
