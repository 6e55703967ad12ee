// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with a cache while nobody writes it: check it, keep it to an age or a size, forget a person.
#include "app/commands/command.h"

#include "models/store/cachesalvage.h"
#include "models/store/cacheverifier.h"
#include "models/store/cachewriter.h"
#include "models/telemetry/bytecount.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <unistd.h>

namespace telltale {
namespace {

constexpr double kPercent = 100;

int fail(const char *command, const Error &error)
{
    std::fprintf(stderr, "telltale %s: %s\n", command, error.message.c_str());
    return ExitFailed;
}

/// For people, where there are some.
void showProgress(const char *what, std::uint64_t done, std::uint64_t total)
{
    if (!::isatty(STDERR_FILENO) || total == 0)
        return;
    std::fprintf(stderr, "\r%s %3.0f %%", what,
                 kPercent * static_cast<double>(done) / static_cast<double>(total));
    if (done == total)
        std::fputs("\n", stderr);
}

Value number(std::uint64_t value)
{
    return Value(static_cast<std::int64_t>(value));
}

void print(Value::Map answer)
{
    std::printf("%s\n", toJson(Value(std::move(answer))).c_str());
}

Result<std::unique_ptr<CacheWriter>> openAlone(const std::filesystem::path &cache)
{
    if (!std::filesystem::exists(cache))
        return failure(Error::Code::NotFound, "there is no cache " + cache.string());
    CacheOptions options;
    options.path = cache;
    options.lowWater = 0; // removing is what a full disk needs
    options.ballastBytes = 0;
    return CacheWriter::open(options);
}

/// All slices of background work.
Result<void> settle(CacheWriter &writer)
{
    for (bool hasMore = true; hasMore;) {
        const auto slice = writer.maintain();
        if (!slice)
            return tl::unexpected(slice.error());
        hasMore = *slice;
    }
    return {};
}

Value::Map removalFields(const Removal &removal)
{
    const bool hasTimes = !removal.range.isEmpty();
    return {
        {"records", number(removal.records)},
        {"sessions", number(removal.sessions)},
        {"oldest", hasTimes ? Value(formatRfc3339(removal.range.from)) : Value()},
        {"newest", hasTimes ? Value(formatRfc3339(removal.range.to - std::chrono::nanoseconds(1))) : Value()},
        {"bytes", number(removal.bytes)}};
}

std::uint64_t fileSize(const std::filesystem::path &cache)
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(cache, problem);
    return problem ? 0 : size;
}

/// Removes by `slice` until it finds nothing, makes rollups anew where that is needed, and lets `finish` give space back.
template<typename Slice, typename Finish>
Result<Removal> removeAll(const std::filesystem::path &cache, CacheWriter &writer, Slice &&slice,
                          Finish &&finish)
{
    const std::uint64_t before = fileSize(cache);
    Removal removal;
    for (;;) {
        const Result<Removal> removed = slice();
        if (!removed)
            return removed;
        if (removed->isNothing())
            break;
        removal.add(*removed);
    }
    if (const auto settled = settle(writer); !settled)
        return tl::unexpected(settled.error());
    if (const Result<void> finished = finish(); !finished)
        return tl::unexpected(finished.error());
    const std::uint64_t after = fileSize(cache);
    removal.bytes = before > after ? before - after : 0;
    return removal;
}

// --- the commands ----------------------------------------------------------------------------------------------------

int verify(const std::filesystem::path &cache, bool isRebuilt)
{
    if (isRebuilt) {
        auto writer = openAlone(cache);
        if (!writer)
            return fail("verify", writer.error());
        if (const auto dropped = (*writer)->dropRollups(); !dropped)
            return fail("verify", dropped.error());
        if (const auto settled = settle(**writer); !settled)
            return fail("verify", settled.error());
    }
    const auto check = checkCache(cache, [](std::uint64_t done, std::uint64_t total) {
        showProgress("checking", done, total);
        return true;
    });
    if (!check)
        return fail("verify", check.error());
    Value::Array problems;
    for (const std::string &problem : check->problems) {
        std::fprintf(stderr, "telltale verify: %s\n", problem.c_str());
        problems.emplace_back(problem);
    }
    print({{"sound", Value(check->isSound())},
           {"segments", number(check->segments)},
           {"records", number(check->records)},
           {"rollups", number(check->rollups)},
           {"damaged_segments", number(check->damagedSegments)},
           {"damaged_records", number(check->damagedRecords)},
           {"damaged_rollups", number(check->damagedRollups)},
           {"rebuilt", Value(isRebuilt)},
           {"problems", Value(std::move(problems))}});
    return check->isSound() ? ExitDone : ExitFailed;
}

int salvage(const std::filesystem::path &cache, const std::filesystem::path &out)
{
    const auto report = salvageCache(cache, out, [](std::uint64_t done, std::uint64_t total) {
        showProgress("recovering", done, total);
        return true;
    });
    if (!report)
        return fail("verify", report.error());
    Value::Array notes;
    for (const std::string &note : report->notes)
        notes.emplace_back(note);
    print({{"salvaged", Value(out.string())},
           {"records", number(report->records)},
           {"lost_records", number(report->lostRecords)},
           {"segments", number(report->segments)},
           {"lost_segments", number(report->lostSegments)},
           {"sessions", number(report->sessions)},
           {"remade_sessions", number(report->remadeSessions)},
           {"lost_texts", number(report->lostTexts)},
           {"notes", Value(std::move(notes))}});
    return ExitDone;
}

int prune(const GlobalOptions &global, const std::string &age, const std::string &size)
{
    const std::filesystem::path cache = global.cache();
    const Retention retention = parseRetention(age, size, cache);
    const Instant now = global.clock()->now();
    auto writer = openAlone(cache);
    if (!writer)
        return fail("prune", writer.error());
    const auto removal = removeAll(
        cache, **writer, [&] { return (*writer)->prune(retention, now); },
        [&] { return (*writer)->giveBack(); });
    if (!removal)
        return fail("prune", removal.error());
    print(removalFields(*removal));
    return ExitDone;
}

int forget(const GlobalOptions &global, const std::string &user)
{
    const std::filesystem::path cache = global.cache();
    const Instant now = global.clock()->now();
    auto writer = openAlone(cache);
    if (!writer)
        return fail("forget", writer.error());
    bool isFirst = true;
    const auto removal = removeAll(
        cache, **writer,
        [&]() -> Result<Removal> {
            return std::exchange(isFirst, false) ? (*writer)->forgetUser(user, now) : Removal();
        },
        [&] { return (*writer)->writeAnew(); });
    if (!removal)
        return fail("forget", removal.error());
    print(removalFields(*removal));
    return ExitDone;
}

} // namespace

