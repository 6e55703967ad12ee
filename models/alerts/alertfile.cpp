// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertfile.h"

#include "models/settings/privatefile.h"
#include "models/settings/settingsfile.h"
#include "models/telemetry/value.h"

#include <simdjson.h>

#include <algorithm>

namespace telltale {
namespace {

std::string textOf(simdjson::dom::object fields, std::string_view key)
{
    std::string_view text;
    return fields[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

Result<Alert> alertOf(simdjson::dom::element entry)
{
    simdjson::dom::object fields;
    if (entry.get(fields) != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument, "an alert is an object of name, rule, filter and on");
    Alert alert;
    alert.name = textOf(fields, "name");
    if (alert.name.empty())
        return failure(Error::Code::InvalidArgument, "an alert needs a name");
    const auto rule = AlertRule::parse(textOf(fields, "rule"));
    if (!rule)
        return failure(rule.error().code, alert.name + ": " + rule.error().message);
    alert.rule = *rule;
    const auto filter = Filter::parse(textOf(fields, "filter"));
    if (!filter)
        return failure(filter.error().code, alert.name + ": " + filter.error().message);
    alert.filter = *filter;
    if (bool isOn = false; fields["on"].get(isOn) == simdjson::SUCCESS)
        alert.isOn = isOn;
    return alert;
}

} // namespace

std::filesystem::path AlertFile::defaultPath()
{
    return defaultSettingsPath().replace_filename("alerts.json");
}

Result<AlertFile> AlertFile::read(const std::filesystem::path &path)
{
    const auto text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    if (text->empty())
        return AlertFile();
    auto file = parse(*text);
    if (!file)
        return failure(file.error().code, path.string() + ": " + file.error().message);
    return file;
}

Result<AlertFile> AlertFile::parse(std::string_view json)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(json);
    simdjson::dom::array entries;
    if (parser.parse(padded).get(entries) != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument, "this is no list of alerts in JSON");
    AlertFile file;
    for (const auto entry : entries) {
        auto alert = alertOf(entry);
        if (!alert)
            file.problems.push_back(alert.error().message);
        else if (file.find(alert->name))
            file.problems.push_back("there are two alerts called " + alert->name);
        else
            file.alerts.push_back(std::move(*alert));
    }
    return file;
}

std::string AlertFile::toJson() const
{
    std::string out = "[";
    for (const Alert &alert : alerts) {
        out += out.size() > 1 ? ",\n " : "\n ";
        out += telltale::toJson(Value(Value::Map{{"name", Value(alert.name)},
                                                 {"rule", Value(alert.rule.text())},
                                                 {"filter", Value(alert.filter.text())},
                                                 {"on", Value(alert.isOn)}}));
    }
    return out + (alerts.empty() ? "]\n" : "\n]\n");
}

Result<void> AlertFile::write(const std::filesystem::path &path) const
{
    return writePrivateFile(path, toJson());
}

Alert *AlertFile::find(std::string_view name)
{
    const auto found = std::find_if(alerts.begin(), alerts.end(), [&](const Alert &alert) { return alert.name == name; });
    return found == alerts.end() ? nullptr : &*found;
}

} // namespace telltale
