// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/sentryevent.h"

#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/sentry/sentrydecoder.h"
#include "models/protocols/support/fieldtable.h"

#include <initializer_list>
#include <iterator>
#include <vector>

namespace telltale::sentry {
namespace {

using json::Element;
using json::field;
using json::firstText;

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Release, "/release"},
    {MappedField::Environment, "/environment"},
    {MappedField::Os, "/contexts/os/name"},
    {MappedField::Device, "/contexts/device/model"},
    {MappedField::Device, "/contexts/device/name"},
    {MappedField::Country, "/user/geo/country_code"},
    {MappedField::Scope, "/sdk/name"},
    {MappedField::ScopeVersion, "/sdk/version"},
    {MappedField::User, "/user/id"},
    {MappedField::User, "/user/username"},
    {MappedField::User, "/user/email"},
    {MappedField::User, "/user/ip_address"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Screen, "/contexts/app/view_names"},
    {MappedField::MessageId, "/event_id"},
};

enum Other : std::size_t {
    Level, Message, Formatted, PlainMessage, EntryFormatted, EntryMessage, Exception, Stacktrace, Fingerprint, Logger,
    OwnTrace, OwnSpan, Tags, FirstAttribute };
/// What else is read of an event; the last ones are attributes.
constexpr std::string_view kOthers[] = {
    "/level", "/message", "/message/formatted", "/message/message", "/logentry/formatted", "/logentry/message",
    "/exception", "/stacktrace", "/fingerprint", "/logger", "/contexts/trace/trace_id", "/contexts/trace/span_id",
    "/tags",
    "/contexts", "/extra", "/breadcrumbs", "/request", "/modules", "/fingerprint", "/user", "/transaction",
    "/server_name", "/logger", "/platform", "/dist", "/measurements", "/event_id"};
/// What those from FirstAttribute on are called.
constexpr std::string_view kAttributes[] = {
    "sentry.contexts", "sentry.extra", "sentry.breadcrumbs", "sentry.request", "sentry.modules",
    "sentry.fingerprint", "sentry.user", "sentry.transaction", "sentry.server_name", "sentry.logger",
    "sentry.platform", "sentry.dist", "sentry.measurements", "sentry.event_id"};
static_assert(FirstAttribute + std::size(kAttributes) == std::size(kOthers));

/// A text of an object, without a copy.
Text textOf(const std::optional<Element> &object, std::string_view key)
{
    const auto found = field(object, key);
    return found ? json::textView(*found) : Text();
}

json::Fields fieldsOf(Element event)
{
    static const json::FieldIndex kIndex(kFields, kOthers);
    return {kIndex, event};
}

/// The first of these with a text.
TextView firstOf(const json::Fields &fields, std::initializer_list<Other> places)
{
    for (const Other place : places) {
        if (const TextView found = fields.otherText(place); !found.empty())
            return found;
    }
    return {};
}

/// Tags come as an object or as pairs.
void addTags(RecordText &record, const std::optional<Element> &tags)
{
    record.sent.addFields(tags);
    if (!json::isArray(tags))
        return;
    for (const Element pair : json::items(tags)) {
        if (json::arraySize(pair) != 2)
            continue;
        record.attributes.emplace_back(json::text(json::item(pair, 0)), json::toValue(*json::item(pair, 1)));
    }
}

/// What was sent beside the exception: everything a person may look for. Source lines around frames are left out.
void addAttributes(RecordText &record, const json::Fields &fields)
{
    addTags(record, fields.other(Tags));
    for (std::size_t i = 0; i < std::size(kAttributes); ++i)
        record.sent.add(kAttributes[i], fields.other(FirstAttribute + i));
}

/// values, or the list itself.
std::vector<Element> exceptionsOf(const json::Fields &fields)
{
    auto list = fields.other(Exception);
    if (list && list->isObject())
        list = field(*list, "values");
    std::vector<Element> exceptions;
    if (json::isArray(list)) {
        for (const Element each : json::items(list))
            exceptions.push_back(each);
    }
    return exceptions;
}

/// SDKs of clients ask the server to fill in the address it sees; that is nobody's key.
constexpr std::string_view kAutomatic = "{{auto}}";

TextView userIn(const json::Fields &fields)
{
    const TextView user = fields.text(MappedField::User);
    return user.view() == kAutomatic ? TextView() : user;
}

TextView messageOf(const json::Fields &fields)
{
    return firstOf(fields, {Message, Formatted, PlainMessage, EntryFormatted, EntryMessage});
}

std::string fingerprintOf(const json::Fields &fields)
{
    const auto parts = fields.other(Fingerprint);
    std::string joined;
    if (json::isArray(parts)) {
        for (const Element part : json::items(parts)) {
            if (!joined.empty())
                joined += '\x1f';
            joined += json::text(part);
        }
    }
    return joined;
}

