// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertfile.h"

#include "models/telemetry/value.h"

#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::size_t kLongestFile = 1 << 20;

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
    const char *base = std::getenv("XDG_CONFIG_HOME");
    if (base && *base == '/')
        return std::filesystem::path(base) / "telltale" / "alerts.json";
    const char *home = std::getenv("HOME");
    return std::filesystem::path(home ? home : ".") / ".config" / "telltale" / "alerts.json";
}

Result<AlertFile> AlertFile::read(const std::filesystem::path &path)
{
    std::error_code problem;
    if (!std::filesystem::exists(path, problem))
        return AlertFile();
    if (const auto size = std::filesystem::file_size(path, problem); problem || size > kLongestFile)
        return failure(Error::Code::Io, path.string() + " can not be read, or is no file of alerts");
    std::ifstream stream(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    if (!stream)
        return failure(Error::Code::Io, path.string() + " can not be read");
    auto file = parse(text);
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
    std::error_code problem;
    std::filesystem::create_directories(path.parent_path(), problem);
    const std::string part = path.string() + ".part";
    const std::string text = toJson();
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool isWritten = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    const int reason = errno;
    if (file >= 0)
        ::close(file);
    if (!isWritten || std::rename(part.c_str(), path.c_str()) != 0) {
        const std::string why = std::strerror(isWritten ? errno : reason);
        std::remove(part.c_str());
        return failure(Error::Code::Io, "can not write " + path.string() + ": " + why);
    }
    return {};
}

Alert *AlertFile::find(std::string_view name)
{
    const auto found = std::find_if(alerts.begin(), alerts.end(), [&](const Alert &alert) { return alert.name == name; });
    return found == alerts.end() ? nullptr : &*found;
}

} // namespace telltale
