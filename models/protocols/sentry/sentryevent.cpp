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
bool setTimes(RecordText &record, Element span)
{
    const auto start = json::instant(field(span, "start_timestamp"));
    auto end = json::instant(field(span, "timestamp"));
    if (!end)
        end = json::instant(field(span, "end_timestamp"));
    if (!start)
        return false;
    record.time = start;
    record.duration = end && *end >= *start ? (*end - *start).count() : 0;
    return true;
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
    const std::string lastType = exceptions.empty() ? std::string() : firstText(exceptions.back(), {"type"});
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
    std::string type = lastType.empty() ? "Error" : lastType;
    std::string text = isException && !exceptions.empty() ? firstText(exceptions.back(), {"value"}) : std::string();
    if (text.empty())
        text = message.str();
    std::string stack;
    for (auto each = exceptions.rbegin(); each != exceptions.rend(); ++each) {
        const std::string eachType = firstText(*each, {"type"});
        std::string part = stackText(eachType.empty() ? type : eachType, firstText(*each, {"value"}),
                                     field(field(*each, "stacktrace"), "frames"), true);
        if (part.empty() && each != exceptions.rbegin())
            part = eachType + ": " + firstText(*each, {"value"});
        if (!part.empty())
            stack += (stack.empty() ? "" : "\nCaused by: ") + part;
    }
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
    root.name = firstText(event, {"transaction"});
    root.attributes.emplace_back("sentry.op", firstText(trace, {"op"}));
    root.sent.addFields(field(trace, "data"));
    const Text user = root.user;
    const TraceId traceId = root.trace.traceId;
    SpanDetail detail;
    detail.kind = SpanKind::Internal;
    detail.parentSpanId = spanIdOf(firstText(trace, {"parent_span_id"}));
    detail.status = statusOf(firstText(trace, {"status"}));
    if (!setTimes(root, event)) {
        writer.reject("sentry.item.malformed");
        writer.endMessage();
        return;
    }
    writer.addSpan(root, detail);

    const auto spans = field(event, "spans");
    if (json::isArray(spans)) {
        for (const Element span : json::items(spans)) {
            RecordText record;
            record.user = user;
            record.name = firstText(span, {"description", "op"});
            record.trace = {traceIdOf(firstText(span, {"trace_id"})), spanIdOf(firstText(span, {"span_id"}))};
            if (record.trace.traceId == TraceId{})
                record.trace.traceId = traceId;
            record.sent.addFields(field(span, "data"));
            if (std::string op = firstText(span, {"op"}); !op.empty())
                record.attributes.emplace_back("sentry.op", std::move(op));
            addTags(record, field(span, "tags"));
            SpanDetail each;
            each.kind = SpanKind::Internal;
            each.parentSpanId = spanIdOf(firstText(span, {"parent_span_id"}));
            each.status = statusOf(firstText(span, {"status"}));
            if (setTimes(record, span))
                writer.addSpan(record, each);
            else
                writer.reject("sentry.item.malformed");
        }
    }
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
