// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/fileimport.h"

#include "models/protocols/support/jsontree.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kAtOnce = 16; ///< requests on their way; the pipeline bounds their bytes
constexpr std::chrono::milliseconds kPause{200};
constexpr int kMostRepeats = 300; ///< a minute: then the disk will not come back

/// What an answer that is no success says: {"error":...} or OTLP's {"message":...}.
std::string sentenceOf(const Answer &answer)
{
    json::Document document;
    const auto root = document.parse(answer.body);
    std::string sentence = root ? json::firstText(*root, {"error", "message"}) : std::string();
    return sentence.empty() ? "It was answered with " + std::to_string(answer.status) + "." : sentence;
}

std::uint64_t sizeOf(const std::string &file)
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    return problem ? 0 : size;
}

/// Keeps requests on their way and gathers what became of them.
class Importer
{
public:
    Importer(RequestHandler &handler, const ImportOptions &options, const std::atomic<bool> &isCancelled)
        : m_handler(handler)
        , m_options(options)
        , m_isCancelled(isCancelled)
        , m_place(std::to_string(options.clock->now().ns))
    {}

    ImportResult result;

    void add(ReceivedRequest request);
    /// Waits until fewer than `most` are on their way, sending those again that were put off.
    void waitFor(std::size_t most);
    std::uint64_t records()
    {
        const std::scoped_lock lock(m_mutex);
        return result.records;
    }

private:
    struct Waiting
    {
        ReceivedRequest request;
        int repeats = 0;
    };
    void send(Waiting waiting);
    void onAnswer(const Answer &answer, Waiting waiting);

    RequestHandler &m_handler;
    const ImportOptions &m_options;
    const std::atomic<bool> &m_isCancelled;
    const std::string m_place; ///< of what is taken in again
    std::mutex m_mutex;        ///< of result while requests are on their way, and of all below
    std::condition_variable m_hasAnswer;
    std::size_t m_onTheWay = 0;
    std::vector<Waiting> m_again;
};

void Importer::send(Waiting waiting)
{
    ReceivedRequest copy = waiting.request;
    m_handler.handle(std::move(copy), [this, waiting = std::move(waiting)](Answer &&answer) mutable {
        onAnswer(answer, std::move(waiting));
    });
}

void Importer::onAnswer(const Answer &answer, Waiting waiting)
{
    const std::scoped_lock lock(m_mutex);
    const bool isPutOff = answer.status == 503;
    if (isPutOff && waiting.repeats < kMostRepeats && !m_isCancelled) {
        ++waiting.repeats;
        m_again.push_back(std::move(waiting));
    } else {
        --m_onTheWay;
        result.records += answer.records;
        result.repeats += answer.isRepeat ? 1 : 0;
        result.rejected += answer.rejected;
        if (answer.rejected > 0)
            result.counters.add(answer.counters);
        if (isPutOff && m_isCancelled) {
            result.isCancelled = true;
        } else if (answer.status >= 300) {
            ++result.refused;
            result.lastRefusal = sentenceOf(answer);
        }
    }
    m_hasAnswer.notify_all();
}

void Importer::add(ReceivedRequest request)
{
    waitFor(kAtOnce);
    request.arrival = m_options.clock->now();
    if (!request.part)
        request.part.emplace();
    request.part->isRememberedForGood = true;
    if (m_options.isAgain)
        request.part->place = m_place + "/" + std::to_string(result.requests);
    ++result.requests;
    {
        const std::scoped_lock lock(m_mutex);
        ++m_onTheWay;
    }
    send({std::move(request)});
}

void Importer::waitFor(std::size_t most)
{
    std::unique_lock lock(m_mutex);
    while (m_onTheWay >= most) {
        m_hasAnswer.wait(lock, [&] { return m_onTheWay < most || !m_again.empty(); });
        auto again = std::exchange(m_again, {});
        if (again.empty())
            continue;
        lock.unlock();
        std::this_thread::sleep_for(kPause);
        for (Waiting &waiting : again)
            send(std::move(waiting));
        lock.lock();
    }
}

/// The sentence that says why it could not be read to its end; nothing when it was, or was cancelled.
std::optional<std::string> importFile(const std::string &file, const ImportOptions &options,
                                      Importer &importer, ImportProgress &progress,
                                      const std::atomic<bool> &isCancelled)
{
    auto requests = RequestFile::open(file, options.form, &isCancelled);
    if (!requests && !isCancelled)
        return requests.error().message;
    progress.file = file;
    const std::uint64_t before = progress.consumed;
    while (!isCancelled) {
        auto request = requests->next();
        if (importer.result.firstBadLine == 0 && requests->firstBadLine() > 0) {
            importer.result.firstBadFile = file;
            importer.result.firstBadLine = requests->firstBadLine();
        }
        if (!request && isCancelled)
            break; // reading was broken off
        if (!request)
            return request.error().message;
        if (!*request) {
            progress.consumed = before + std::max(requests->consumed(), requests->size());
            ++importer.result.files;
            return std::nullopt;
        }
        importer.add(std::move(**request));
        progress.consumed = before + requests->consumed();
        progress.records = importer.records();
        if (options.progress)
            options.progress(progress);
    }
    importer.result.isCancelled = true;
    return std::nullopt;
}

} // namespace

void ImportResult::add(const ImportResult &other)
{
    files += other.files;
    requests += other.requests;
    records += other.records;
    repeats += other.repeats;
    rejected += other.rejected;
    refused += other.refused;
    counters.add(other.counters);
    if (!other.lastRefusal.empty())
        lastRefusal = other.lastRefusal;
    problems.insert(problems.end(), other.problems.begin(), other.problems.end());
    if (firstBadLine == 0) {
        firstBadFile = other.firstBadFile;
        firstBadLine = other.firstBadLine;
    }
    isCancelled = isCancelled || other.isCancelled;
}

ImportResult importFiles(const std::vector<std::string> &files, const ImportOptions &options,
                         RequestHandler &handler, const std::atomic<bool> &isCancelled)
{
    ImportProgress progress;
    bool isSizeKnown = true;
    for (const std::string &file : files) {
        isSizeKnown = isSizeKnown && file != "-";
        progress.size += sizeOf(file);
    }
    progress.size = isSizeKnown ? progress.size : 0;
    Importer importer(handler, options, isCancelled);
    for (const std::string &file : files) {
        if (importer.result.isCancelled)
            break;
        if (auto problem = importFile(file, options, importer, progress, isCancelled))
            importer.result.problems.emplace_back(file, std::move(*problem));
    }
    importer.waitFor(1);
    return std::move(importer.result);
}

ImportResult importRequests(const std::function<void(const std::function<bool(ReceivedRequest &&)> &hand)> &give, const ImportOptions &options,
                            RequestHandler &handler, const std::atomic<bool> &isCancelled)
{
    Importer importer(handler, options, isCancelled);
    ImportProgress progress;
    give([&](ReceivedRequest &&request) {
        importer.add(std::move(request));
        progress.records = importer.records();
        if (options.progress)
            options.progress(progress);
        importer.result.isCancelled = importer.result.isCancelled || isCancelled;
        return !isCancelled;
    });
    importer.waitFor(1);
    return std::move(importer.result);
}

} // namespace telltale
