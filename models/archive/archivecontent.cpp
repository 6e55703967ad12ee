// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/archivecontent.h"

#include "models/telemetry/note.h"

#include "models/analysis/recordtext.h"
#include "models/store/cachereader.h"
#include "models/telemetry/value.h"

#include <algorithm>
#include <map>
#include <xxhash.h>

namespace telltale {
namespace {

constexpr std::size_t kBodyBytes = 250'000;
constexpr std::string_view kNotAnArchive = "this is no archive but a cache; open it as it is";

std::uint64_t hashOf(const Engine::RecordLine &record)
{
    std::string text;
    appendJson(text, record.fields);
    return XXH3_64bits(text.data(), text.size());
}

/// Everything, whenever it was.
Scope everything()
{
    Scope scope;
    scope.range = {Instant::min(), Instant::max()};
    return scope;
}

/// What people made goes along; what this cache notes of its sources and files is about this machine.
bool isPortable(const Document &document)
{
    return document.kind.starts_with("kuserfeedback.") || document.kind == kNoteKind;
}

/// The last decision about each group.
std::map<std::uint64_t, TriageDecision> lastOf(const std::vector<TriageDecision> &decisions)
{
    std::map<std::uint64_t, TriageDecision> last;
    for (const TriageDecision &decision : decisions)
        last[decision.group] = decision;
    return last;
}

void compareDecisions(const ArchiveDecisions &first, const ArchiveDecisions &second, std::vector<ArchiveDifference::Group> &groups)
{
    const auto before = lastOf(first.decisions), after = lastOf(second.decisions);
    const auto nameOf = [](const std::map<std::uint64_t, TriageDecision> &decisions, std::uint64_t group) {
        const auto found = decisions.find(group);
        return found == decisions.end() ? std::string() : std::string(triageActionName(found->second.action));
    };
    for (const auto &[group, decision] : before) {
        const auto other = after.find(group);
        if (other == after.end() || !(other->second == decision))
            groups.push_back({groupName(group), nameOf(before, group), nameOf(after, group)});
    }
    for (const auto &[group, decision] : after) {
        if (!before.contains(group))
            groups.push_back({groupName(group), {}, nameOf(after, group)});
    }
}

std::vector<std::string> namesWithout(const std::vector<Document> &documents, const std::vector<Document> &others)
{
    std::vector<std::string> names;
    for (const Document &document : documents) {
        if (std::find(others.begin(), others.end(), document) == others.end())
            names.push_back(document.kind + ' ' + document.name);
    }
    return names;
}

/// What `engine` has that `known` has not: counts by kind, some as text. `visit` false ends it.
using Visit = std::function<bool(const Engine::RecordLine &record, bool isKnown)>;
Result<std::vector<std::string>> against(Engine &engine, const Scope &scope, RecordSet &known, const Visit &visit, const std::stop_token &stop)
{
    auto notes = engine.records(scope, [&](const Engine::RecordLine &record) { return !stop.stop_requested() && visit(record, known.take(record)); }, stop);
    if (notes && stop.stop_requested())
        return failure(Error::Code::Cancelled, "stopped");
    return notes;
}

} // namespace

Result<ArchiveDecisions> archiveDecisions(const std::filesystem::path &file)
{
    auto reader = CacheReader::open(file);
    if (!reader)
        return tl::unexpected(reader.error());
    const CacheReader::Snapshot snapshot(**reader);
    auto decisions = (*reader)->triage();
    auto documents = (*reader)->documents({});
    if (!decisions || !documents)
        return tl::unexpected(decisions ? documents.error() : decisions.error());
    ArchiveDecisions found{std::move(*decisions), {}, {}};
    for (Document &document : *documents) {
        if (isPortable(document))
            found.documents.push_back(std::move(document));
        if (document.kind != kArchiveKind)
            continue;
        auto about = ArchiveAbout::parse(document.body);
        if (!about)
            return tl::unexpected(about.error());
        found.about = std::move(*about);
    }
    return found;
}

std::vector<TriageDecision> newerDecisions(const ArchiveDecisions &theirs, const ArchiveDecisions &mine)
{
    const auto here = lastOf(mine.decisions), there = lastOf(theirs.decisions);
    std::vector<TriageDecision> newer;
    std::copy_if(theirs.decisions.begin(), theirs.decisions.end(), std::back_inserter(newer), [&](const TriageDecision &decision) {
        const auto known = here.find(decision.group);
        return known == here.end() || known->second.time < there.at(decision.group).time;
    });
    return newer;
}

std::vector<DocumentChange> furtherDocuments(const ArchiveDecisions &theirs, const ArchiveDecisions &mine)
{
    std::vector<DocumentChange> further;
    for (const Document &document : theirs.documents) {
        const bool isThere = std::any_of(mine.documents.begin(), mine.documents.end(),
                                         [&](const Document &each) { return each.kind == document.kind && each.name == document.name; });
        if (!isThere)
            further.push_back({document, false});
    }
    return further;
}

void RecordSet::add(const Engine::RecordLine &record)
{
    m_hashes.push_back(hashOf(record));
}

void RecordSet::seal()
{
    std::sort(m_hashes.begin(), m_hashes.end());
    m_taken.assign(m_hashes.size(), 0);
}

bool RecordSet::take(const Engine::RecordLine &record)
{
    if (m_taken.empty())
        return false;
    const auto sealed = m_hashes.begin() + static_cast<std::ptrdiff_t>(m_taken.size());
    const auto [first, end] = std::equal_range(m_hashes.begin(), sealed, hashOf(record));
    if (first == end)
        return false;
    std::uint32_t &taken = m_taken[static_cast<std::size_t>(first - m_hashes.begin())];
    if (taken == end - first)
        return false;
    ++taken;
    return true;
}

Result<RecordSet> recordSetOf(Engine &engine, const Scope &scope, const std::stop_token &stop)
{
    RecordSet set;
    const auto notes = engine.records(
        scope,
        [&](const Engine::RecordLine &record) {
            set.add(record);
            return !stop.stop_requested();
        },
        stop);
    if (!notes)
        return tl::unexpected(notes.error());
    if (stop.stop_requested())
        return failure(Error::Code::Cancelled, "stopped");
    set.seal();
    return set;
}

bool ArchiveDifference::isEmpty() const
{
    return groups.empty() && documentsFirst.empty() && documentsSecond.empty() &&
           std::all_of(kinds.begin(), kinds.end(), [](const Kind &kind) { return kind.onlyFirst == 0 && kind.onlySecond == 0; });
}

Result<ArchiveDifference> compareArchives(const std::filesystem::path &first, const std::filesystem::path &second, std::size_t examples,
                                          const std::stop_token &stop)
{
    auto before = openCacheEngine(first), after = openCacheEngine(second);
    const auto decidedBefore = archiveDecisions(first), decidedAfter = archiveDecisions(second);
    if (!before || !after)
        return tl::unexpected(before ? after.error() : before.error());
    if (!decidedBefore || !decidedAfter)
        return tl::unexpected(decidedBefore ? decidedAfter.error() : decidedBefore.error());
    std::map<RecordKind, ArchiveDifference::Kind> kinds;
    ArchiveDifference difference;
    const auto look = [&](Engine &from, Engine &in, bool isFirst) -> Result<void> {
        auto known = recordSetOf(in, everything(), stop);
        if (!known)
            return tl::unexpected(known.error());
        std::vector<std::string> &only = isFirst ? difference.onlyFirst : difference.onlySecond;
        auto notes = against(
            from, everything(), *known,
            [&](const Engine::RecordLine &record, bool isKnown) {
                ArchiveDifference::Kind &kind = kinds[record.kind];
                kind.kind = record.kind;
                if (isKnown)
                    kind.both += isFirst ? 1 : 0;
                else
                    ++(isFirst ? kind.onlyFirst : kind.onlySecond);
                if (!isKnown && only.size() < examples)
                    only.push_back(toJson(Value(record.fields)));
                return true;
            },
            stop);
        if (!notes)
            return tl::unexpected(notes.error());
        difference.notes.insert(difference.notes.end(), notes->begin(), notes->end());
        return {};
    };
    if (const auto done = look(**before, **after, true); !done)
        return tl::unexpected(done.error());
    if (const auto done = look(**after, **before, false); !done)
        return tl::unexpected(done.error());
    for (const auto &[kind, counts] : kinds)
        difference.kinds.push_back(counts);
    compareDecisions(*decidedBefore, *decidedAfter, difference.groups);
    difference.documentsFirst = namesWithout(decidedBefore->documents, decidedAfter->documents);
    difference.documentsSecond = namesWithout(decidedAfter->documents, decidedBefore->documents);
    return difference;
}

Result<ArchiveTaken> takeArchive(const std::filesystem::path &archive, const std::filesystem::path &cache,
                                 const std::function<bool(std::string &&json)> &take, const std::stop_token &stop)
{
    auto decided = archiveDecisions(archive);
    if (!decided)
        return tl::unexpected(decided.error());
    if (!decided->about)
        return failure(Error::Code::Unsupported, std::string(kNotAnArchive));
    ArchiveTaken taken;
    taken.about = std::move(*decided->about);
    auto engine = openCacheEngine(archive);
    if (!engine)
        return tl::unexpected(engine.error());
    RecordSet known;
    ArchiveDecisions here;
    if (std::filesystem::exists(cache)) {
        auto target = openCacheEngine(cache);
        if (!target)
            return tl::unexpected(target.error());
        const auto summary = (*engine)->summary(stop);
        if (!summary)
            return tl::unexpected(summary.error());
        Scope scope = everything();
        if (summary->value.oldest)
            scope.range.from = *summary->value.oldest;
        auto found = recordSetOf(**target, scope, stop);
        auto beside = archiveDecisions(cache);
        if (!found || !beside)
            return tl::unexpected(found ? beside.error() : found.error());
        known = std::move(*found);
        here = std::move(*beside);
    }
    std::string body = "[";
    bool isWanted = true;
    const auto flush = [&] {
        if (body.size() > 1)
            isWanted = take(std::move(body += ']'));
        body = "[";
        return isWanted;
    };
    const auto notes = against(
        **engine, everything(), known,
        [&](const Engine::RecordLine &record, bool isKnown) {
            ++(isKnown ? taken.known : taken.records);
            if (isKnown)
                return true;
            body += body.size() > 1 ? "," : "";
            appendJson(body, record.fields);
            return body.size() < kBodyBytes || flush();
        },
        stop);
    if (!notes)
        return tl::unexpected(notes.error());
    if (!isWanted || !flush())
        return failure(Error::Code::Cancelled, "stopped");
    taken.decisions = newerDecisions(*decided, here);
    taken.documents = furtherDocuments(*decided, here);
    return taken;
}

} // namespace telltale
