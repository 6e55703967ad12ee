// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/filereader.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kChunk = 128 * 1024;
constexpr int kWait = 100; // ms
constexpr int kLargestWindowLog = 23; // 8 MiB
constexpr int kGzipWindow = 15 + 16;

} // namespace

class FileReader::Private
{
public:
    enum class Coding { Unknown, None, Gzip, Zstd };

    ~Private()
    {
        if (file > STDIN_FILENO)
            ::close(file);
        if (isInflating)
            inflateEnd(&inflater);
        ZSTD_freeDStream(zstd);
    }

    /// More of the file behind what is left of it. False: there is none.
    Result<bool> fill();
    /// Something to read; what is no file may keep one waiting for ever.
    bool waitForInput() const;
    Result<void> begin();
    Result<void> inflateSome(std::string &out);
    Result<void> unzstdSome(std::string &out);

    int file = -1;
    const std::atomic<bool> *isCancelled = nullptr;
    std::uint64_t size = 0, consumed = 0;
    std::string ahead; ///< unpacked, not yet given
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
    ssize_t got = -1;
    do {
        if (!waitForInput()) {
            in.resize(before);
            return failure(Error::Code::Cancelled, "Reading was stopped.");
        }
        got = ::read(file, in.data() + before, kChunk);
    } while (got < 0 && errno == EINTR);
    const auto count = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    in.resize(before + count);
    consumed += count;
    if (got < 0)
        return failure(Error::Code::Io, std::string("It can not be read: ") + std::strerror(errno));
    isAtEnd = got == 0;
    return got > 0;
}

bool FileReader::Private::waitForInput() const
{
    if (!isCancelled)
        return true;
    while (!*isCancelled) {
        pollfd input{file, POLLIN, 0};
        if (::poll(&input, 1, kWait) != 0)
            return true; // also when it can not be waited for: reading says why
    }
    return false;
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

FileReader FileReader::of(std::string text)
{
    auto data = std::make_unique<Private>();
    data->size = data->consumed = text.size();
    data->in = std::move(text);
    data->isAtEnd = true;
    return FileReader(std::move(data));
}

Result<FileReader> FileReader::open(const std::string &path, const std::atomic<bool> *isCancelled)
{
    auto data = std::make_unique<Private>();
    data->isCancelled = isCancelled;
    if (path == "-") {
        data->file = STDIN_FILENO;
    } else {
        std::error_code problem;
        if (std::filesystem::is_directory(path, problem))
            return failure(Error::Code::InvalidArgument, path + " is a folder.");
        data->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (data->file < 0)
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
    if (!d->ahead.empty()) {
        out.append(std::exchange(d->ahead, {}));
        return out.size() - before;
    }
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

Result<std::string_view> FileReader::peek(std::size_t bytes)
{
    std::string head = std::exchange(d->ahead, {});
    while (head.size() < bytes) {
        const auto more = read(head);
        if (!more)
            return tl::unexpected(more.error());
        if (*more == 0)
            break;
    }
    d->ahead = std::move(head);
    return std::string_view(d->ahead);
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
