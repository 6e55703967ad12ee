// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/compression.h"

#include "models/store/bytestream.h"
#include "models/store/sqlite.h"

#include <memory>

#ifdef TELLTALE_XXHASH_DISPATCHES
#    include <xxh_x86dispatch.h> // the same functions, the widest instructions that the processor has
#else
#    include <xxhash.h>
#endif
#include <zstd.h>

namespace telltale {
namespace {

constexpr std::size_t kWorthTrying = 64;
constexpr int kLevel = 1;

struct FreeContext
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

// A context costs far more to make than a small block to compress.
ZSTD_CCtx *compressor()
{
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    return context.get();
}

ZSTD_DCtx *decompressor()
{
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    return context.get();
}

} // namespace

void appendPacked(std::string &out, std::string_view raw)
{
    if (raw.size() >= kWorthTrying) {
        thread_local std::string packed;
        packed.resize(ZSTD_compressBound(raw.size()));
        const std::size_t size =
            ZSTD_compressCCtx(compressor(), packed.data(), packed.size(), raw.data(), raw.size(), kLevel);
        if (!ZSTD_isError(size) && size + raw.size() / 8 < raw.size()) {
            ByteWriter writer(out);
            writer.varint(size);
            writer.varint(raw.size());
            writer.bytes({packed.data(), size});
            return;
        }
    }
    ByteWriter writer(out);
    writer.varint(raw.size());
    writer.varint(0);
    writer.bytes(raw);
}

std::string_view readPacked(ByteReader &in, std::string &buffer)
{
    const std::uint64_t stored = in.varint();
    const std::uint64_t raw = in.varint();
    const std::string_view data = in.bytes(stored);
    if (raw == 0)
        return data;
    if (raw > kLargestUnpacked)
        throwDamaged("a stored block is too large");
    buffer.resize(raw);
    const std::size_t size =
        ZSTD_decompressDCtx(decompressor(), buffer.data(), buffer.size(), data.data(), data.size());
    if (ZSTD_isError(size) || size != raw)
        throwDamaged("a stored block can not be decompressed");
    return buffer;
}

std::int64_t checksumOf(std::string_view data, std::uint64_t seed)
{
    return static_cast<std::int64_t>(XXH3_64bits_withSeed(data.data(), data.size(), seed));
}

} // namespace telltale
