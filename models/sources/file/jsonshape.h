// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace telltale::json {
class Document;
}

namespace telltale {

/// What an object of a file is.
enum class JsonShape : std::uint8_t {
    Logs,     ///< of OTLP
    Traces,   ///< of OTLP
    Metrics,  ///< of OTLP
    Recorded, ///< a recorded request, whose body lies beside the file
    Line,     ///< any other: a JSON line (jsonlines.h)
};

/// Tells what objects are. Keeps the memory of its parser; not thread-safe.
class JsonShapes
{
public:
    JsonShapes();
    JsonShapes(JsonShapes &&) noexcept;
    JsonShapes &operator=(JsonShapes &&) noexcept;
    ~JsonShapes();

    /// Nothing, when it is no JSON object. Cost: parses it.
    std::optional<JsonShape> shapeOf(std::string_view value);
    /// What stands between the brackets of the one list that an object of OTLP is, so that several can become one:
    /// {"resourceLogs":[THIS]}. Valid as long as `value`. Nothing, when it has other members too.
    std::optional<std::string_view> otlpListOf(std::string_view value);

private:
    std::unique_ptr<json::Document> m_document;
};

/// Where an object of OTLP is sent: "/v1/logs". Empty for the other shapes.
std::string_view otlpPathOf(JsonShape shape);
/// The name of its list: "resourceLogs".
std::string_view otlpListNameOf(JsonShape shape);

} // namespace telltale
