// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/contentdecoder.h"

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace telltale {
namespace {

constexpr std::size_t kMaximumCodings = 4;
constexpr std::size_t kScratchBytes = 64 * 1024;
/// The most that one byte of deflate can become; a trailer that promises more lies.
constexpr std::size_t kDeflateRatio = 1032;
/// One pass needs its output up front, so it is left to bodies whose size is ordinary.
constexpr std::size_t kOnePassLimit = 8 * 1024 * 1024;
/// RFC 9659: a decoder of the coding "zstd" need not accept a larger window than 8 MiB.
constexpr int kZstdWindowLog = 23;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

tl::unexpected<Error> damaged(std::string_view coding)
{
    return failure(Error::Code::InvalidArgument,
                   "The " + std::string(coding) + " body is damaged or cut short.");
}

tl::unexpected<Error> tooLarge(std::size_t limit)
{
    return failure(Error::Code::TooLarge,
                   "The decompressed body is larger than " + std::to_string(limit / (1024 * 1024)) + " MiB.");
}

/// Collects output and grows by doubling, so that memory stays near what was really written.
class Output
{
public:
    explicit Output(std::size_t limit)
        : m_limit(limit)
    {}
    /// False when the limit is passed.
    bool append(const char *data, std::size_t size)
    {
        if (size > m_limit - m_text.size())
            return false;
        if (m_text.capacity() - m_text.size() < size)
            m_text.reserve(std::min(m_limit, std::max(m_text.capacity() * 2, m_text.size() + size)));
        m_text.append(data, size);
        return true;
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    std::size_t m_limit;
};

/// One gzip member with a believable trailer, in one pass. Empty when that does not work out; the streaming decoder then
/// finds out why.
bool inflateInOnePass(std::string_view in, std::size_t limit, std::string &out)
{
    if (in.size() < 18)
        return false;
    const auto *tail = reinterpret_cast<const unsigned char *>(in.data() + in.size() - 4);
    const std::size_t promised = static_cast<std::size_t>(tail[0]) | static_cast<std::size_t>(tail[1]) << 8 |
                                 static_cast<std::size_t>(tail[2]) << 16 |
                                 static_cast<std::size_t>(tail[3]) << 24;
    if (promised == 0 || promised > std::min(limit, kOnePassLimit) || promised / kDeflateRatio > in.size())
        return false;
    thread_local const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
        decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    if (!decompressor)
        return false;
    out.resize(promised);
    std::size_t used = 0;
    std::size_t made = 0;
    const auto result = libdeflate_gzip_decompress_ex(decompressor.get(), in.data(), in.size(), out.data(),
                                                      out.size(), &used, &made);
    return result == LIBDEFLATE_SUCCESS && used == in.size() && made == promised;
}

/// Owns an inflate state; a class because every way out must free it.
class Inflater
{
public:
    explicit Inflater(int windowBits) { m_ready = inflateInit2(&m_stream, windowBits) == Z_OK; }
    ~Inflater()
    {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    bool isReady() const { return m_ready; }
    z_stream &stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

/// `windowBits` as zlib knows them: 31 gzip, 15 zlib, -15 raw.
Result<std::string> inflateStream(std::string_view in, int windowBits, std::size_t limit,
                                  std::string_view name)
{
    Inflater inflater(windowBits);
    if (!inflater.isReady())
        return failure(Error::Code::Busy, "No memory to decompress.");
    Output out(limit);
    const auto scratch = std::make_unique_for_overwrite<char[]>(kScratchBytes);
    z_stream &z = inflater.stream();
    // zlib's interface lacks const, it does not write here. Bodies are below 4 GiB, so one chunk is enough.
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(in.data()));
    z.avail_in = static_cast<uInt>(in.size());
    for (;;) {
        z.next_out = reinterpret_cast<Bytef *>(scratch.get());
        z.avail_out = kScratchBytes;
        const int result = inflate(&z, Z_NO_FLUSH);
        if (!out.append(scratch.get(), kScratchBytes - z.avail_out))
            return tooLarge(limit);
        if (result == Z_STREAM_END) {
            if (z.avail_in == 0)
                return out.take();
            // RFC 1952: members may follow each other. Nothing may follow the other two forms.
            if (windowBits != 31 || inflateReset(&z) != Z_OK)
                return damaged(name);
        } else if (result != Z_OK || (z.avail_in == 0 && z.avail_out == kScratchBytes)) {
            return damaged(name);
        }
    }
}

Result<std::string> gunzip(std::string_view in, std::size_t limit)
{
    if (std::string out; inflateInOnePass(in, limit, out))
        return Result<std::string>(std::move(out));
    return inflateStream(in, 31, limit, "gzip");
}

Result<std::string> undeflate(std::string_view in, std::size_t limit)
{
    // RFC 9110 means zlib by "deflate", many clients mean raw deflate. A zlib header is recognised by its checksum.
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(in[at]); };
    const bool hasHeader = in.size() >= 2 && (byte(0) & 0x0f) == 8 && (byte(0) * 256 + byte(1)) % 31 == 0;
    if (hasHeader) {
        auto result = inflateStream(in, 15, limit, "deflate");
        if (result || result.error().code != Error::Code::InvalidArgument)
            return result;
    }
    return inflateStream(in, -15, limit, "deflate");
}

Result<std::string> unzstd(std::string_view in, std::size_t limit)
{
    const unsigned long long promised = ZSTD_getFrameContentSize(in.data(), in.size());
    if (promised != ZSTD_CONTENTSIZE_UNKNOWN && promised != ZSTD_CONTENTSIZE_ERROR && promised > limit)
        return tooLarge(limit);
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    if (!context || ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kZstdWindowLog)))
        return failure(Error::Code::Busy, "No memory to decompress.");
    Output out(limit);
    const auto scratch = std::make_unique_for_overwrite<char[]>(kScratchBytes);
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    std::size_t left = 1; // zero at the end of a frame
    for (;;) {
        ZSTD_outBuffer to{scratch.get(), kScratchBytes, 0};
        const std::size_t before = from.pos;
        left = ZSTD_decompressStream(context.get(), &to, &from);
        if (ZSTD_isError(left)) {
            if (ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge)
                return failure(Error::Code::TooLarge, "The zstd body needs a window above 8 MiB.");
            return damaged("zstd");
        }
        if (!out.append(scratch.get(), to.pos))
            return tooLarge(limit);
        const bool isOver = from.pos == from.size && (left == 0 || to.pos < to.size);
        if (isOver || (from.pos == before && to.pos == 0))
            break;
    }
    if (left != 0 || from.pos != from.size)
        return damaged("zstd");
    return out.take();
}

/// Brotli has no checksum and no magic number: what is no stream of it is found out on the way, or at the end.
Result<std::string> unbrotli(std::string_view in, std::size_t limit)
{
    const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
    if (!state)
        return failure(Error::Code::Busy, "No memory to decompress.");
    Output out(limit);
    const auto scratch = std::make_unique_for_overwrite<char[]>(kScratchBytes);
    const auto *from = reinterpret_cast<const std::uint8_t *>(in.data());
    std::size_t left = in.size();
    for (;;) {
        auto *to = reinterpret_cast<std::uint8_t *>(scratch.get());
        std::size_t room = kScratchBytes;
        const auto result = BrotliDecoderDecompressStream(state.get(), &left, &from, &room, &to, nullptr);
        if (!out.append(scratch.get(), kScratchBytes - room))
            return tooLarge(limit);
        if (result == BROTLI_DECODER_RESULT_SUCCESS && left == 0)
            return out.take();
        if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            return damaged("brotli"); // cut short, or something behind
    }
}

Result<std::string> decodeOnce(std::string_view body, ContentCoding coding, std::size_t limit)
{
    switch (coding) {
    case ContentCoding::Gzip:
        return gunzip(body, limit);
    case ContentCoding::Deflate:
        return undeflate(body, limit);
    case ContentCoding::Zstd:
        return unzstd(body, limit);
    case ContentCoding::Brotli:
        return unbrotli(body, limit);
    case ContentCoding::Identity:
        break;
    }
    return Result<std::string>(tl::in_place, body);
}

} // namespace

