// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/counters.h"

#include <algorithm>
#include <cassert>

namespace telltale {
namespace {

using enum CounterSeverity;

// In any order; allCounters() sorts them once.
constexpr CounterInfo kCounters[] = {
    {"amplitude.event.invalid", Warning, "Amplitude events without a type or without user and device, left out."},
    {"amplitude.malformed", Error, "Amplitude requests refused with 400 because the body is not a list of events."},
    {"aptabase.event.invalid", Warning, "Aptabase events without a name, left out."},
    {"aptabase.malformed", Error, "Aptabase requests refused with 400 because the body is not JSON of events."},
    {"countly.request.invalid", Warning,
     "Parts of Countly requests that could not be read, left out. They are answered with success all the same: the SDK "
     "would repeat them for ever."},
    {"error.ungrouped", Warning,
     "Errors without type, message or stack. They are stored and share one group."},
    {"file.line.malformed", Warning, "Lines of files that are not one JSON object. Left out."},
    {"file.line.refused", Warning, "Lines of followed files whose OTLP or JSON could not be read, left out."},
    {"file.line.too_long", Warning, "Lines of followed files longer than 16 MiB, left out."},
    {"file.followed.gone", Warning,
     "Followed files that were rotated away and could not be found again when Telltale came back. What they still held is missing."},
    {"file.followed.emptied", Info,
     "Followed files that were emptied or written anew without a copy beside them. They are read from their beginning; what was "
     "not read before is missing."},
    {"grpc.decompress.failed", Error, "gRPC calls refused because the compressed message was damaged."},
    {"grpc.encoding.unsupported", Error, "gRPC calls refused: messages may be compressed with gzip or deflate."},
    {"grpc.flood", Error,
     "gRPC connections closed because the client took back calls or sent settings and pings without end."},
    {"grpc.interrupted", Info, "gRPC connections that ended in the middle of a call."},
    {"grpc.malformed", Error, "gRPC connections or calls refused because what arrived was not HTTP/2 or not gRPC."},
    {"grpc.message.too_large", Error,
     "gRPC calls refused because the message was larger than 64 MiB, before or after decompression. Send smaller "
     "batches."},
    {"grpc.method.unknown", Warning, "gRPC calls of a method that is not OTLP's Export."},
    {"grpc.timeout", Warning, "gRPC connections closed because a call came too slowly, or none at all."},
    {"grpc.too_many_connections", Warning, "gRPC connections refused because 128 were open."},
    {"http.body.too_large", Error,
     "Requests refused with 413 because the body was larger than 64 MiB, before or after decompression. Send "
     "smaller batches."},
    {"http.decompress.failed", Error, "Requests refused with 400 because the compressed body was damaged."},
    {"http.encoding.unsupported", Error,
     "Requests refused with 415: only gzip, deflate, zstd and identity are understood."},
    {"http.host.refused", Error,
     "Requests refused with 403 because their Host header names another machine. A web page may have tried "
     "to reach Telltale."},
    {"http.interrupted", Info, "Connections that ended in the middle of a request. The SDK sends it again."},
    {"http.malformed", Error, "Connections closed because what arrived was not HTTP/1.1."},
    {"http.media_type.unsupported", Error,
     "Requests refused with 415: OTLP is application/json or application/x-protobuf."},
    {"http.origin.refused", Error,
     "Requests of web pages refused with 403 because their origin is not on the allow-list. Allow the origin "
     "in Connect if it is yours."},
    {"http.method.refused", Warning, "Requests refused with 405: data is sent with POST."},
    {"http.overload", Warning,
     "Requests answered 503 because too much was waiting. The SDK sends them again."},
    {"http.path.unknown", Warning,
     "Requests to a path that no protocol uses. Check the endpoint in the app's settings."},
    {"http.tls.unexpected", Error,
     "Connections that began with TLS at a port that speaks plain HTTP. Use http:// in the app's endpoint."},
    {"http.too_many_connections", Warning, "Connections refused because 256 were open."},
    {"http.timeout", Warning, "Connections closed because headers or body came too slowly."},
    {"http.unauthorized", Error,
     "Requests refused with 401 because they did not carry the token. Send it as Authorization: Bearer or "
     "x-api-key."},
    {"ingest.repeat", Info,
     "Requests that came again byte for byte (a retry) and were acknowledged without being stored twice."},
    {"ingest.repeat.message", Info,
     "Messages that came again in another request, recognised by their id and not stored twice."},
    {"ingest.store.failed", Error, "Requests answered 503 because the cache could not be written."},
    {"jsonlines.malformed", Error, "Parts of files that are not JSON, left out."},
    {"jsonlines.object.unknown", Warning,
     "Objects of files without event, name, metric, error or message: nothing says what they are. Left out."},
    {"kuserfeedback.malformed", Error,
     "KUserFeedback submissions refused with 400 because they are not an object of sources."},
    {"kuserfeedback.product.unknown", Warning,
     "Samples refused with 404 because they are for a product that was never added and has never sent anything. Add it in the console first."},
    {"mapping.rule.applied", Info, "Records changed by a mapping rule of your own. See telltale mapping."},
    {"mapping.rule.invalid", Warning,
     "Lines of the file of mapping rules that are no rules, left out. telltale mapping says which and why."},
    {"mixpanel.event.invalid", Warning, "Mixpanel events without a name or properties, left out."},
    {"mixpanel.malformed", Error, "Mixpanel requests refused with 400 because there are no events in them."},
    {"mqtt.connect.failed", Warning,
     "Attempts to reach an MQTT broker that failed: no answer, a refused name or password, a certificate that is not trusted. "
     "It is tried again."},
    {"mqtt.connection.lost", Info, "Connections to an MQTT broker that ended. What it keeps for us comes when it is reached again."},
    {"mqtt.dropped", Error,
     "MQTT messages of QoS 0 thrown away because the cache could not take them for too long; the broker does not send them again."},
    {"mqtt.ignored", Info, "MQTT messages of topics that the mapping ignores."},
    {"mqtt.json.malformed", Error, "MQTT messages that begin like JSON and are none, or nest deeper than 64 levels, left out."},
    {"mqtt.malformed", Error, "Requests of MQTT messages that were cut off, left out."},
    {"mqtt.mapping.invalid", Error,
     "Requests of MQTT messages left out, or changes of the mapping file not taken, because the mapping is none."},
    {"mqtt.numbers.too_many", Warning, "Numbers beyond the first thousand of an MQTT message, left out. A mapping can pick those that matter."},
    {"mqtt.payload.binary", Warning, "MQTT messages that are no text, left out."},
    {"mqtt.payload.empty", Info, "MQTT messages without content: that is how a retained message is taken back."},
    {"mqtt.payload.too_large", Error, "MQTT messages larger than 1 MiB, left out."},
    {"mqtt.subscription.refused", Error, "Topics that an MQTT broker does not let us subscribe to."},
    {"mqtt.text.unmapped", Info,
     "Texts beside the numbers of an MQTT message, left out: nothing says what they are. A mapping can make them attributes."},
    {"mqtt.time.missing", Warning, "MQTT messages without the time their mapping names; the time of arrival stands in."},
    {"mqtt.topic.invalid", Warning, "MQTT messages without a topic that is text, left out."},
    {"mqtt.value.missing", Warning, "MQTT messages without the event or number their mapping names, left out."},
    {"posthog.event.invalid", Warning, "PostHog events without a name, left out."},
    {"posthog.malformed", Error, "PostHog requests refused with 400 because the body is not JSON of events."},
    {"prometheus.line.invalid", Warning, "Lines of pushed metrics that are no samples, left out."},
    {"prometheus.malformed", Error,
     "Pushed metrics refused with 400 because path or body is not what a Pushgateway takes."},
    {"segment.malformed", Error, "Segment requests refused with 400 because the body is not JSON of messages."},
    {"segment.message.invalid", Warning,
     "Segment messages of an unknown type, or without the name of an event or screen, left out."},
    {"sentry.attachment.reference", Info,
     "Attachments of Sentry events, kept by name, type and size without their content."},
    {"sentry.item.malformed", Warning, "Items of Sentry envelopes that could not be read, left out."},
    {"sentry.item.unknown", Info, "Items of Sentry envelopes of a kind that is not known here, left out."},
    {"sentry.malformed", Error,
     "Sentry requests refused with 400 because they are no envelope and no event of JSON."},
    {"otlp.attribute.invalid", Warning, "Attributes whose value could not be read, kept as null."},
    {"otlp.attribute.reserved_key", Warning,
     "Attributes whose key began with the control character U+001F, which is kept for Telltale's own fields; "
     "it was replaced."},
    {"otlp.depth.exceeded", Warning, "Values nested deeper than 64 levels, cut to null."},
    {"otlp.field.invalid", Warning, "Fields of a record whose value could not be read, treated as not sent."},
    {"otlp.json.malformed", Error,
     "Requests refused with 400 because the body is not JSON, or not JSON of an OTLP request."},
    {"otlp.metric.invalid_buckets", Warning,
     "Histogram points whose buckets do not fit their bounds, kept with count and sum but without buckets."},
    {"otlp.metric.no_data", Info, "Metrics that came without data points of a known kind."},
    {"otlp.protobuf.malformed", Error,
     "Requests refused with 400 because the body is not a protobuf message of OTLP."},
    {"otlp.request.too_large", Error,
     "Requests refused because they hold more than a million records. Send smaller batches."},
    {"otlp.span.invalid_id", Warning, "Spans with missing or zero ids, kept without trace links."},
    {"otlp.span.negative_duration", Warning, "Spans that end before they start, kept with duration 0."},
    {"otlp.trace_id.invalid", Warning,
     "Records whose trace or span id has the wrong length, kept without it."},
    {"redaction.dropped", Warning,
     "Nested values that could not be examined for secrets and were dropped before disk."},
    {"redaction.pattern", Info,
     "Values in which a secret (e-mail address, card number, token) was masked before it reached the disk."},
    {"redaction.key", Info,
     "Values masked before disk because their key names a secret (password, token, cookie...)."},
    {"redaction.user", Info,
     "User keys that held an e-mail address or another secret, replaced by a pseudonym before disk."},
    {"retention.forgotten", Info, "Records removed because they were of a person who is to be forgotten."},
    {"retention.removed", Info,
     "Records removed, the oldest first, because the cache keeps to an age or a size. See Where data lives."},
    {"scrape.dropped", Error, "Scraped metrics that the cache could not take; the next scrape tells more than an old one."},
    {"scrape.failed", Warning, "Scrapes of a target that gave no metrics: no answer, too late, too large, or an error."},
    {"source.paused", Warning,
     "Requests answered 503 because their receiver is paused. OpenTelemetry SDKs over HTTP send them again; those of Sentry "
     "and of gRPC do not."},
    {"statsd.malformed", Warning, "Lines of StatsD datagrams that are none, left out."},
    {"statsd.tags.too_many", Warning, "Tags beyond the first 128 of a StatsD line, left out."},
    {"store.disk.low", Error,
     "Requests answered 503 because the disk is almost full. The SDK sends them again for a while; "
     "make room."},
    {"store.segment.damaged", Error,
     "Segments whose checksum does not match. They are left out of every answer."},
    {"time.arrival_used", Info, "Records without any time; the time of arrival stands in."},
    {"time.clamped", Warning,
     "Times outside the years 1678 to 2262, moved to the nearest representable time."},
    {"time.future", Warning,
     "Records more than a day ahead of this machine's clock. They keep their own time."},
    {"time.observed_used", Info,
     "Records without a time of their own; the time they were observed stands in."},
    {"udp.dropped", Error, "Lines of datagrams thrown away because the cache could not take them for too long."},
    {"udp.kernel.dropped", Error,
     "Datagrams the system threw away because more came than could be read. A larger net.core.rmem_max helps."},
    {"users.join.refused", Info,
     "Users who say that they were somebody who is another user already: a device that two people share. They stay two."},
    {"users.joined", Info, "Users without a name who then said who they are; what they did before counts as theirs."},
};

} // namespace

std::span<const CounterInfo> allCounters()
{
    static const auto sorted = [] {
        std::vector<CounterInfo> table(std::begin(kCounters), std::end(kCounters));
        std::sort(table.begin(), table.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
        return table;
    }();
    return sorted;
}

const CounterInfo *counterInfo(std::string_view name)
{
    const auto table = allCounters();
    const auto at =
        std::lower_bound(table.begin(), table.end(), name,
                         [](const CounterInfo &info, std::string_view n) { return info.name < n; });
    return at != table.end() && at->name == name ? &*at : nullptr;
}

std::string_view severityText(CounterSeverity severity)
{
    switch (severity) {
    case Info:
        return "info";
    case Warning:
        return "warning";
    case CounterSeverity::Error:
        return "error";
    }
    return "info";
}

void CounterSet::add(std::string_view name, std::uint64_t count)
{
    for (auto &[known, value] : m_entries) {
        if (known == name) {
            value += count;
            return;
        }
    }
    const CounterInfo *info = counterInfo(name);
    assert(info && "a counter needs a row with help text in counters.cpp");
    if (info)
        m_entries.emplace_back(info->name, count);
}

void CounterSet::add(const CounterSet &other)
{
    for (const auto &[name, count] : other.m_entries)
        add(name, count);
}

std::uint64_t CounterSet::value(std::string_view name) const
{
    for (const auto &[known, value] : m_entries) {
        if (known == name)
            return value;
    }
    return 0;
}

} // namespace telltale
