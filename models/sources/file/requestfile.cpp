// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/requestfile.h"

#include "models/protocols/jsonlines/jsonlines.h"
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

enum class Shape { Logs, Traces, Metrics, Recorded, Line };

std::optional<Shape> shapeOf(std::string_view value)
{
    json::Document document;
    const auto root = document.parse(value);
    if (!root)
        return std::nullopt;
    const auto has = [&](std::string_view camel, std::string_view snake) {
        return json::field(*root, camel) || json::field(*root, snake);
    };
    if (has("resourceLogs", "resource_logs"))
        return Shape::Logs;
    if (has("resourceSpans", "resource_spans"))
        return Shape::Traces;
    if (has("resourceMetrics", "resource_metrics"))
        return Shape::Metrics;
    if (json::field(*root, "bodyFile") && json::field(*root, "headers"))
        return Shape::Recorded;
    return Shape::Line;
}

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
            return json::text(json::Element(value));
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
{}

Result<RequestFile> RequestFile::open(const std::string &path, const FileForm &form)
{
    auto file = FileReader::open(path);
    if (!file)
        return tl::unexpected(file.error());
    return RequestFile(path, std::move(*file), form);
}

Result<ReceivedRequest> RequestFile::recorded(std::string_view value) const
{
    json::Document document;
    const auto root = document.parse(value);
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

Result<std::optional<ReceivedRequest>> RequestFile::next()
{
    if (m_ahead)
        return std::exchange(m_ahead, std::nullopt);
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
        const auto shape = m_rows ? Shape::Line : shapeOf(**value);
        if (!shape)
            return failure(Error::Code::InvalidArgument, "A value of the file is not JSON.");
        switch (*shape) {
        case Shape::Line:
            lines.append(count == 0 ? "" : ",").append(**value);
            if (++count == kLines || lines.size() > kLinesBytes)
                return gathered();
            continue;
        case Shape::Recorded: {
            auto request = recorded(**value);
            if (!request)
                return tl::unexpected(request.error());
            m_ahead = std::move(*request);
            break;
        }
        case Shape::Logs:
            m_ahead = jsonRequest("/v1/logs", std::string(**value));
            break;
        case Shape::Traces:
            m_ahead = jsonRequest("/v1/traces", std::string(**value));
            break;
        case Shape::Metrics:
            m_ahead = jsonRequest("/v1/metrics", std::string(**value));
            break;
        }
        if (count > 0)
            return gathered();
        return std::exchange(m_ahead, std::nullopt);
    }
}

} // namespace telltale
