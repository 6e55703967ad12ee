// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preview/rulepreview.h"

#include "models/ingest/rulebook.h"
#include "models/protocols/jsonlines/jsonlines.h"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

namespace telltale {
namespace {

constexpr std::int64_t kFirstWindow = 60'000'000'000;
constexpr std::size_t kChunk = 1'000; ///< records that are mapped together
constexpr std::size_t kMostChanges = 1'000;

/// The newest lines of the scope: windows of time grow until they hold enough.
Result<std::deque<std::string>> newestLines(Engine &engine, const Scope &scope, std::size_t most,
                                            std::vector<std::string> &notes, const std::stop_token &stop)
{
    std::deque<std::string> lines;
    const auto summary = engine.summary(stop);
    if (!summary)
        return tl::unexpected(summary.error());
    if (!summary->value.oldest || !summary->value.newest)
        return lines;
    const Instant oldest = std::max(scope.range.from, *summary->value.oldest);
    const Instant newest = std::min(scope.range.to, *summary->value.newest);
    for (std::int64_t window = kFirstWindow;; window *= 10) {
        const bool isAll =
            newest.ns < oldest.ns || window > newest.ns - oldest.ns || window > 10'000'000'000'000'000;
        Scope recent = scope;
        if (!isAll)
            recent.range.from = Instant{newest.ns - window};
        lines.clear();
        auto noted = engine.records(
            recent,
            [&](const Engine::RecordLine &line) {
                lines.push_back(toJson(Value(line.fields)));
                if (lines.size() > most)
                    lines.pop_front();
                return true;
            },
            stop);
        if (!noted)
            return tl::unexpected(noted.error());
        if (isAll || lines.size() >= most) {
            notes = std::move(*noted);
            return lines;
        }
    }
}

} // namespace

Result<RulePreview> previewRule(Engine &engine, const MappingRule &rule, const Scope &scope, std::size_t most,
                                std::stop_token stop)
{
    RulePreview preview;
    auto lines = newestLines(engine, scope, most, preview.notes, stop);
    if (!lines)
        return tl::unexpected(lines.error());
    const RuleBook book({rule});
    std::map<std::tuple<RecordKind, std::string, std::string, std::string>, RuleChange> changes;
    std::uint64_t others = 0;
    while (!lines->empty()) {
        if (stop.stop_requested())
            return failure(Error::Code::Cancelled, "stopped");
        std::string body = "[";
        for (std::size_t i = 0; i < kChunk && !lines->empty(); ++i) {
            body.append(i > 0 ? "," : "").append(lines->front());
            lines->pop_front();
            ++preview.examined;
        }
        body += ']';
        ProtocolRequest request;
        request.body = body;
        ProtocolReport report;
        RecordBatch batch;
        if (const auto decoded = decodeJsonLines(request, batch, report); !decoded)
            return tl::unexpected(decoded.error());
        const std::vector<RecordKind> kinds = batch.kinds; // as stored: a rule may change kind and name
        const std::vector<StringId> names = batch.names;
        CounterSet counters;
        preview.changed +=
            book.apply(batch, {}, counters,
                       [&](std::size_t row, MappedField, const std::string &was, const std::string &is) {
                           const std::string name(batch.text(names[row]));
                           auto found = changes.find({kinds[row], name, was, is});
                           if (found == changes.end()) {
                               if (changes.size() >= kMostChanges) {
                                   ++others;
                                   return;
                               }
                               found =
                                   changes
                                       .try_emplace({kinds[row], name, was, is},
                                                    RuleChange{kinds[row], name, was, is, 0, Instant::min()})
                                       .first;
                           }
                           ++found->second.records;
                           found->second.newest = std::max(found->second.newest, batch.times[row]);
                       });
    }
    for (auto &[key, change] : changes)
        preview.changes.push_back(std::move(change));
    std::stable_sort(preview.changes.begin(), preview.changes.end(),
                     [](const RuleChange &a, const RuleChange &b) { return a.records > b.records; });
    if (others > 0)
        preview.notes.push_back(std::to_string(others) +
                                " more records would change, each in a way of its own");
    const bool asksForProtocol =
        std::any_of(rule.conditions.begin(), rule.conditions.end(), [](const MappingCondition &each) {
            return each.subject == MappingCondition::Subject::Protocol;
        });
    if (asksForProtocol)
        preview.notes.emplace_back(
            "What is stored does not tell its protocol; records of every protocol were looked at.");
    return preview;
}

} // namespace telltale
