// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/demo/demorun.h"
#include "models/telemetry/timeformat.h"
#include "resources/stride/stridescenario.h"

#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>

namespace telltale {

namespace {

std::atomic<bool> stopRequested = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch such");

struct DemoArguments
{
    demo::DemoOptions options;
    std::string history = "0s";
    std::string liveFor;
    std::string wait = "30s";
};

std::chrono::nanoseconds duration(const char *option, const std::string &text)
{
    const auto parsed = parseDuration(text);
    if (!parsed)
        throw CLI::ValidationError(option, parsed.error().message);
    return *parsed;
}

int runDemo(const DemoArguments &arguments, const Clock &clock)
{
    const Result<demo::Scenario> scenario = demo::Scenario::parse(strideScenarioJson());
    if (!scenario) {
        std::fprintf(stderr, "telltale demo: %s\n", scenario.error().message.c_str());
        return ExitFailed;
    }
    std::signal(SIGINT, [](int) { stopRequested = true; });
    std::signal(SIGTERM, [](int) { stopRequested = true; });
    demo::DemoRun run(*scenario, arguments.options, clock, stopRequested,
                      [](const std::string &line) { std::fprintf(stderr, "%s\n", line.c_str()); });
    const Result<void> done = run.run();
    std::printf("%s\n", run.summary().c_str());
    std::fflush(stdout);
    if (!done) {
        std::fprintf(stderr, "telltale demo: %s\n", done.error().message.c_str());
        return done.error().code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
    }
    return ExitDone;
}

} // namespace

void addDemoCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    auto arguments = std::make_shared<DemoArguments>();
    demo::DemoOptions &options = arguments->options;
    CLI::App *command = app.add_subcommand(
        "demo", "The users of Stride, an example product, over real OTLP to a running window or collector");
    command->add_option("--endpoint", options.endpoint, "Where to send to")->capture_default_str();
    command->add_option("--users", options.users, "How many people there are")
        ->capture_default_str()
        ->check(CLI::Range(std::size_t(1), std::size_t(1'000'000)));
    command->add_option("--rate", options.rate, "Records a second while live; 0: as people's habits have it")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 100'000.0));
    command->add_option("--seed", options.seed, "Other people, other sessions")->capture_default_str();
    command
        ->add_option("--history", arguments->history,
                     "How much of the past to send first, as fast as possible: 28d")
        ->capture_default_str();
    command->add_option("--for", arguments->liveFor,
                        "How long to go on live: 10m; 0s: only the past; without: until stopped");
    command->add_option("--wait", arguments->wait, "How long to wait for a receiver that does not answer")
        ->capture_default_str();
    command->add_option("--resume", options.resume,
                        "A file that remembers what was sent, so that a later run goes on there");
    command->callback([arguments, &global, &run] {
        arguments->options.history = duration("--history", arguments->history);
        if (!arguments->liveFor.empty())
            arguments->options.liveFor = duration("--for", arguments->liveFor);
        arguments->options.patience =
            std::chrono::duration_cast<std::chrono::milliseconds>(duration("--wait", arguments->wait));
        run = [arguments, clock = global.clock()] { return runDemo(*arguments, *clock); };
    });
}

} // namespace telltale