RecordText recordOf(const json::Fields &fields)
{
    RecordText record;
    record.user = userIn(fields);
    record.time = fields.instant(MappedField::Time);
    record.trace = {traceIdOf(fields.otherText(OwnTrace)), spanIdOf(fields.otherText(OwnSpan))};
    record.severity = severityOf(fields.otherText(Level));
    addAttributes(record, fields);
    return record;
}

SpanStatus statusOf(std::string_view status)
{
    return status.empty() ? SpanStatus::Unset : status == "ok" ? SpanStatus::Ok : SpanStatus::Error;
}

/// Start and length; false when the span says neither.
bool setTimes(RecordText &record, const std::optional<Instant> &start, const std::optional<Instant> &end)
{
    if (!start)
        return false;
    record.time = start;
    record.duration = end && *end >= *start ? (*end - *start).count() : 0;
    return true;
}

std::optional<Instant> endOf(Element span)
{
    const auto end = json::instant(field(span, "timestamp"));
    return end ? end : json::instant(field(span, "end_timestamp"));
}

enum SpanPart : std::size_t { SpanDescription, SpanOp, SpanTrace, OwnSpanId, SpanParent, SpanState, SpanData, SpanTags, SpanStart, SpanEnd, SpanOtherEnd };
/// What is read of a span in a transaction.
constexpr std::string_view kSpanParts[] = {"/description", "/op",   "/trace_id", "/span_id",         "/parent_span_id", "/status",
                                           "/data",        "/tags", "/start_timestamp", "/timestamp", "/end_timestamp"};

/// One of those in the transaction `root`.
void addSpanOf(RecordWriter &writer, const RecordText &root, Element element)
{
    static const json::FieldIndex kIndex({}, kSpanParts);
    const json::Fields span(kIndex, element);
    const TextView op = span.otherText(SpanOp);
    RecordText record;
    record.user = root.user;
    record.name = span.otherText(SpanDescription);
    if (record.name.empty())
        record.name = op;
    record.trace = {traceIdOf(span.otherText(SpanTrace)), spanIdOf(span.otherText(OwnSpanId))};
    if (record.trace.traceId == TraceId{})
        record.trace.traceId = root.trace.traceId;
    record.sent.addFields(span.other(SpanData));
    if (!op.empty())
        record.attributes.emplace_back("sentry.op", op.str());
    addTags(record, span.other(SpanTags));
    SpanDetail detail;
    detail.kind = SpanKind::Internal;
    detail.parentSpanId = spanIdOf(span.otherText(SpanParent));
    detail.status = statusOf(span.otherText(SpanState));
    auto end = json::instant(span.other(SpanEnd));
    if (!end)
        end = json::instant(span.other(SpanOtherEnd));
    if (setTimes(record, json::instant(span.other(SpanStart)), end))
        writer.addSpan(record, detail);
    else
        writer.reject("sentry.item.malformed");
}

} // namespace

OriginText originOf(const Context &context, std::string_view release, std::string_view environment)
{
    OriginText origin;
    if (release.empty())
        release = context.release;
    const auto at = release.rfind('@');
    if (at != std::string_view::npos && at > 0) {
        origin.product = release.substr(0, at);
        origin.release = release.substr(at + 1);
    } else {
        origin.product = context.project.empty() ? std::string() : "project " + context.project;
        origin.release = release;
    }
    origin.environment = environment.empty() ? std::string_view(context.environment) : environment;
    origin.scopeName = Text::viewOf(context.sdkName);
    origin.scopeVersion = Text::viewOf(context.sdkVersion);
    return origin;
}

std::string userOf(Element event)
{
    const json::Fields fields = fieldsOf(event);
    return userIn(fields).str();
}

static OriginText originOfEvent(const Context &context, const json::Fields &fields)
{
    OriginText origin = originOf(context, fields.text(MappedField::Release),
                                 fields.text(MappedField::Environment));
    origin.os = fields.text(MappedField::Os);
    origin.device = fields.text(MappedField::Device);
    return origin;
}

/// The last exception, which is the one captured, then what caused it.
static std::string stackOf(const std::vector<Element> &exceptions, std::string_view type)
{
    std::string stack;
    for (auto each = exceptions.rbegin(); each != exceptions.rend(); ++each) {
        const Text ownType = textOf(*each, "type"), value = textOf(*each, "value");
        std::string part =
            stackText(ownType.empty() ? type : ownType.view(), value, field(field(*each, "stacktrace"), "frames"), true);
        if (part.empty() && each != exceptions.rbegin())
            part.append(ownType).append(": ").append(value);
        if (part.empty())
            continue;
        if (stack.empty())
            stack = std::move(part);
        else
            stack.append("\nCaused by: ").append(part);
    }
    return stack;
}

