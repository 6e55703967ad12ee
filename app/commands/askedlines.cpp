// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/askedlines.h"

#include "models/telemetry/timeformat.h"

namespace telltale {
namespace {

/// In RFC 3339; an open end is said as such.
std::string endText(Instant at)
{
    return at == Instant::min() || at == Instant::max() ? "open" : formatRfc3339(at);
}

} // namespace

AskedLines askedLines(const Scope &scope, Engine &engine)
{
    AskedLines lines;
    const auto summary = engine.summary({});
    std::string products;
    if (summary) {
        for (const std::string &product : summary->value.products)
            products += (products.empty() ? "" : ", ") + product;
    }
    lines.emplace_back("Product", products);
    lines.emplace_back("Range", endText(scope.range.from) + " to " + endText(scope.range.to));
    lines.emplace_back("Time zone", scope.zone.id());
    lines.emplace_back("Filter", scope.filter.isEmpty() ? "none" : scope.filter.text());
    if (const auto totals = engine.totals(scope, {}))
        lines.emplace_back("Looked at", std::to_string(totals->value.usageEvents) + " usage events, " + std::to_string(totals->value.sessions) +
                                            " sessions, " + std::to_string(totals->value.users) + " users");
    Scope whole = scope;
    whole.range = {};
    whole.filter = {};
    if (const auto sources = engine.sources(whole, {})) {
        std::uint64_t dropped = 0, rejected = 0;
        for (const SourceRow &row : sources->value) {
            dropped += row.dropped;
            rejected += row.rejected;
        }
        lines.emplace_back("Records dropped", std::to_string(dropped) + " by the apps, " + std::to_string(rejected) + " rejected");
    }
    lines.emplace_back("Exported", formatRfc3339(scope.now));
    return lines;
}

Value::Map askedMap(const AskedLines &lines)
{
    Value::Map map;
    for (const auto &[what, value] : lines)
        map.emplace_back(what, Value(value));
    return map;
}

} // namespace telltale
