// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/support/formdata.h"

#include <functional>

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kInvalid = "countly.request.invalid";

/// A request's parameters, wherever they stand: query, form, or an object of /i/bulk.
using Parameter = std::function<std::string(std::string_view name)>;

constexpr EventRule kRules[] = {{"[CLY]_view", EventRole::ScreenView}, {"[CLY]_*", EventRole::State}};

/// Parameters.
constexpr FieldRow kParameters[] = {
    {MappedField::Product, "/app_key"},          {MappedField::User, "/device_id"},
    {MappedField::OtherUser, "/old_device_id"},  {MappedField::Country, "/country_code"},
    {MappedField::Scope, "/sdk_name"},           {MappedField::ScopeVersion, "/sdk_version"},
    {MappedField::Release, "/av"},               {MappedField::Time, "/timestamp"},
};
/// Of the JSON in `metrics` and `crash`.
constexpr FieldRow kMetrics[] = {
    {MappedField::Release, "/_app_version"}, {MappedField::Os, "/_os"}, {MappedField::Device, "/_device"}};
/// Of one of the JSON in `events`.
constexpr FieldRow kEvents[] = {
    {MappedField::Event, "/key"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Screen, "/segmentation/name", "screen view"},
    {MappedField::Screen, "/segmentation/view", "screen view"},
};
/// Of the JSON in `crash`.
constexpr FieldRow kCrash[] = {{MappedField::ErrorStack, "/_error"}};

std::string parameterOf(const Parameter &parameter, MappedField field)
{
    for (const FieldRow &row : kParameters) {
        if (row.field == field)
            return parameter(row.pointer.substr(1));
    }
    return {};
}

class CountlyReader
{
public:
    CountlyReader(const ProtocolRequest &request, RecordWriter &writer)
        : m_arrival(request.arrival)
        , m_writer(writer)
    {}

    void read(const Parameter &parameter);

private:
    RecordText record(const Parameter &parameter) const;
    void readSession(const Parameter &parameter);
    void readEvents(const Parameter &parameter);
    void readCrash(const Parameter &parameter);
    void readRest(const Parameter &parameter);
    /// Nothing, counted, when the text is not JSON.
    std::optional<Element> parse(const std::string &text);

    Instant m_arrival;
    RecordWriter &m_writer;
    json::Document m_document;
    std::string m_text;
};

std::optional<Element> CountlyReader::parse(const std::string &text)
{
    m_text = text;
    if (auto root = m_document.parseInPlace(m_text))
        return *root;
    m_writer.reject(kInvalid);
    return std::nullopt;
}

RecordText CountlyReader::record(const Parameter &parameter) const
{
    RecordText record;
    record.user = parameterOf(parameter, MappedField::User);
    const std::string time = parameterOf(parameter, MappedField::Time);
    if (!time.empty())
        record.time = json::instantOfNumber(std::strtod(time.c_str(), nullptr));
    return record;
}

void CountlyReader::read(const Parameter &parameter)
{
    const std::string user = parameterOf(parameter, MappedField::User);
    OriginText origin;
    origin.product = parameterOf(parameter, MappedField::Product);
    if (user.empty() || origin.product.empty()) {
        m_writer.reject(kInvalid);
        return;
    }
    origin.country = parameterOf(parameter, MappedField::Country);
    origin.scopeName = parameterOf(parameter, MappedField::Scope);
    origin.scopeVersion = parameterOf(parameter, MappedField::ScopeVersion);
    origin.release = parameterOf(parameter, MappedField::Release);
    json::Document documents[2]; // what the origin tells stays JSON until it is written
    std::size_t next = 0;
    for (const std::string_view name : {"metrics", "crash"}) {
        const std::string text = parameter(name);
        if (text.empty())
            continue;
        const auto root = documents[next++].parse(text);
        if (!root)
            continue; // counted where it is read
        static const json::FieldIndex kIndex(kMetrics);
        const json::Fields fields(kIndex, *root);
        if (origin.release.empty())
            origin.release = fields.text(MappedField::Release).str();
        origin.os = fields.text(MappedField::Os).str();
        origin.device = fields.text(MappedField::Device).str();
        if (name == "metrics")
            origin.sent.addFields(*root);
    }
    m_writer.setOrigin(origin);
    if (const std::string old = parameterOf(parameter, MappedField::OtherUser); !old.empty())
        m_writer.joinUsers(user, old);
    readSession(parameter);
    readEvents(parameter);
    readCrash(parameter);
    readRest(parameter);
}

void CountlyReader::readSession(const Parameter &parameter)
{
    const bool begins = parameter("begin_session") == "1";
    const bool ends = parameter("end_session") == "1";
    for (const bool isStart : {true, false}) {
        if (isStart ? !begins : !ends)
            continue;
        RecordText bound = record(parameter);
        bound.kind = RecordKind::SessionBound;
        bound.name = isStart ? "session.start" : "session.end";
        if (const std::string seconds = parameter("session_duration"); !seconds.empty())
            bound.attributes.emplace_back("session_duration", std::strtod(seconds.c_str(), nullptr));
        m_writer.add(bound);
    }
    if (!begins && !ends && !parameter("session_duration").empty()) {
        // A sign of life: the session goes on.
        RecordText sign = record(parameter);
        sign.name = "session_duration";
        sign.attributes.emplace_back("session_duration",
                                     std::strtod(parameter("session_duration").c_str(), nullptr));
        m_writer.add(sign);
    }
}

