// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/compress.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <vector>

namespace telltale::test {
namespace {

std::string deflateTimes(std::string_view text, int windowBits, std::size_t times)
{
    z_stream z{};
    deflateInit2(&z, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    std::string out;
    std::vector<unsigned char> chunk(64 * 1024);
    for (std::size_t i = 0; i < times; ++i) {
        z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
        z.avail_in = static_cast<uInt>(text.size());
        const int flush = i + 1 == times ? Z_FINISH : Z_NO_FLUSH;
        do {
            z.next_out = chunk.data();
            z.avail_out = static_cast<uInt>(chunk.size());
            deflate(&z, flush);
            out.append(reinterpret_cast<const char *>(chunk.data()), chunk.size() - z.avail_out);
        } while (z.avail_out == 0);
    }
    deflateEnd(&z);
    return out;
}

} // namespace

std::string gzipped(std::string_view text)
{
    return deflateTimes(text, 31, 1);
}

std::string zlibbed(std::string_view text)
{
    return deflateTimes(text, 15, 1);
}

std::string rawDeflated(std::string_view text)
{
    return deflateTimes(text, -15, 1);
}

std::string zstandard(std::string_view text, int level)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), level));
    return out;
}

std::string brotlied(std::string_view text)
{
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
    std::string out(size, '\0');
    BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                          reinterpret_cast<const std::uint8_t *>(text.data()), &size, reinterpret_cast<std::uint8_t *>(out.data()));
    out.resize(size);
    return out;
}

std::string gzipBomb(std::size_t megabytes)
{
    return deflateTimes(std::string(1024 * 1024, ' '), 31, megabytes);
}

std::string zstdBomb(std::size_t megabytes)
{
    const std::string piece(1024 * 1024, ' ');
    ZSTD_CCtx *context = ZSTD_createCCtx();
    std::string out;
    std::string chunk(ZSTD_CStreamOutSize(), '\0');
    for (std::size_t i = 0; i < megabytes; ++i) {
        const bool isLast = i + 1 == megabytes;
        ZSTD_inBuffer in{piece.data(), piece.size(), 0};
        std::size_t left = 1;
        while (in.pos < in.size || (isLast && left != 0)) {
            ZSTD_outBuffer to{chunk.data(), chunk.size(), 0};
            left = ZSTD_compressStream2(context, &to, &in, isLast ? ZSTD_e_end : ZSTD_e_continue);
            out.append(chunk.data(), to.pos);
        }
    }
    ZSTD_freeCCtx(context);
    return out;
}

std::string brotliBomb(std::size_t megabytes)
{
    const std::string piece(1024 * 1024, ' ');
    BrotliEncoderState *encoder = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
    BrotliEncoderSetParameter(encoder, BROTLI_PARAM_QUALITY, 5);
    std::string out;
    std::string chunk(64 * 1024, '\0');
    for (std::size_t i = 0; i < megabytes; ++i) {
        const auto operation = i + 1 == megabytes ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
        const auto *from = reinterpret_cast<const std::uint8_t *>(piece.data());
        std::size_t left = piece.size();
        do {
            auto *to = reinterpret_cast<std::uint8_t *>(chunk.data());
            std::size_t room = chunk.size();
            BrotliEncoderCompressStream(encoder, operation, &left, &from, &room, &to, nullptr);
            out.append(chunk.data(), chunk.size() - room);
        } while (left > 0 || BrotliEncoderHasMoreOutput(encoder) == BROTLI_TRUE);
    }
    BrotliEncoderDestroyInstance(encoder);
    return out;
}

} // namespace telltale::test