void addEvent(RecordWriter &writer, const Context &context, Element event)
{
    const json::Fields fields = fieldsOf(event);
    OriginText origin = originOfEvent(context, fields);
    origin.country = fields.text(MappedField::Country);
    if (origin.scopeName.empty()) {
        origin.scopeName = fields.text(MappedField::Scope);
        origin.scopeVersion = fields.text(MappedField::ScopeVersion);
    }
    writer.setOrigin(origin);
    writer.beginMessage({"sentry/", context.project}, fields.text(MappedField::MessageId));

    RecordText record = recordOf(fields);
    record.screen = fields.text(MappedField::Screen);
    const std::vector<Element> exceptions = exceptionsOf(fields);
    const TextView message = messageOf(fields);
    const Text lastType = exceptions.empty() ? Text() : textOf(exceptions.back(), "type");
    // A captured message may carry a stack as an exception without a type.
    const bool isException = !lastType.empty() || (!exceptions.empty() && message.empty());
    if (!isException && record.severity != 0 && record.severity < 17) {
        record.name = fields.otherText(Logger);
        record.body = Value(message.view());
        writer.add(record);
        writer.endMessage();
        return;
    }
    if (!isException && record.severity == 0 && exceptions.empty()) {
        record.severity = 9;
        record.body = Value(message.view());
        writer.add(record);
        writer.endMessage();
        return;
    }

    // The captured error is the last one; its causes stand before it, the innermost first.
    const Text type = lastType.empty() ? Text(Text::viewOf("Error")) : lastType;
    Text text = isException && !exceptions.empty() ? textOf(exceptions.back(), "value") : Text();
    if (text.empty())
        text = message;
    std::string stack = stackOf(exceptions, type);
    if (exceptions.empty())
        stack = stackText(type, text, field(fields.other(Stacktrace), "frames"), true);
    const auto mechanism = exceptions.empty() ? std::nullopt : field(exceptions.back(), "mechanism");
    const auto handled = field(mechanism, "handled");
    if (record.severity == 0)
        record.severity = 17;
    const bool isUnhandled = (handled && !json::isTrue(handled)) || record.severity >= 21;
    writer.addError(record, type, text, stack, isUnhandled, fingerprintOf(fields));
    writer.endMessage();
}

void addTransaction(RecordWriter &writer, const Context &context, Element event)
{
    const json::Fields fields = fieldsOf(event);
    writer.setOrigin(originOfEvent(context, fields));
    writer.beginMessage({"sentry/", context.project}, fields.text(MappedField::MessageId));

    const auto trace = json::at(event, "/contexts/trace");
    RecordText root = recordOf(fields);
    root.severity = 0;
    root.name = textOf(event, "transaction");
    root.attributes.emplace_back("sentry.op", firstText(trace, {"op"}));
    root.sent.addFields(field(trace, "data"));
    SpanDetail detail;
    detail.kind = SpanKind::Internal;
    detail.parentSpanId = spanIdOf(textOf(trace, "parent_span_id"));
    detail.status = statusOf(textOf(trace, "status"));
    if (!setTimes(root, json::instant(field(event, "start_timestamp")), endOf(event))) {
        writer.reject("sentry.item.malformed");
        writer.endMessage();
        return;
    }
    writer.addSpan(root, detail);
    for (const Element span : json::items(field(event, "spans")))
        addSpanOf(writer, root, span);
    writer.endMessage();
}

} // namespace telltale::sentry

namespace telltale {

MappingTable sentryMapping()
{
    MappingTable table{"sentry", {}};
    for (const auto &[item, meaning] :
         {std::pair{"event with an exception or of level error", "error"}, {"every other event", "log"}, {"transaction, span", "span"},
          {"session, sessions", "session with its state"}, {"log", "log"}, {"trace_metric", "metric point"},
          {"client_report", "the client's own losses"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, item, {}, meaning});
    table.rows.push_back(inWords(MappedField::Product, "the release before its @, else the project's number"));
    appendRows(table.rows, sentry::kFields);
    table.rows.push_back(inWords(MappedField::Session, "sid of a session item"));
    table.rows.push_back(inWords(MappedField::ErrorType, "type of the last exception"));
    table.rows.push_back(inWords(MappedField::ErrorMessage, "value of the last exception, else the message"));
    table.rows.push_back(inWords(MappedField::ErrorStack, "frames of the exceptions, the last one first"));
    return table;
}

} // namespace telltale