void CountlyReader::readEvents(const Parameter &parameter)
{
    const std::string text = parameter("events");
    if (text.empty())
        return;
    const auto root = parse(text);
    if (!json::isArray(root)) {
        if (root)
            m_writer.reject(kInvalid);
        return;
    }
    static const json::FieldIndex kIndex(kEvents);
    for (const Element event : json::items(root)) {
        const json::Fields fields(kIndex, event);
        RecordText each = record(parameter);
        each.name = fields.text(MappedField::Event);
        if (each.name.empty()) {
            m_writer.reject(kInvalid);
            continue;
        }
        if (const auto time = fields.instant(MappedField::Time))
            each.time = time;
        const auto segmentation = field(event, "segmentation");
        each.sent.addFields(segmentation);
        for (const std::string_view number : {"count", "sum", "dur"})
            each.sent.add(number, field(event, number));
        // A view comes twice: when it begins (visit), and with its length when it has ended.
        const auto length = json::number(field(event, "dur"));
        const bool isEnd = length && !field(segmentation, "visit");
        switch (roleOf(each.name, kRules)) {
        case EventRole::ScreenView:
            each.screen = fields.text(MappedField::Screen, "screen view");
            each.kind = isEnd ? RecordKind::Log : RecordKind::ScreenView;
            if (!isEnd && length && *length > 0)
                each.duration = json::nanoseconds(*length);
            break;
        case EventRole::State:
            break;
        default:
            each.kind = RecordKind::UsageEvent;
            each.feature = each.name;
        }
        m_writer.add(each);
    }
}

void CountlyReader::readCrash(const Parameter &parameter)
{
    const std::string text = parameter("crash");
    if (text.empty())
        return;
    const auto crash = parse(text);
    if (!crash)
        return;
    RecordText error = record(parameter);
    error.name = "crash";
    static const json::FieldIndex kIndex(kCrash);
    const json::Fields fields(kIndex, *crash);
    const TextView stack = fields.text(MappedField::ErrorStack);
    const auto [type, message] = typeAndMessageOf(stack.view().substr(0, stack.view().find('\n')), "Error");
    const bool isFatal = !json::isTrue(field(*crash, "_nonfatal"));
    error.severity = isFatal ? 21 : 17;
    error.sent.addFields(*crash);
    m_writer.addError(std::move(error), type, message, stack, isFatal);
}

void CountlyReader::readRest(const Parameter &parameter)
{
    for (const std::string_view name : {"user_details", "apm", "consent"}) {
        const std::string text = parameter(name);
        if (text.empty())
            continue;
        const auto root = parse(text);
        if (!root)
            continue;
        RecordText log = record(parameter);
        log.name = name;
        log.sent.addFields(*root);
        m_writer.add(log);
    }
}

} // namespace

Result<ProtocolReply> decodeCountly(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    ProtocolReply reply;
    if (request.path.ends_with("/o/sdk"))
        return reply;
    reply.body = R"({"result":"Success"})";
    RecordWriter writer(batch, report, request.arrival);
    CountlyReader reader(request, writer);
    const FormData query(request.query);
    const FormData form(request.body);
    const Parameter parameter = [&](std::string_view name) {
        if (const auto value = query.value(name))
            return std::string(*value);
        return std::string(form.value(name).value_or(""));
    };
    if (!request.path.ends_with("/i/bulk")) {
        reader.read(parameter);
        return reply;
    }
    json::Document document;
    std::string requests = parameter("requests");
    if (requests.empty())
        requests = request.body;
    const auto root = document.parseInPlace(requests);
    auto list = root ? std::optional<Element>(*root) : std::nullopt;
    if (list && list->isObject())
        list = field(*list, "requests");
    if (!json::isArray(list)) {
        writer.reject(kInvalid);
        return reply;
    }
    for (const Element each : json::items(list)) {
        reader.read([&](std::string_view name) {
            const auto value = field(each, name);
            std::string text = json::text(value);
            if (text.empty() && value && (value->isObject() || value->isArray()))
                text = toJson(json::toValue(*value));
            return text.empty() && name == "app_key" ? parameter(name) : text;
        });
    }
    return reply;
}

MappingTable countlyMapping()
{
    MappingTable table{"countly", {}};
    appendRows(table.rows, kRules);
    for (const FieldRow &row : kParameters)
        table.rows.push_back({row.field, MappingPlace::Parameter, std::string(row.pointer.substr(1)), {}, {}});
    appendRows(table.rows, kMetrics, "/metrics");
    appendRows(table.rows, kMetrics, "/crash");
    appendRows(table.rows, kEvents, "/events/*");
    appendRows(table.rows, kCrash, "/crash");
    table.rows.push_back(inWords(MappedField::Session, "begin_session and end_session are its bounds"));
    table.rows.push_back(inWords(MappedField::Dwell, "dur, in seconds", "screen view"));
    table.rows.push_back(inWords(MappedField::Feature, "the event's key"));
    return table;
}

} // namespace telltale
