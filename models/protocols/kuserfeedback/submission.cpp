// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/kuserfeedback/submission.h"

#include "models/protocols/kuserfeedback/feedbackschema.h"
#include "models/protocols/support/fieldtable.h"
#include "models/protocols/support/formdata.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace telltale {
namespace {

using json::Element;
using json::field;

/// Of a submission.
constexpr FieldRow kFields[] = {
    {MappedField::Release, "/applicationVersion/value"},
    {MappedField::Os, "/platform/os"},
    {MappedField::Device, "/cpu/architecture"},
    {MappedField::Country, "/locale/region"},
    {MappedField::Duration, "/usageTime/value", "session"},
};

/// What else is read of it.
constexpr std::string_view kOthers[] = {kFields[std::size(kFields) - 1].pointer};

constexpr std::int64_t kLongestUse = std::int64_t{366} * 86'400 * 1'000'000'000;

/// "kuserfeedback-0123456789abcdef".
struct SessionName
{
    explicit SessionName(std::uint64_t number)
    {
        for (auto digit = text.end() - 1; number != 0; --digit, number >>= 4U)
            *digit = "0123456789abcdef"[number & 15U];
    }
    TextView view() const { return Text::viewOf({text.data(), text.size()}); }

    std::array<char, 30> text{'k', 'u', 's', 'e', 'r', 'f', 'e', 'e', 'd', 'b', 'a', 'c', 'k', '-', '0',
                              '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0'};
};

/// The last part of the path.
Text productOf(std::string_view path)
{
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (name.find('%') == std::string_view::npos)
        return Text::viewOf(name);
    return percentDecoded(name);
}

} // namespace

SubmissionWriter::SubmissionWriter(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
    : m_request(request)
    , m_writer(batch, report, request.arrival)
    , m_product(productOf(request.path))
{}

void SubmissionWriter::add(Element sample, Instant time)
{
    static const json::FieldIndex kIndex(kFields, kOthers);
    const json::Fields fields(kIndex, sample);
    OriginText origin;
    origin.product = m_product;
    origin.release = fields.text(MappedField::Release);
    origin.os = fields.text(MappedField::Os);
    origin.device = fields.text(MappedField::Device);
    origin.country = fields.text(MappedField::Country);
    origin.scopeName = Text::viewOf(kFeedbackScope);
    if (const auto slash = m_request.userAgent.find('/'); slash != std::string_view::npos)
        origin.scopeVersion = Text::viewOf(m_request.userAgent.substr(slash + 1));
    m_writer.setOrigin(origin);

    // No user and no session are sent: each sample is one of its own.
    const auto seed = static_cast<XXH64_hash_t>(m_request.arrival.ns) + m_count++;
    const SessionName session(XXH3_64bits_withSeed(m_request.body.data(), m_request.body.size(), seed));
    RecordText bound;
    bound.kind = RecordKind::SessionBound;
    bound.session = session.view();
    bound.sent.addFieldsBut("timestamp", sample);
    const auto usage = json::number(fields.other(0));
    bound.name = Text::viewOf("session.start");
    bound.time = time - std::chrono::nanoseconds(std::min(json::nanoseconds(usage.value_or(0)), kLongestUse));
    m_writer.add(bound);
    bound.sent.clear();
    bound.hasAttributesOfLast = true;
    bound.name = Text::viewOf(kFeedbackRecord);
    bound.time = time;
    m_writer.add(bound);
    RecordText point;
    point.session = session.view();
    point.time = time;
    for (const auto &[source, value] : json::members(sample))
        addNumbers(point, source, value);
}

/// Numbers of a source become gauges: "startCount", "cpu.count", and a ratio's parts with the part as an attribute.
void SubmissionWriter::addNumbers(RecordText &point, std::string_view source, Element value)
{
    if (!value.isObject())
        return;
    for (const auto &[key, part] : json::members(value)) {
        const bool isPart = part.isObject();
        if (!isPart && !part.isNumber())
            continue;
        const auto number = json::number(isPart ? field(part, "property") : std::optional<Element>(part));
        if (!number)
            continue;
        point.name = Text::viewOf(source);
        point.sent.clear();
        if (isPart) {
            point.sent.addText("key", key);
        } else if (key != "value") {
            m_name.assign(source).append(".").append(key);
            point.name = Text::viewOf(m_name);
        }
        m_writer.addGauge(point, *number, source == "usageTime" ? "s" : isPart ? "1" : "");
    }
}

MappingTable kUserFeedbackMapping()
{
    MappingTable table{"kuserfeedback", {}};
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "a submission", {}, "one session"});
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "numbers and ratios in it", {}, "metric points"});
    table.rows.push_back(inWords(MappedField::Product, "the last part of the path"));
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Scope, "KUserFeedback"));
    table.rows.push_back(inWords(MappedField::ScopeVersion, "the User-Agent, behind the /"));
    table.rows.push_back(inWords(MappedField::Session, "each submission is one of its own"));
    return table;
}

} // namespace telltale
