// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/mqtt/mqttmessage.h"

#include <cstdint>

namespace telltale {
namespace {

constexpr std::size_t kLengthBytes = 4;

/// Four bytes of length, the lowest first, then the part.
void append(std::string &text, std::string_view part)
{
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        text += static_cast<char>(part.size() >> (8 * i) & 0xff);
    text += part;
}

} // namespace

MqttBody::MqttBody(std::string_view mapping)
{
    append(m_text, mapping);
}

void MqttBody::add(const MqttMessage &message)
{
    m_text += message.isRetained ? 'r' : ' ';
    append(m_text, message.id);
    append(m_text, message.topic);
    append(m_text, message.payload);
}

MqttBodyReader::MqttBodyReader(std::string_view body)
    : m_rest(body)
{
    const auto mapping = takePart();
    m_mapping = mapping.value_or(std::string_view());
}

std::optional<std::string_view> MqttBodyReader::takePart()
{
    std::size_t size = 0;
    if (m_rest.size() >= kLengthBytes) {
        for (std::size_t i = 0; i < kLengthBytes; ++i)
            size |= std::size_t{static_cast<unsigned char>(m_rest[i])} << (8 * i);
    }
    if (m_rest.size() < kLengthBytes || size > m_rest.size() - kLengthBytes) {
        m_isFine = false;
        m_rest = {};
        return std::nullopt;
    }
    const std::string_view part = m_rest.substr(kLengthBytes, size);
    m_rest.remove_prefix(kLengthBytes + size);
    return part;
}

std::optional<MqttMessage> MqttBodyReader::next()
{
    if (m_rest.empty())
        return std::nullopt;
    MqttMessage message;
    message.isRetained = m_rest.front() == 'r';
    m_rest.remove_prefix(1);
    for (std::string_view *part : {&message.id, &message.topic, &message.payload}) {
        const auto taken = takePart();
        if (!taken)
            return std::nullopt;
        *part = *taken;
    }
    return message;
}

} // namespace telltale
