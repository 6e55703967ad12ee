// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// The path under which messages of a broker reach the pipeline. No HTTP request has such a path.
inline constexpr std::string_view kMqttPath = "mqtt";

/// A message as a broker delivered it. Views live as long as the body they were taken from.
struct MqttMessage
{
    std::string_view id; ///< by which the same delivery is recognised when it comes again; empty: never
    std::string_view topic;
    std::string_view payload;
    bool isRetained = false; ///< the broker kept it: it was published some time ago
};

/// The body of a request: the mapping in use, then messages one after the other.
class MqttBody
{
public:
    /// `mapping`: the text of a mapping (mqttmapping.h); empty: the default alone.
    explicit MqttBody(std::string_view mapping);
    void add(const MqttMessage &message);
    const std::string &text() const { return m_text; }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

/// Reads a body. Pure.
class MqttBodyReader
{
public:
    explicit MqttBodyReader(std::string_view body);
    bool isFine() const { return m_isFine; } ///< false: cut off or none
    std::string_view mapping() const { return m_mapping; }
    /// Nothing at the end, or when the body is cut off.
    std::optional<MqttMessage> next();

private:
    std::optional<std::string_view> takePart();

    std::string_view m_rest, m_mapping;
    bool m_isFine = true;
};

} // namespace telltale
