// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/filereader.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kChunk = 128 * 1024;
constexpr int kLargestWindowLog = 23; // 8 MiB
constexpr int kGzipWindow = 15 + 16;

} // namespace

class FileReader::Private
{
public:
    enum class Coding { Unknown, None, Gzip, Zstd };

    ~Private()
    {
        if (file && file != stdin)
            std::fclose(file);
        if (isInflating)
            inflateEnd(&inflater);
        ZSTD_freeDStream(zstd);
    }

    /// More of the file behind what is left of it. False: there is none.
    Result<bool> fill();
    Result<void> begin();
    Result<void> inflateSome(std::string &out);
    Result<void> unzstdSome(std::string &out);

    std::FILE *file = nullptr;
    std::uint64_t size = 0, consumed = 0;
    std::string in;
    std::size_t at = 0;
    bool isAtEnd = false;
    bool isInMember = false; ///< of gzip, or a frame of zstd
    Coding coding = Coding::Unknown;
    z_stream inflater{};
    bool isInflating = false;
    ZSTD_DStream *zstd = nullptr;
};

Result<bool> FileReader::Private::fill()
{
    if (isAtEnd)
        return false;
    in.erase(0, at);
    at = 0;
    const std::size_t before = in.size();
    in.resize(before + kChunk);
    const std::size_t got = std::fread(in.data() + before, 1, kChunk, file);
    in.resize(before + got);
    consumed += got;
    if (got == 0) {
        if (std::ferror(file))
            return failure(Error::Code::Io, std::string("It can not be read: ") + std::strerror(errno));
        isAtEnd = true;
    }
    return got > 0;
}

Result<void> FileReader::Private::begin()
{
    while (in.size() < 4) {
        const auto more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    coding = Coding::None;
    if (in.starts_with("\x1f\x8b")) {
        coding = Coding::Gzip;
        if (inflateInit2(&inflater, kGzipWindow) != Z_OK)
            return failure(Error::Code::Io, "There is no memory to unpack it.");
        isInflating = true;
    } else if (in.starts_with("\x28\xb5\x2f\xfd")) {
        coding = Coding::Zstd;
        zstd = ZSTD_createDStream();
        if (!zstd || ZSTD_isError(ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, kLargestWindowLog)))
            return failure(Error::Code::Io, "There is no memory to unpack it.");
    }
    return {};
}

Result<void> FileReader::Private::inflateSome(std::string &out)
{
    const std::size_t before = out.size();
    out.resize(before + kChunk);
    inflater.next_in = reinterpret_cast<Bytef *>(in.data() + at);
    inflater.avail_in = static_cast<uInt>(in.size() - at);
    inflater.next_out = reinterpret_cast<Bytef *>(out.data() + before);
    inflater.avail_out = static_cast<uInt>(kChunk);
    isInMember = true;
    const int state = inflate(&inflater, Z_NO_FLUSH);
    at = in.size() - inflater.avail_in;
    out.resize(before + kChunk - inflater.avail_out);
    if (state == Z_STREAM_END) {
        isInMember = false;
        inflateReset(&inflater); // another member may follow
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
        return failure(Error::Code::InvalidArgument, "The gzip data is damaged.");
    }
    return {};
}

Result<void> FileReader::Private::unzstdSome(std::string &out)
{
    const std::size_t before = out.size();
    out.resize(before + kChunk);
    ZSTD_inBuffer input{in.data() + at, in.size() - at, 0};
    ZSTD_outBuffer output{out.data() + before, kChunk, 0};
    const std::size_t state = ZSTD_decompressStream(zstd, &output, &input);
    at += input.pos;
    out.resize(before + output.pos);
    if (ZSTD_isError(state)) {
        if (ZSTD_getErrorCode(state) == ZSTD_error_frameParameter_windowTooLarge)
            return failure(Error::Code::TooLarge, "Its zstd window is larger than 8 MiB.");
        return failure(Error::Code::InvalidArgument, "The zstd data is damaged.");
    }
    isInMember = state != 0;
    return {};
}

Result<FileReader> FileReader::open(const std::string &path)
{
    auto data = std::make_unique<Private>();
    if (path == "-") {
        data->file = stdin;
    } else {
        std::error_code problem;
        if (std::filesystem::is_directory(path, problem))
            return failure(Error::Code::InvalidArgument, path + " is a folder.");
        data->file = std::fopen(path.c_str(), "rb");
        if (!data->file)
            return failure(errno == ENOENT ? Error::Code::NotFound : Error::Code::Io,
                           path + " can not be opened: " + std::strerror(errno));
        const auto size = std::filesystem::file_size(path, problem);
        data->size = problem ? 0 : size;
    }
    if (const auto begun = data->begin(); !begun)
        return tl::unexpected(begun.error());
    return FileReader(std::move(data));
}

FileReader::FileReader(std::unique_ptr<Private> data)
    : d(std::move(data))
{}

FileReader::FileReader(FileReader &&) noexcept = default;
FileReader &FileReader::operator=(FileReader &&) noexcept = default;
FileReader::~FileReader() = default;

Result<std::size_t> FileReader::read(std::string &out)
{
    const std::size_t before = out.size();
    while (out.size() == before) {
        if (d->at == d->in.size()) {
            const auto more = d->fill();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more && !(d->coding != Private::Coding::None && d->isInMember))
                return std::size_t{0};
            if (!*more && d->coding == Private::Coding::Gzip)
                return failure(Error::Code::InvalidArgument, "The gzip data is cut short.");
        }
        const bool wasAtEnd = d->isAtEnd;
        Result<void> done;
        if (d->coding == Private::Coding::Gzip) {
            done = d->inflateSome(out);
        } else if (d->coding == Private::Coding::Zstd) {
            done = d->unzstdSome(out);
        } else {
            out.append(d->in, d->at);
            d->at = d->in.size();
        }
        if (!done)
            return tl::unexpected(done.error());
        if (wasAtEnd && out.size() == before)
            return failure(Error::Code::InvalidArgument, "The zstd data is cut short.");
    }
    return out.size() - before;
}

std::uint64_t FileReader::consumed() const
{
    return d->consumed;
}

std::uint64_t FileReader::size() const
{
    return d->size;
}

} // namespace telltale
