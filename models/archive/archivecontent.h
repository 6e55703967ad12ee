// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/archive/archiveabout.h"
#include "models/telemetry/document.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/triage.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace telltale {

/// Records by what is in them, each as often as it is there. Memory: 12 bytes a record.
class RecordSet
{
public:
    /// Counts from the next seal() on.
    void add(const Engine::RecordLine &record);
    /// Puts back what was taken.
    void seal();
    /// True, and one less is there, when such a record is. Cost: its text is made and hashed.
    bool take(const Engine::RecordLine &record);
    std::uint64_t size() const { return m_hashes.size(); }

private:
    std::vector<std::uint64_t> m_hashes;
    std::vector<std::uint32_t> m_taken; ///< of the run of equal hashes that begins here
};

/// All records of a cache or archive that match. Errors: those of Engine::records(), Cancelled.
Result<RecordSet> recordSetOf(Engine &engine, const Scope &scope, const std::stop_token &stop);

/// How two archives, or caches, differ.
struct ArchiveDifference
{
    struct Kind
    {
        RecordKind kind = RecordKind::Log;
        std::uint64_t both = 0, onlyFirst = 0, onlySecond = 0;
    };
    struct Group
    {
        std::string group;         ///< as `query errors` names it
        std::string first, second; ///< its last decision: "resolve", empty when there is none
    };
    std::vector<Kind> kinds;                                  ///< those there are
    std::vector<Group> groups;                                ///< decided differently
    std::vector<std::string> onlyFirst, onlySecond;           ///< examples: records as JSON lines, the earliest first
    std::vector<std::string> documentsFirst, documentsSecond; ///< only there, or there with another content: "kind name"
    std::vector<std::string> notes;

    bool isEmpty() const;
};

/// Compares all they hold; of what only one has, the first `examples` records. Errors: those of recordSetOf(). Cost: reads both twice.
Result<ArchiveDifference> compareArchives(const std::filesystem::path &first, const std::filesystem::path &second, std::size_t examples,
                                          const std::stop_token &stop);

/// What came out of an archive on its way into a cache.
struct ArchiveTaken
{
    ArchiveAbout about;
    std::uint64_t records = 0; ///< handed out
    std::uint64_t known = 0;   ///< left out: the cache has them
    std::vector<TriageDecision> decisions; ///< that are newer than what the cache knows of their groups
    std::vector<DocumentChange> documents; ///< that the cache does not have
};

/// What stands beside the records of a cache or archive.
struct ArchiveDecisions
{
    std::vector<TriageDecision> decisions;
    std::vector<Document> documents; ///< products, surveys and notes; not what is about this machine alone
    std::optional<ArchiveAbout> about;
};

/// Errors: those of CacheReader::open() and ArchiveAbout::parse().
Result<ArchiveDecisions> archiveDecisions(const std::filesystem::path &file);

/// The decisions and documents of `theirs` that are newer than those of `mine`, or about what it does not know.
std::vector<TriageDecision> newerDecisions(const ArchiveDecisions &theirs, const ArchiveDecisions &mine);
std::vector<DocumentChange> furtherDocuments(const ArchiveDecisions &theirs, const ArchiveDecisions &mine);

/// Hands what `archive` holds and `cache` does not to `take`, as JSON (a list of objects for decodeJsonLines()) of some 250 KB. False from
/// it ends all. A cache that does not exist knows nothing. Errors: Unsupported when it is no archive, Cancelled, those of recordSetOf().
Result<ArchiveTaken> takeArchive(const std::filesystem::path &archive, const std::filesystem::path &cache,
                                 const std::function<bool(std::string &&json)> &take, const std::stop_token &stop);

} // namespace telltale
