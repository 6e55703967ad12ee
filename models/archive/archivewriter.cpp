// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/archivewriter.h"

#include "models/archive/archivecontent.h"
#include "models/archive/identityremover.h"
#include "models/ingest/errorgroups.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/store/cachewriter.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace telltale {
namespace {

constexpr std::size_t kBodyBytes = 250'000;
constexpr std::size_t kDeliveriesAtOnce = 32;
constexpr std::chrono::milliseconds kProgressPause{100};

/// A new cache in a folder of its own beside the archive that it becomes. What is not kept is gone.
class GrowingArchive
{
public:
    GrowingArchive(std::filesystem::path out, Instant now)
        : m_out(std::move(out))
        , m_folder(m_out.string() + ".part")
        , m_now(now)
    {}
    ~GrowingArchive()
    {
        m_writer.reset();
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    GrowingArchive(const GrowingArchive &) = delete;
    GrowingArchive &operator=(const GrowingArchive &) = delete;

    Result<void> open()
    {
        std::error_code problem;
        std::filesystem::remove_all(m_folder, problem); // of one that was killed
        if (!std::filesystem::create_directory(m_folder, problem) && problem)
            return failure(Error::Code::Io, "can not write " + m_out.string() + ": " + problem.message());
        std::filesystem::permissions(m_folder, std::filesystem::perms::owner_all, problem);
        CacheOptions options;
        options.path = cache();
        options.ballastBytes = 0;
        auto writer = CacheWriter::open(options);
        if (!writer)
            return tl::unexpected(writer.error());
        m_writer = std::move(*writer);
        return {};
    }
    Result<void> add(const Value::Map &record)
    {
        m_body += m_body.empty() ? '[' : ',';
        appendJson(m_body, record);
        return m_body.size() < kBodyBytes ? Result<void>() : deliver();
    }
    /// How many of the decisions are about groups that are not here.
    Result<std::size_t> decide(const std::vector<TriageDecision> &decisions);
    /// Puts all in place. Nothing can be added afterwards.
    Result<void> keep(const ArchiveAbout &about, std::vector<DocumentChange> documents);
    Result<void> flush();
    std::uint64_t rejected() const { return m_rejected; }

private:
    std::filesystem::path cache() const { return m_folder / "archive.db"; }
    Result<void> deliver();
    Result<void> commit();

    const std::filesystem::path m_out, m_folder;
    const Instant m_now;
    std::unique_ptr<CacheWriter> m_writer;
    std::string m_body;
    std::vector<Delivery> m_deliveries;
    std::uint64_t m_rejected = 0;
};

Result<void> GrowingArchive::deliver()
{
    if (m_body.empty())
        return {};
    m_body += ']';
    ProtocolRequest request;
    request.method = "POST";
    request.path = kJsonLinesPath;
    request.body = m_body;
    request.arrival = m_now;
    Delivery delivery;
    delivery.protocol = kArchiveKind;
    delivery.arrival = m_now;
    ProtocolReport report;
    const auto decoded = decodeJsonLines(request, delivery.batch, report);
    m_body.clear();
    if (!decoded)
        return tl::unexpected(decoded.error());
    m_rejected += report.rejected;
    delivery.rejected = report.rejected;
    delivery.counters = std::move(report.counters);
    groupErrors(delivery.batch, delivery.counters);
    m_deliveries.push_back(std::move(delivery));
    return m_deliveries.size() < kDeliveriesAtOnce ? Result<void>() : commit();
}

Result<void> GrowingArchive::commit()
{
    if (m_deliveries.empty())
        return {};
    const auto stored = m_writer->commit(m_deliveries);
    m_deliveries.clear();
    return stored ? Result<void>() : tl::unexpected(stored.error());
}

Result<void> GrowingArchive::flush()
{
    const auto delivered = deliver();
    return delivered ? commit() : delivered;
}

Result<std::size_t> GrowingArchive::decide(const std::vector<TriageDecision> &decisions)
{
    std::size_t unknown = 0;
    for (const TriageDecision &decision : decisions) {
        const auto decided = m_writer->decide({&decision, 1});
        if (!decided && decided.error().code != Error::Code::NotFound)
            return tl::unexpected(decided.error());
        unknown += decided ? 0 : 1;
    }
    return unknown;
}

Result<void> GrowingArchive::keep(const ArchiveAbout &about, std::vector<DocumentChange> documents)
{
    documents.push_back({{std::string(kArchiveKind), "about", {}, about.toJson()}, false});
    if (const auto put = m_writer->putDocuments(documents); !put)
        return put;
    for (bool isMore = true; isMore;) {
        const auto more = m_writer->maintain();
        if (!more)
            return tl::unexpected(more.error());
        isMore = *more;
    }
    if (const auto anew = m_writer->writeAnew(); !anew)
        return anew;
    m_writer.reset();
    try {
        // One file, also where nothing can be written beside it.
        Database database(cache(), Database::Mode::ReadWrite);
        database.execute("PRAGMA journal_mode = DELETE");
    } catch (const StoreFailure &problem) {
        return tl::unexpected(problem.error);
    }
    std::error_code problem;
    std::filesystem::rename(cache(), m_out, problem);
    if (problem)
        return failure(Error::Code::Io, "can not write " + m_out.string() + ": " + problem.message());
    return {};
}

/// Gathers files into one archive, and what is to be said about it.
class ArchiveMaker
{
public:
    ArchiveMaker(const std::filesystem::path &out, ArchiveRequest request, const ArchiveProgress &progress, std::stop_token stop)
        : m_archive(out, request.scope.now)
        , m_request(std::move(request))
        , m_progress(progress)
        , m_stop(std::move(stop))
    {
        m_about.held = {Instant::max(), Instant::min()};
    }
    Result<void> open() { return m_archive.open(); }
    /// `isLast`: what is in it need not be remembered.
    Result<void> add(const std::filesystem::path &file, bool isLast);
    Result<ArchiveAbout> finish();

private:
    bool add(const Engine::RecordLine &record, bool isLast);
    void addBeside(const ArchiveDecisions &beside);

