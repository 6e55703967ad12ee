// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/kuserfeedback/feedbackschema.h"
#include "models/sources/requesthandler.h"
#include "models/store/cachereader.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace telltale {

/// What KUserFeedback's console and userfeedbackctl ask a server: which products there are and how their data is shaped, their
/// samples, their surveys. Products and surveys are documents of the cache, samples are read from its records. Protocol version 2
/// of KDE's server; samples that are sent go the way of all data (decodeFeedbackSamples()).
///
/// Requests are answered on a thread of its own, so that a long export holds up nobody.
class FeedbackAdmin
{
public:
    using OpenReader = std::function<Result<std::unique_ptr<CacheReader>>()>;
    /// Stores documents, then calls back on some thread.
    using Put = std::function<void(std::vector<DocumentChange>, std::function<void(Result<void>)>)>;

    FeedbackAdmin(OpenReader openReader, Put put);
    ~FeedbackAdmin(); ///< stops
    FeedbackAdmin(const FeedbackAdmin &) = delete;
    FeedbackAdmin &operator=(const FeedbackAdmin &) = delete;

    /// True for every path by which a console reads or changes what is stored, also those that Pipeline answers. Those are for
    /// tools with the token, never for web pages. Static; any thread.
    static bool isAdministration(std::string_view path);
    /// Which methods a path takes here; empty: it is none of ours. Static; any thread.
    static std::string_view methodsFor(std::string_view path);
    /// `done` is called from any thread, once. Never blocks. When 64 requests wait already the answer is 503. Any thread.
    void handle(ReceivedRequest &&request, RequestHandler::Done done);
    /// Answers what waits, then ends the thread. Idempotent. Later requests are answered 503.
    void stop();
    /// The active surveys of a product as the receiver's answer has them: {"surveys":[...]}. Any thread. Cost: a lock; the first
    /// time the documents are read.
    std::string surveysAnswer(std::string_view product);
    /// Whether a console added the product, or it has sent something: then samples of it can be read and imported. Any thread. Cost: as
    /// surveysAnswer(); for a product that nobody added, opens the cache. Errors: those of opening it.
    Result<bool> hasProduct(std::string_view product);

private:
    struct Job
    {
        ReceivedRequest request;
        RequestHandler::Done done;
    };
    struct Survey
    {
        FeedbackSurvey survey;
        std::string product;
    };

    void work();
    void answer(Job &job);
    void answerReading(Job &job, std::string_view what, const std::string &name);
    void answerWriting(Job &job, std::string_view what, const std::string &name);
    void put(Job &job, std::vector<DocumentChange> changes, std::string sentence, const std::function<void()> &remember);
    Result<void> load();
    Result<std::string> samples(const std::string &product);
    std::optional<FeedbackProduct> productCalled(std::string_view name);

    const OpenReader m_openReader;
    const Put m_put;

    std::mutex m_mutex; ///< of what follows; held while the cache is read, so never taken by handle()
    bool m_isLoaded = false;
    std::vector<FeedbackProduct> m_products;
    std::vector<Survey> m_surveys;

    std::mutex m_jobMutex; ///< of what follows
    std::deque<Job> m_jobs;
    bool m_isStopping = false;
    std::condition_variable m_hasJob;
    std::thread m_thread;
};

} // namespace telltale