Result<std::vector<ContentCoding>> parseContentEncoding(std::string_view field)
{
    std::vector<ContentCoding> codings;
    while (!field.empty()) {
        const std::size_t comma = field.find(',');
        std::string_view part = field.substr(0, comma);
        field = comma == std::string_view::npos ? std::string_view() : field.substr(comma + 1);
        while (!part.empty() && (part.front() == ' ' || part.front() == '\t'))
            part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '\t'))
            part.remove_suffix(1);
        std::string name;
        std::transform(part.begin(), part.end(), std::back_inserter(name), lower);
        if (name.empty() || name == "identity")
            continue;
        if (name == "gzip" || name == "x-gzip")
            codings.push_back(ContentCoding::Gzip);
        else if (name == "deflate")
            codings.push_back(ContentCoding::Deflate);
        else if (name == "zstd")
            codings.push_back(ContentCoding::Zstd);
        else if (name == "br")
            codings.push_back(ContentCoding::Brotli);
        else
            return failure(Error::Code::Unsupported,
                           "Content-Encoding is not understood: gzip, deflate, br, zstd and identity are.");
        if (codings.size() > kMaximumCodings)
            return failure(Error::Code::Unsupported, "Content-Encoding names more than four codings.");
    }
    return codings;
}

Result<std::string> decodeContent(std::string body, const std::vector<ContentCoding> &codings,
                                  std::size_t limit)
{
    for (auto coding = codings.rbegin(); coding != codings.rend(); ++coding) {
        auto decoded = decodeOnce(body, *coding, limit);
        if (!decoded)
            return decoded;
        body = std::move(*decoded);
    }
    if (body.size() > limit)
        return tooLarge(limit);
    return body;
}

} // namespace telltale