    GrowingArchive m_archive;
    ArchiveRequest m_request;
    const ArchiveProgress &m_progress;
    const std::stop_token m_stop;
    RecordSet m_known; ///< of a record that is in several files as many are kept as the one with most has
    IdentityRemover m_remover;
    ArchiveDecisions m_beside;
    ArchiveAbout m_about;
    std::optional<Error> m_problem;
    std::chrono::steady_clock::time_point m_shown = std::chrono::steady_clock::now();
};

bool ArchiveMaker::add(const Engine::RecordLine &record, bool isLast)
{
    if (m_known.take(record))
        return true;
    if (!isLast)
        m_known.add(record);
    Result<void> added;
    if (m_request.isRedacted) {
        Value::Map fields = record.fields;
        m_remover.apply(fields);
        added = m_archive.add(fields);
    } else {
        added = m_archive.add(record.fields);
    }
    if (!added) {
        m_problem = added.error();
        return false;
    }
    ++m_about.records;
    m_about.held.from = std::min(m_about.held.from, record.time);
    m_about.held.to = std::max(m_about.held.to, Instant{record.time.ns + 1});
    if (const auto now = std::chrono::steady_clock::now(); m_progress && now - m_shown >= kProgressPause) {
        m_shown = now;
        m_progress(m_about.records, record.time);
    }
    return !m_stop.stop_requested();
}

void ArchiveMaker::addBeside(const ArchiveDecisions &beside)
{
    for (TriageDecision &decision : newerDecisions(beside, m_beside))
        m_beside.decisions.push_back(std::move(decision));
    for (DocumentChange &change : furtherDocuments(beside, m_beside))
        m_beside.documents.push_back(std::move(change.document));
    if (!beside.about)
        return;
    const ArchiveAbout &theirs = *beside.about;
    for (const auto &[mine, other] :
         {std::pair{&m_request.title, &theirs.title}, {&m_request.note, &theirs.note}, {&m_request.view, &theirs.view}}) {
        if (mine->empty())
            *mine = *other;
    }
    m_about.isRedacted = m_about.isRedacted || theirs.isRedacted;
    m_about.notes.insert(m_about.notes.end(), theirs.notes.begin(), theirs.notes.end());
}

Result<void> ArchiveMaker::add(const std::filesystem::path &file, bool isLast)
{
    const auto beside = archiveDecisions(file);
    if (!beside)
        return tl::unexpected(beside.error());
    const auto engine = openCacheEngine(file);
    if (!engine)
        return tl::unexpected(engine.error());
    const auto notes = (*engine)->records(m_request.scope, [&](const Engine::RecordLine &record) { return add(record, isLast); }, m_stop);
    if (m_problem)
        return tl::unexpected(*m_problem);
    if (!notes)
        return tl::unexpected(notes.error());
    if (m_stop.stop_requested())
        return failure(Error::Code::Cancelled, "stopped");
    m_known.seal();
    m_about.notes.insert(m_about.notes.end(), notes->begin(), notes->end());
    addBeside(*beside);
    return {};
}

Result<ArchiveAbout> ArchiveMaker::finish()
{
    if (m_about.records == 0)
        return failure(Error::Code::NotFound, "nothing matches, so there is nothing to keep");
    if (const auto flushed = m_archive.flush(); !flushed)
        return tl::unexpected(flushed.error());
    const auto unknown = m_archive.decide(m_beside.decisions);
    if (!unknown)
        return tl::unexpected(unknown.error());
    if (*unknown > 0)
        m_about.notes.push_back(std::to_string(*unknown) + " decisions about error groups were left out: the groups are not in the selection");
    if (m_archive.rejected() > 0)
        m_about.notes.push_back(std::to_string(m_archive.rejected()) + " records could not be kept");
    m_about.title = m_request.title;
    m_about.note = m_request.note;
    m_about.view = m_request.view;
    m_about.made = m_request.scope.now;
    m_about.range = m_request.scope.range;
    m_about.filter = m_request.scope.filter.text();
    m_about.zone = m_request.scope.zone.id();
    m_about.isRedacted = m_about.isRedacted || m_request.isRedacted;
    m_about.records -= m_archive.rejected();
    std::vector<DocumentChange> documents;
    for (Document &document : m_beside.documents)
        documents.push_back({std::move(document), false});
    if (const auto kept = m_archive.keep(m_about, std::move(documents)); !kept)
        return tl::unexpected(kept.error());
    return m_about;
}

/// A slip of the pen must not cost anybody a cache.
Result<void> mayReplace(const std::filesystem::path &out, std::span<const std::filesystem::path> files)
{
    std::error_code problem;
    if (!std::filesystem::exists(out, problem))
        return {};
    for (const std::filesystem::path &file : files) {
        if (std::filesystem::equivalent(out, file, problem))
            return failure(Error::Code::InvalidArgument, out.string() + " is what the records come from; give the archive another name");
    }
    if (const auto about = archiveAbout(out); about && !*about)
        return failure(Error::Code::InvalidArgument, out.string() + " is a cache and no archive; give the archive another name");
    return {};
}

} // namespace

Result<ArchiveAbout> mergeArchives(std::span<const std::filesystem::path> files, const std::filesystem::path &out, ArchiveRequest request,
                                   const ArchiveProgress &progress, std::stop_token stop)
{
    for (const std::filesystem::path &file : files) {
        if (!std::filesystem::exists(file))
            return failure(Error::Code::NotFound, "there is no cache or archive " + file.string());
    }
    if (const auto allowed = mayReplace(out, files); !allowed)
        return tl::unexpected(allowed.error());
    ArchiveMaker maker(out, std::move(request), progress, std::move(stop));
    if (const auto opened = maker.open(); !opened)
        return tl::unexpected(opened.error());
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (const auto added = maker.add(files[i], i + 1 == files.size()); !added)
            return tl::unexpected(added.error());
    }
    return maker.finish();
}

Result<ArchiveAbout> writeArchive(const std::filesystem::path &cache, const std::filesystem::path &out, const ArchiveRequest &request,
                                  const ArchiveProgress &progress, std::stop_token stop)
{
    return mergeArchives({&cache, 1}, out, request, progress, std::move(stop));
}

} // namespace telltale