std::uint64_t parseBytes(const char *option, const std::string &text)
{
    const auto bytes = parseByteCount(text);
    if (!bytes)
        throw CLI::ValidationError(option, bytes.error().message);
    return *bytes;
}

Retention parseRetention(const std::string &age, const std::string &size, const std::filesystem::path &cache)
{
    Retention retention = age.empty() && size.empty() ? defaultRetention(cache) : Retention();
    if (!age.empty() && age != "none") {
        const Instant now = Instant::fromSeconds(0);
        const auto before = parseTime("-" + age, now);
        if (!before || *before >= now)
            throw CLI::ValidationError("--keep-age", "'" + age + "' is no age; ages are like 90d or 12h");
        retention.age = now - *before;
    }
    if (!size.empty() && size != "none") {
        retention.bytes = parseBytes("--keep-size", size);
        if (retention.bytes == 0)
            throw CLI::ValidationError("--keep-size",
                                       "nothing at all can not be kept to; use none for no limit");
    }
    return retention;
}

void addRetentionOptions(CLI::App &command, std::string &age, std::string &size)
{
    command.add_option("--keep-age", age, "Remove records older than this: 90d, 12h, none (default: none)");
    command.add_option(
        "--keep-size", size,
        "Remove the oldest when the cache is larger than this: 500MB, 2GiB, none (default: 10 GB "
        "or a fifth of the disk's room, whichever is less)");
}

void addKeepingCommands(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto isRebuilt = std::make_shared<bool>(false);
    CLI::App *check = app.add_subcommand("verify", "Checks every byte of a cache; says what is damaged");
    check->add_flag("--rebuild", *isRebuilt, "First makes all rollups again from the records");
    const auto file = std::make_shared<std::string>();
    check->add_option("FILE", *file, "The cache (default: that of --cache)");
    const auto out = std::make_shared<std::string>();
    check->add_option("--salvage", *out, "Instead makes a new cache, this file, of all that can be read; the old one stays as it is")
        ->excludes("--rebuild");
    check->callback([isRebuilt, file, out, &options, &run] {
        run = [=, &options] {
            const std::filesystem::path cache = file->empty() ? options.cache() : std::filesystem::path(*file);
            return out->empty() ? verify(cache, *isRebuilt) : salvage(cache, *out);
        };
    });

    struct Keep
    {
        std::string age, size;
    };
    const auto keep = std::make_shared<Keep>();
    CLI::App *pruning = app.add_subcommand("prune", "Removes what is too old or too much, the oldest first");
    addRetentionOptions(*pruning, keep->age, keep->size);
    pruning->footer("Whole blocks of records go, with their sessions; groups of errors stay known. Says in "
                    "one line of JSON\n"
                    "what went. Nobody else may write the cache meanwhile.");
    pruning->callback(
        [keep, &options, &run] { run = [=, &options] { return prune(options, keep->age, keep->size); }; });

    const auto user = std::make_shared<std::string>();
    CLI::App *forgetting = app.add_subcommand("forget", "Removes one user everywhere");
    forgetting->add_option("USER", *user, "The user as lists show it")->required();
    forgetting->callback([user, &options, &run] { run = [=, &options] { return forget(options, *user); }; });
}

} // namespace telltale
