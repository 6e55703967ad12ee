// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/scopeoptions.h"
#include "app/window/reportrun.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

namespace telltale {
namespace {

/// What stands on the command line of `telltale report`; what is empty comes from the template, or has its default.
struct ReportLine
{
    ScopeOptions scope;
    std::string out, format, templateFile, saveTemplate;
    std::string title, sections, notes, paper, before, after;
    bool hasIdentities = false;
};

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw CLI::ValidationError("--template", "can not read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<ReportSection> sectionsOf(const std::string &list)
{
    std::vector<ReportSection> sections;
    std::istringstream names(list);
    for (std::string name; std::getline(names, name, ',');) {
        const auto section = sectionNamed(name);
        if (!section)
            throw CLI::ValidationError("--sections", section.error().message);
        if (std::find(sections.begin(), sections.end(), *section) != sections.end())
            throw CLI::ValidationError("--sections", "'" + name + "' is there twice");
        sections.push_back(*section);
    }
    if (sections.empty())
        throw CLI::ValidationError("--sections", "a report without sections says nothing");
    return sections;
}

ReportRequest requestOf(const ReportLine &line)
{
    ReportRequest request;
    if (!line.templateFile.empty()) {
        auto read = parseReportTemplate(readFile(line.templateFile));
        if (!read)
            throw CLI::ValidationError("--template", line.templateFile + ": " + read.error().message);
        request = std::move(*read);
    }
    const auto take = [](std::string &to, const std::string &from) {
        if (!from.empty())
            to = from;
    };
    take(request.title, line.title);
    take(request.from, line.scope.from);
    take(request.to, line.scope.to);
    take(request.filter, line.scope.filter);
    take(request.notes, line.notes);
    take(request.releaseBefore, line.before);
    take(request.releaseAfter, line.after);
    if (!line.sections.empty())
        request.sections = sectionsOf(line.sections);
    if (!line.paper.empty())
        request.paper = line.paper == "letter" ? ReportPaper::Letter : ReportPaper::A4;
    request.hasIdentities = request.hasIdentities || line.hasIdentities;
    return request;
}

ReportFormat formatOf(const ReportLine &line)
{
    const std::string name = line.format.empty() ? line.out : "x." + line.format;
    const auto format = reportFormatOf(QString::fromStdString(name));
    if (!format)
        throw CLI::ValidationError("--out", "'" + line.out + "' does not end in .pdf, .html, .xlsx or .csv; --format says which");
    return *format;
}

int report(const ReportLine &line, const GlobalOptions &global)
{
    ReportRunOptions options;
    options.request = requestOf(line);
    if (!line.saveTemplate.empty()) {
        std::ofstream file(line.saveTemplate, std::ios::binary | std::ios::trunc);
        file << reportTemplate(options.request);
        if (!file.flush())
            throw CLI::ValidationError("--save-template", "can not write " + line.saveTemplate);
        if (line.out.empty())
            return ExitDone;
    }
    if (line.out.empty())
        throw CLI::RequiredError("--out");
    options.format = formatOf(line);
    // The request's times are read here, so that a wrong one in a template says so as one on the line does.
    options.scope = scopeOf({options.request.from, options.request.to, options.request.filter}, global);
    auto zone = Zone::named(global.zone);
    if (!zone)
        throw CLI::ValidationError("--zone", zone.error().message);
    options.scope.zone = std::move(*zone);
    options.cache = global.cache();
    options.locale = global.locale;
    options.out = line.out;
    options.argc = global.argc;
    options.argv = global.argv;
    return runReport(options);
}

} // namespace

void addReportCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    const auto line = std::make_shared<ReportLine>();
    CLI::App *command = app.add_subcommand("report", "Writes a report as PDF, web page, sheets or CSV, without a display");
    command->add_option("--out", line->out, "The file: .pdf, .html, .xlsx or .csv");
    addScopeOptions(*command, line->scope);
    command->add_option("--format", line->format, "pdf, html, xlsx or csv (default: by the file's name)")
        ->check(CLI::IsMember({"pdf", "html", "xlsx", "csv"}));
    command->add_option("--title", line->title, "What stands on top");
    std::string names;
    for (const ReportSection section : allSections())
        names.append(names.empty() ? "" : ",").append(sectionName(section));
    command->add_option("--sections", line->sections, "Which, in their order (default: " + names + ")");
    command->add_option("--notes", line->notes, "Text of your own; an empty line begins a paragraph");
    command->add_option("--paper", line->paper, "a4 or letter (default: a4)")->check(CLI::IsMember({"a4", "letter"}));
    command->add_option("--release-before", line->before, "The release to compare with (default: the one before the newest)");
    command->add_option("--release-after", line->after, "The release to judge (default: the newest)");
    command->add_flag("--identities", line->hasIdentities, "Names users and whole session ids");
    command->add_option("--template", line->templateFile, "A file with all of this; what stands on the line wins");
    command->add_option("--save-template", line->saveTemplate, "Writes what was asked as such a file");
    command->footer("Equal data, --now, --zone and --lang give the same bytes. The file is there when it is whole.");
    command->callback([line, &global, &run] { run = [line, &global] { return report(*line, global); }; });
}

} // namespace telltale
