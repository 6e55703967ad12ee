// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/reportrequest.h"

#include "models/telemetry/value.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace telltale {
namespace {

constexpr std::array<std::pair<ReportSection, std::string_view>, 11> kSections{
    {{ReportSection::Summary, "summary"},
     {ReportSection::Usage, "usage"},
     {ReportSection::Features, "features"},
     {ReportSection::Screens, "screens"},
     {ReportSection::Sessions, "sessions"},
     {ReportSection::Errors, "errors"},
     {ReportSection::Performance, "performance"},
     {ReportSection::Retention, "retention"},
     {ReportSection::Releases, "releases"},
     {ReportSection::Notes, "notes"},
     {ReportSection::Appendix, "appendix"}}};

constexpr std::int64_t kVersion = 1;
constexpr std::string_view kVersionField = "telltale_report";

using Element = simdjson::dom::element;

/// Fills one field of a request from a template; false: of the wrong type.
bool setText(const Element &from, std::string &to)
{
    std::string_view text;
    if (from.get(text) != simdjson::SUCCESS)
        return false;
    to = text;
    return true;
}

Result<void> setSections(const Element &from, std::vector<ReportSection> &to)
{
    simdjson::dom::array names;
    if (from.get(names) != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument, "\"sections\" of the template is no list");
    to.clear();
    for (const Element name : names) {
        std::string text;
        if (!setText(name, text))
            return failure(Error::Code::InvalidArgument, "\"sections\" of the template holds something that is no name");
        const auto section = sectionNamed(text);
        if (!section)
            return tl::unexpected(section.error());
        if (std::find(to.begin(), to.end(), *section) != to.end())
            return failure(Error::Code::InvalidArgument, "the section '" + text + "' is there twice");
        to.push_back(*section);
    }
    return {};
}

Result<void> setField(std::string_view key, const Element &value, ReportRequest &request)
{
    const std::array<std::pair<std::string_view, std::string *>, 7> texts{
        {{"title", &request.title},
         {"from", &request.from},
         {"to", &request.to},
         {"filter", &request.filter},
         {"notes", &request.notes},
         {"release_before", &request.releaseBefore},
         {"release_after", &request.releaseAfter}}};
    bool isFine = true;
    if (const auto text = std::find_if(texts.begin(), texts.end(), [&](const auto &t) { return t.first == key; });
        text != texts.end()) {
        isFine = setText(value, *text->second);
    } else if (key == "sections") {
        return setSections(value, request.sections);
    } else if (key == "identities") {
        isFine = value.get(request.hasIdentities) == simdjson::SUCCESS;
    } else if (key == "paper") {
        std::string name;
        isFine = setText(value, name) && (name == "a4" || name == "letter");
        request.paper = name == "letter" ? ReportPaper::Letter : ReportPaper::A4;
    } else if (key != kVersionField) {
        return failure(Error::Code::InvalidArgument, "a template has no field \"" + std::string(key) + "\"");
    }
    if (!isFine)
        return failure(Error::Code::InvalidArgument, "\"" + std::string(key) + "\" of the template has a value it can not have");
    return {};
}

} // namespace

std::string_view sectionName(ReportSection section)
{
    return kSections[static_cast<std::size_t>(section)].second;
}

Result<ReportSection> sectionNamed(std::string_view name)
{
    std::string list;
    for (const auto &[section, known] : kSections) {
        if (known == name)
            return section;
        list.append(list.empty() ? "" : ", ").append(known);
    }
    return failure(Error::Code::InvalidArgument,
                   "'" + std::string(name) + "' is no section of a report; there are " + list);
}

const std::vector<ReportSection> &allSections()
{
    static const std::vector<ReportSection> all = [] {
        std::vector<ReportSection> list;
        for (const auto &[section, name] : kSections)
            list.push_back(section);
        return list;
    }();
    return all;
}

Result<ReportRequest> parseReportTemplate(std::string_view json)
{
    simdjson::dom::parser parser;
    Element root;
    if (const auto error = parser.parse(simdjson::padded_string(json)).get(root); error != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument,
                       std::string("the template is no JSON: ") + simdjson::error_message(error));
    simdjson::dom::object fields;
    std::int64_t version = 0;
    if (root.get(fields) != simdjson::SUCCESS || fields[kVersionField].get(version) != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument, "that is no template of a report: it has no \"telltale_report\": 1");
    if (version != kVersion)
        return failure(Error::Code::Unsupported,
                       "the template is of version " + std::to_string(version) + ", known is " + std::to_string(kVersion));
    ReportRequest request;
    for (const auto &[key, value] : fields) {
        if (const auto set = setField(key, value, request); !set)
            return tl::unexpected(set.error());
    }
    return request;
}

std::string reportTemplate(const ReportRequest &request)
{
    std::string out = "{\n  \"telltale_report\": 1,\n  \"sections\": [";
    for (std::size_t i = 0; i < request.sections.size(); ++i) {
        out += i > 0 ? ", " : "";
        appendJsonString(out, sectionName(request.sections[i]));
    }
    out += ']';
    const auto append = [&out](std::string_view key, const std::string &text) {
        if (text.empty())
            return;
        out.append(",\n  \"").append(key).append("\": ");
        appendJsonString(out, text);
    };
    append("title", request.title);
    append("from", request.from);
    append("to", request.to);
    append("filter", request.filter);
    append("notes", request.notes);
    append("release_before", request.releaseBefore);
    append("release_after", request.releaseAfter);
    append("paper", request.paper == ReportPaper::A4 ? "a4" : "letter");
    out += request.hasIdentities ? ",\n  \"identities\": true\n}\n" : "\n}\n";
    return out;
}

} // namespace telltale
