// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/sentrydecoder.h"

#include "models/protocols/sentry/envelope.h"
#include "models/protocols/sentry/sentryitems.h"
#include "models/protocols/support/formdata.h"

#include <zlib.h>

namespace telltale {
namespace {

using namespace sentry;
using json::Element;
using json::field;
using json::firstText;

constexpr std::size_t kMostInflated = 64 * 1024 * 1024;

std::string projectOf(std::string_view path)
{
    const auto end = path.rfind('/');
    const auto begin = path.rfind('/', end - 1);
    return std::string(path.substr(begin + 1, end - begin - 1));
}

/// What very old clients send: base64 of zlib of JSON. Nothing when it is none.
std::optional<std::string> inflated(std::string_view body)
{
    const auto packed = base64Decoded(body);
    if (!packed || packed->size() < 2)
        return std::nullopt;
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 32) != Z_OK)
        return std::nullopt;
    std::string out;
    std::string chunk(64 * 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed->data()));
    stream.avail_in = static_cast<uInt>(packed->size());
    int state = Z_OK;
    while (state == Z_OK && out.size() <= kMostInflated) {
        stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

/// Reads one envelope.
class EnvelopeReader
{
public:
    EnvelopeReader(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
        : m_report(report)
        , m_writer(batch, report, request.arrival)
    {
        m_context.project = projectOf(request.path);
    }

    bool readHeader(std::string_view text);
    bool readItem(Element header, std::string_view payload);
    const std::string &eventId() const { return m_eventId; }

private:
    void read(const std::string &type, Element payload);

    ProtocolReport &m_report;
    RecordWriter m_writer;
    Context m_context;
    json::Document m_header, m_payload;
    std::string m_eventId;
};

bool EnvelopeReader::readHeader(std::string_view text)
{
    const auto header = m_header.parseInPlace(text);
    if (!header || !header->isObject())
        return false;
    m_eventId = firstText(*header, {"event_id"});
    const auto sdk = field(*header, "sdk");
    m_context.sdkName = firstText(sdk, {"name"});
    m_context.sdkVersion = firstText(sdk, {"version"});
    m_context.sentAt = json::instant(field(*header, "sent_at"));
    const auto trace = field(*header, "trace");
    m_context.release = firstText(trace, {"release"});
    m_context.environment = firstText(trace, {"environment"});
    return true;
}

bool EnvelopeReader::readItem(Element header, std::string_view payload)
{
    const std::string type = firstText(header, {"type"});
    if (type == "attachment") {
        addAttachment(m_writer, m_context, header, payload.size(), m_eventId);
        m_report.counters.add("sentry.attachment.reference");
        return true;
    }
    constexpr std::string_view kKnown[] = {"event",    "transaction", "session",  "sessions",    "span",
                                           "log",      "trace_metric", "feedback", "user_report", "check_in",
                                           "client_report"};
    bool isKnown = false;
    for (const std::string_view known : kKnown)
        isKnown = isKnown || type == known;
    if (!isKnown) {
        m_report.counters.add("sentry.item.unknown");
        return true;
    }
    const auto root = m_payload.parseInPlace(payload);
    if (!root || !root->isObject())
        m_writer.reject("sentry.item.malformed");
    else
        read(type, *root);
    return true;
}

void EnvelopeReader::read(const std::string &type, Element payload)
{
    bool isRead = true;
    if (type == "event")
        addEvent(m_writer, m_context, payload);
    else if (type == "transaction")
        addTransaction(m_writer, m_context, payload);
    else if (type == "session")
        addSession(m_writer, m_context, payload);
    else if (type == "sessions")
        addSessionAggregates(m_writer, m_context, payload);
    else if (type == "span")
        isRead = addSpans(m_writer, m_context, payload);
    else if (type == "log")
        isRead = addLogs(m_writer, m_context, payload);
    else if (type == "trace_metric")
        isRead = addMetrics(m_writer, m_context, payload);
    else if (type == "check_in")
        addCheckIn(m_writer, m_context, payload);
    else if (type == "client_report")
        m_report.lost += lostOf(payload);
    else
        addFeedback(m_writer, m_context, payload);
    if (!isRead)
        m_writer.reject("sentry.item.malformed");
}

Result<ProtocolReply> answer(const std::string &eventId)
{
    ProtocolReply reply;
    reply.body = "{\"id\":";
    appendJsonString(reply.body, eventId);
    reply.body += '}';
    return reply;
}

Result<ProtocolReply> decodeStore(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    std::string body(request.body);
    auto root = document.parseInPlace(body);
    if (!root) {
        if (auto unpacked = inflated(body)) {
            body = std::move(*unpacked);
            root = document.parseInPlace(body);
        }
    }
    if (!root || !root->isObject()) {
        report.counters.add("sentry.malformed");
        return failure(Error::Code::InvalidArgument, root ? "An event was expected." : root.error().message);
    }
    Context context;
    context.project = projectOf(request.path);
    const auto sdk = field(*root, "sdk");
    context.sdkName = firstText(sdk, {"name"});
    context.sdkVersion = firstText(sdk, {"version"});
    RecordWriter writer(batch, report, request.arrival);
    if (firstText(*root, {"type"}) == "transaction")
        addTransaction(writer, context, *root);
    else
        addEvent(writer, context, *root);
    return answer(firstText(*root, {"event_id"}));
}

} // namespace

Result<ProtocolReply> decodeSentry(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    if (request.path.ends_with("/store"))
        return decodeStore(request, batch, report);
    EnvelopeReader reader(request, batch, report);
    bool hasHeader = true;
    const auto walked = walkEnvelope(
        request.body, [&](std::string_view header) { return hasHeader = reader.readHeader(header); },
        [&](Element header, std::string_view payload) { return reader.readItem(header, payload); });
    if (!hasHeader || !walked) {
        report.counters.add("sentry.malformed");
        return failure(Error::Code::InvalidArgument,
                       hasHeader ? walked.error().message : "An envelope begins with a line of JSON.");
    }
    return answer(reader.eventId());
}

} // namespace telltale
