// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/requestfile.h"

#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/otlp/otlpsignalguess.h"
#include "models/protocols/support/jsontree.h"
#include "models/sources/http/contentdecoder.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace telltale {
namespace {

constexpr std::size_t kLargest = 64 * 1024 * 1024;
constexpr std::size_t kLinesBytes = 256 * 1024;
constexpr std::size_t kLines = 512;

ReceivedRequest jsonRequest(std::string_view path, std::string body)
{
    ReceivedRequest request;
    request.protocol = "file";
    request.method = "POST";
    request.path = path;
    request.contentType = "application/json";
    request.body = std::move(body);
    return request;
}

std::string headerOf(const std::optional<json::Element> &headers, std::string_view name)
{
    for (const auto &[key, value] : json::members(headers)) {
        const bool isSame = key.size() == name.size() &&
                            std::equal(key.begin(), key.end(), name.begin(), [](unsigned char a, unsigned char b) {
                                return std::tolower(a) == std::tolower(b);
                            });
        if (isSame)
            return json::text(value);
    }
    return {};
}

bool isTable(std::filesystem::path path)
{
    const auto lowered = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
        return text;
    };
    if (const std::string packing = lowered(path.extension()); packing == ".gz" || packing == ".zst")
        path.replace_extension();
    const std::string extension = lowered(path.extension());
    return extension == ".csv" || extension == ".tsv";
}

} // namespace

RequestFile::RequestFile(std::string path, FileReader file, const FileForm &form)
    : m_path(std::move(path))
    , m_file(std::make_unique<FileReader>(std::move(file)))
    , m_values(std::make_unique<JsonSplitter>(*m_file))
    , m_rows(form.isTable || isTable(m_path) ? std::make_unique<CsvLines>(*m_file, form.mapping) : nullptr)
{
    // A file that can not be read says so with the first request.
    if (const auto head = m_file->peek(8); !m_rows && head && FrameReader::isFramed(*head))
        m_frames = std::make_unique<FrameReader>(*m_file);
}

Result<RequestFile> RequestFile::open(const std::string &path, const FileForm &form,
                                      const std::atomic<bool> *isCancelled)
{
    auto file = FileReader::open(path, isCancelled);
    if (!file)
        return tl::unexpected(file.error());
    return RequestFile(path, std::move(*file), form);
}

Result<ReceivedRequest> RequestFile::recorded(std::string_view value) const
{
    json::Document document;
    const auto root = document.parseInPlace(value);
    const auto headers = json::field(*root, "headers");
    ReceivedRequest request;
    request.method = json::firstText(*root, {"method"});
    std::string target = json::firstText(*root, {"path"});
    const auto mark = target.find('?');
    if (mark != std::string::npos) {
        request.query = target.substr(mark + 1);
        target.resize(mark);
    }
    while (target.size() > 1 && target.back() == '/')
        target.pop_back();
    request.path = target;
    request.contentType = headerOf(headers, "content-type");
    request.userAgent = headerOf(headers, "user-agent");
    request.appKey = headerOf(headers, "app-key");
    request.authorization = headerOf(headers, "authorization");

    // The body lies beside the file, nowhere else.
    const auto name = std::filesystem::path(json::firstText(*root, {"bodyFile"})).filename();
    const auto body = std::filesystem::path(m_path).parent_path() / name;
    std::error_code problem;
    if (std::filesystem::file_size(body, problem) > kLargest && !problem)
        return failure(Error::Code::TooLarge, body.string() + " is larger than 64 MiB.");
    if (std::FILE *file = problem ? nullptr : std::fopen(body.c_str(), "rb")) {
        char buffer[16'384];
        while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, file))
            request.body.append(buffer, got);
        std::fclose(file);
    } else {
        return failure(Error::Code::NotFound, "The body of the recorded request, " + body.string() + ", is not there.");
    }
    auto codings = parseContentEncoding(headerOf(headers, "content-encoding"));
    if (!codings)
        return tl::unexpected(codings.error());
    if (codings->empty() && request.body.starts_with("\x1f\x8b"))
        codings->push_back(ContentCoding::Gzip);
    auto decoded = decodeContent(std::move(request.body), *codings, kLargest);
    if (!decoded)
        return tl::unexpected(decoded.error());
    request.body = std::move(*decoded);
    return request;
}

Result<ReceivedRequest> RequestFile::framed(std::string_view message)
{
    if (message.starts_with('{')) {
        const auto shape = m_shapes.shapeOf(message);
        if (!shape || otlpPathOf(*shape).empty())
            return failure(Error::Code::Unsupported, "A message of the file is not OTLP.");
        return jsonRequest(otlpPathOf(*shape), std::string(message));
    }
    const auto signal = guessOtlpSignal(message);
    if (!signal)
        return failure(Error::Code::Unsupported, "A message of the file is not OTLP.");
    ReceivedRequest request = jsonRequest(*signal == OtlpSignal::Logs     ? "/v1/logs"
                                          : *signal == OtlpSignal::Traces ? "/v1/traces"
                                                                          : "/v1/metrics",
                                          std::string(message));
    request.contentType = "application/x-protobuf";
    return request;
}

Result<std::optional<ReceivedRequest>> RequestFile::next()
{
    auto request = nextRequest();
    if (!request || m_bad == 0)
        return request;
    if (!*request)
        *request = jsonRequest(kJsonLinesPath, "[]"); // only to count
    FilePart &part = (*request)->part.emplace();
    part.rejected = std::exchange(m_bad, 0);
    part.counters.add("file.line.malformed", part.rejected);
    return request;
}

Result<std::optional<ReceivedRequest>> RequestFile::nextRequest()
{
    if (m_ahead)
        return std::exchange(m_ahead, std::nullopt);
    if (m_frames) {
        const auto message = m_frames->next();
        if (!message)
            return tl::unexpected(message.error());
        if (!*message)
            return std::nullopt;
        auto request = framed(**message);
        if (!request)
            return tl::unexpected(request.error());
        return std::optional(std::move(*request));
    }
    std::string lines;
    std::size_t count = 0;
    const auto gathered = [&]() -> std::optional<ReceivedRequest> {
        return count == 0 ? std::nullopt : std::optional(jsonRequest(kJsonLinesPath, "[" + lines + "]"));
    };
    for (;;) {
        const auto value = m_rows ? m_rows->next() : m_values->next();
        if (!value)
            return tl::unexpected(value.error());
        if (!*value)
            return gathered();
        const auto shape = m_rows ? JsonShape::Line : m_shapes.shapeOf(**value);
        if (!shape) {
            if (!m_values->isLines())
                return failure(Error::Code::InvalidArgument, "A value of the file is not JSON.");
            ++m_bad;
            m_firstBadLine = m_firstBadLine == 0 ? m_values->line() : m_firstBadLine;
            continue;
        }
        switch (*shape) {
        case JsonShape::Line:
            lines.append(count == 0 ? "" : ",").append(**value);
            if (++count == kLines || lines.size() > kLinesBytes)
                return gathered();
            continue;
        case JsonShape::Recorded: {
            auto request = recorded(**value);
            if (!request)
                return tl::unexpected(request.error());
            m_ahead = std::move(*request);
            break;
        }
        default:
            m_ahead = jsonRequest(otlpPathOf(*shape), std::string(**value));
        }
        if (count > 0)
            return gathered();
        return std::exchange(m_ahead, std::nullopt);
    }
}

} // namespace telltale
