// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/telemetry/sametext.h"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace telltale {
namespace {

using json::Element;

constexpr std::string_view kMalformed = "aptabase.malformed";
constexpr std::string_view kInvalid = "aptabase.event.invalid";

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Event, "/eventName"},
    {MappedField::Session, "/sessionId"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Release, "/systemProps/appVersion"},
    {MappedField::Os, "/systemProps/osName"},
    {MappedField::Device, "/systemProps/deviceModel"},
};

constexpr std::pair<std::string_view, std::string_view> kSystems[] = {
    {"Android", "Android"}, {"iPhone", "iOS"},    {"iPad", "iPadOS"}, {"Windows", "Windows"},
    {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"}};

/// Which of kSystems, as bits, have a mark that begins with this byte.
constexpr auto kBeginWith = [] {
    std::array<std::uint8_t, 256> bits{};
    for (std::size_t i = 0; i < std::size(kSystems); ++i)
        bits[static_cast<unsigned char>(kSystems[i].first.front())] |= static_cast<std::uint8_t>(1U << i);
    return bits;
}();
static_assert(std::size(kSystems) <= 8);

/// The system that a browser says it runs on: its SDK leaves that to the server. The first of kSystems counts.
std::string_view osOf(std::string_view userAgent)
{
    unsigned wanted = (1U << std::size(kSystems)) - 1; // bits of those better than what was found
    std::string_view best;
    for (std::size_t at = 0; at < userAgent.size() && wanted != 0; ++at) { // once, not for each of them
        unsigned here = kBeginWith[static_cast<unsigned char>(userAgent[at])] & wanted;
        for (; here != 0; here &= here - 1) {
            const auto &[mark, system] = kSystems[std::countr_zero(here)];
            if (!isSameText(userAgent.substr(at, mark.size()), mark))
                continue;
            best = system;
            wanted = (here & -here) - 1;
            break;
        }
    }
    return best;
}

/// The same again costs a comparison: one browser sends many requests.
std::string_view osOfRequest(std::string_view userAgent)
{
    constexpr std::size_t kMost = 1024;
    if (userAgent.size() > kMost)
        return osOf(userAgent);
    thread_local std::string last;
    thread_local std::string_view lastOs;
    if (last != userAgent) {
        last = userAgent;
        lastOs = osOf(userAgent);
    }
    return lastOs;
}

enum Other : std::size_t { Properties, System, IsDebug, Sdk };
/// What else is read of an event.
constexpr std::string_view kOthers[] = {"/props", "/systemProps", "/systemProps/isDebug", "/systemProps/sdkVersion"};

/// Takes the events of one request.
class EventReader
{
public:
    EventReader(const ProtocolRequest &request, RecordWriter &writer)
        : m_request(request)
        , m_writer(writer)
    {}
    /// False when it is none.
    bool read(Element event);

private:
    std::string_view browserOs()
    {
        if (!m_browserOs)
            m_browserOs = osOfRequest(m_request.userAgent);
        return *m_browserOs;
    }

    const ProtocolRequest &m_request;
    RecordWriter &m_writer;
    std::optional<std::string_view> m_browserOs; ///< looked for once, however many events there are
};

bool EventReader::read(Element event)
{
    static const json::FieldIndex kIndex(kFields, kOthers);
    const json::Fields fields(kIndex, event);
    RecordText record;
    record.kind = RecordKind::UsageEvent;
    const TextView name = fields.text(MappedField::Event);
    if (name.empty())
        return false;
    record.name = name;
    record.feature = name;
    record.session = fields.text(MappedField::Session);
    record.time = fields.instant(MappedField::Time);
    record.sent.addFields(fields.other(Properties));

    OriginText origin;
    origin.product = Text::viewOf(m_request.appKey);
    origin.environment = json::isTrue(fields.other(IsDebug)) ? Text::viewOf("debug") : Text::viewOf("release");
    origin.release = fields.text(MappedField::Release);
    origin.os = fields.text(MappedField::Os);
    if (origin.os.empty())
        origin.os = Text::viewOf(browserOs());
    origin.device = fields.text(MappedField::Device);
    const TextView sdk = fields.otherText(Sdk);
    const auto sign = sdk.view().rfind('@');
    origin.scopeName = Text::viewOf(sdk.view().substr(0, sign));
    if (sign != std::string_view::npos)
        origin.scopeVersion = Text::viewOf(sdk.view().substr(sign + 1));
    origin.sent.addFields(fields.other(System));
    m_writer.setOrigin(origin);
    m_writer.add(record);
    return true;
}

} // namespace

Result<ProtocolReply> decodeAptabase(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const auto root = document.parseInPlace(request.body);
    if (!root || !(root->isObject() || root->isArray())) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument,
                       root ? "An event, or a list of events, was expected." : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    EventReader reader(request, writer);
    const auto take = [&](Element event) {
        if (!reader.read(event))
            writer.reject(kInvalid);
    };
    if (root->isArray()) {
        for (const Element event : json::items(*root))
            take(event);
    } else {
        take(*root);
    }
    return ProtocolReply{};
}

MappingTable aptabaseMapping()
{
    MappingTable table{"aptabase", {}};
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "every event", {}, "usage event"});
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Product, "the App-Key header"));
    table.rows.push_back(inWords(MappedField::Environment, "debug or release, by systemProps.isDebug"));
    table.rows.push_back(inWords(MappedField::Os, "the browser's User-Agent"));
    table.rows.push_back(inWords(MappedField::Scope, "systemProps.sdkVersion, before the @"));
    table.rows.push_back(inWords(MappedField::ScopeVersion, "systemProps.sdkVersion, behind the @"));
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
