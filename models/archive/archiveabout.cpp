// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/archiveabout.h"

#include "models/store/cachereader.h"
#include "models/telemetry/document.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <simdjson.h>

namespace telltale {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr const char *kVersionField = "telltale_archive";

Value timeOrNull(Instant time, Instant open)
{
    return time == open ? Value() : Value(formatRfc3339(time));
}

std::string textOf(simdjson::dom::object fields, std::string_view key)
{
    std::string_view text;
    return fields[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

Instant timeOf(simdjson::dom::object fields, std::string_view key, Instant open)
{
    const std::string text = textOf(fields, key);
    return text.empty() ? open : parseRfc3339(text).value_or(open);
}

} // namespace

std::string ArchiveAbout::toJson() const
{
    Value::Array sentences;
    for (const std::string &sentence : notes)
        sentences.emplace_back(sentence);
    return telltale::toJson(Value(Value::Map{{kVersionField, Value(kVersion)},
                                             {"title", Value(title)},
                                             {"note", Value(note)},
                                             {"made", Value(formatRfc3339(made))},
                                             {"from", timeOrNull(range.from, Instant::min())},
                                             {"to", timeOrNull(range.to, Instant::max())},
                                             {"first", Value(formatRfc3339(held.from))},
                                             {"after_last", Value(formatRfc3339(held.to))},
                                             {"filter", Value(filter)},
                                             {"zone", Value(zone)},
                                             {"view", Value(view)},
                                             {"redacted", Value(isRedacted)},
                                             {"records", Value(static_cast<std::int64_t>(records))},
                                             {"notes", Value(std::move(sentences))}}));
}

Result<ArchiveAbout> ArchiveAbout::parse(std::string_view json)
{
    simdjson::dom::parser parser;
    simdjson::dom::object fields;
    std::int64_t version = 0;
    const simdjson::padded_string padded(json);
    if (parser.parse(padded).get(fields) != simdjson::SUCCESS || fields[kVersionField].get(version) != simdjson::SUCCESS)
        return failure(Error::Code::InvalidArgument, "what the archive says about itself can not be read");
    if (version > kVersion)
        return failure(Error::Code::Unsupported, "the archive was made by a later version of Telltale");
    ArchiveAbout about;
    about.title = textOf(fields, "title");
    about.note = textOf(fields, "note");
    about.made = timeOf(fields, "made", {});
    about.range = {timeOf(fields, "from", Instant::min()), timeOf(fields, "to", Instant::max())};
    about.held = {timeOf(fields, "first", {}), timeOf(fields, "after_last", {})};
    about.filter = textOf(fields, "filter");
    about.zone = textOf(fields, "zone");
    about.view = textOf(fields, "view");
    if (bool isRedacted = false; fields["redacted"].get(isRedacted) == simdjson::SUCCESS)
        about.isRedacted = isRedacted;
    std::int64_t records = 0;
    if (fields["records"].get(records) == simdjson::SUCCESS && records > 0)
        about.records = static_cast<std::uint64_t>(records);
    simdjson::dom::array notes;
    if (fields["notes"].get(notes) == simdjson::SUCCESS) {
        for (const auto note : notes) {
            if (std::string_view text; note.get(text) == simdjson::SUCCESS)
                about.notes.emplace_back(text);
        }
    }
    return about;
}

Result<std::optional<ArchiveAbout>> archiveAbout(const std::filesystem::path &file)
{
    auto reader = CacheReader::open(file);
    if (!reader)
        return tl::unexpected(reader.error());
    const CacheReader::Snapshot snapshot(**reader);
    const auto documents = (*reader)->documents(kArchiveKind);
    if (!documents)
        return tl::unexpected(documents.error());
    if (documents->empty())
        return std::nullopt;
    auto about = ArchiveAbout::parse(documents->front().body);
    if (!about)
        return tl::unexpected(about.error());
    return std::optional(std::move(*about));
}

} // namespace telltale
