// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/framereader.h"

#include "models/sources/http/contentdecoder.h"

namespace telltale {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::string_view kZstd = "\x28\xb5\x2f\xfd";

std::size_t lengthIn(std::string_view bytes)
{
    std::size_t length = 0;
    for (const char byte : bytes.substr(0, kLengthBytes))
        length = length << 8 | static_cast<unsigned char>(byte);
    return length;
}

} // namespace

bool FrameReader::isFramed(std::string_view head)
{
    // A message shorter than 64 MiB; a text would begin with a control character.
    return head.size() >= kLengthBytes && static_cast<unsigned char>(head[0]) < 4;
}

Result<bool> FrameReader::fill(std::size_t bytes)
{
    while (m_text.size() - m_at < bytes) {
        m_text.erase(0, m_at);
        m_at = 0;
        const auto got = m_file.read(m_text);
        if (!got)
            return tl::unexpected(got.error());
        if (*got == 0)
            return false;
    }
    return true;
}

Result<std::optional<std::string_view>> FrameReader::next()
{
    const auto ended = [] {
        return failure(Error::Code::InvalidArgument, "The file ends inside a message.");
    };
    for (;;) {
        const auto hasLength = fill(kLengthBytes);
        if (!hasLength)
            return tl::unexpected(hasLength.error());
        if (!*hasLength) {
            if (m_at < m_text.size())
                return ended();
            return std::nullopt;
        }
        const std::size_t length = lengthIn(std::string_view(m_text).substr(m_at));
        m_at += kLengthBytes;
        if (length > m_limit)
            return failure(Error::Code::TooLarge,
                           "One message of the file is larger than 64 MiB, or this is no such file.");
        if (length == 0)
            continue;
        const auto hasMessage = fill(length);
        if (!hasMessage)
            return tl::unexpected(hasMessage.error());
        if (!*hasMessage)
            return ended();
        const std::string_view message = std::string_view(m_text).substr(m_at, length);
        m_at += length;
        if (!message.starts_with(kZstd))
            return std::optional(message);
        auto unpacked = decodeContent(std::string(message), {ContentCoding::Zstd}, m_limit);
        if (!unpacked)
            return tl::unexpected(unpacked.error());
        m_unpacked = std::move(*unpacked);
        return std::optional(std::string_view(m_unpacked));
    }
}

} // namespace telltale
