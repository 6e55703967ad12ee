// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/linegatherer.h"

#include "models/protocols/jsonlines/jsonlines.h"

#include <algorithm>
#include <optional>

namespace telltale {
namespace {

constexpr std::string_view kBlank = " \t\r\n\x1e";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// Marks stand in front of every file that was put behind another one, also behind the blanks at its end.
std::string_view trimmed(std::string_view line)
{
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
        if (!line.starts_with(kByteOrderMark))
            break;
        line.remove_prefix(kByteOrderMark.size());
    }
    return line.substr(0, line.find_last_not_of(kBlank) + 1);
}

/// The request while lines are added to it.
class Gathering
{
public:
    explicit Gathering(JsonShapes &shapes)
        : m_shapes(shapes)
    {}

    /// False when it does not go together with those before.
    bool add(std::string_view line, JsonShape shape)
    {
        if (shape == JsonShape::Recorded) // a line has no body beside it
            shape = JsonShape::Line;
        const auto list = shape == JsonShape::Line ? std::optional(line) : m_shapes.otlpListOf(line);
        if (m_shape && (*m_shape != shape || m_isAlone || !list))
            return false;
        if (!list) { // with more in it than its list: a request of its own
            m_isAlone = true;
            m_items = line;
        } else if (!trimmed(*list).empty()) {
            m_items.append(m_items.empty() ? "" : ",").append(*list);
        }
        m_shape = shape;
        return true;
    }
    void finish(GatheredLines &lines) const
    {
        const JsonShape shape = m_shape.value_or(JsonShape::Line);
        lines.path = shape == JsonShape::Line ? kJsonLinesPath : otlpPathOf(shape);
        if (m_isAlone)
            lines.body = m_items;
        else if (shape == JsonShape::Line)
            lines.body.append("[").append(m_items).append("]");
        else
            lines.body.append("{\"")
                .append(otlpListNameOf(shape))
                .append("\":[")
                .append(m_items)
                .append("]}");
    }

private:
    JsonShapes &m_shapes;
    std::optional<JsonShape> m_shape;
    std::string m_items;
    bool m_isAlone = false;
};

} // namespace

GatheredLines gatherLines(std::string_view text, std::size_t most, JsonShapes &shapes)
{
    GatheredLines gathered;
    Gathering gathering(shapes);
    while (gathered.bytes < text.size() && gathered.lines + gathered.rejected < most) {
        const auto end = text.find('\n', gathered.bytes);
        const std::size_t after = end == std::string_view::npos ? text.size() : end + 1;
        const std::string_view line = trimmed(text.substr(gathered.bytes, after - gathered.bytes));
        if (!line.empty()) {
            const auto shape = shapes.shapeOf(line);
            if (shape && !gathering.add(line, *shape))
                break;
            gathered.lines += shape ? 1 : 0;
            gathered.rejected += shape ? 0 : 1;
        }
        gathered.bytes = after;
    }
    gathering.finish(gathered);
    return gathered;
}

} // namespace telltale
