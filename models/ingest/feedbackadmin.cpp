// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/feedbackadmin.h"

#include "models/protocols/support/formdata.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <exception>
#include <future>
#include <optional>
#include <set>
#include <utility>

namespace telltale {
namespace {

constexpr std::string_view kProductKind = "kuserfeedback.product";
constexpr std::string_view kSurveyKind = "kuserfeedback.survey";
constexpr std::string_view kJson = "text/json;charset=UTF-8";
constexpr std::string_view kText = "text/html; charset=UTF-8";
/// The version of tables that KDE's server would have; consoles only show it.
constexpr std::string_view kSchemaAnswer = R"({"previousSchemaVersion":8,"currentSchemaVersion":8,"protocolVersion":2})";
constexpr std::size_t kMostBytes = std::size_t(128) << 20; ///< of an answer
constexpr std::size_t kMostJobs = 64;                      ///< waiting; consoles ask one thing after the other
constexpr std::size_t kSampleBytes = 64;                   ///< of its number, time and commas

/// The parts of a path behind "/analytics/" or "/admin/", wherever that begins.
struct AdminPath
{
    bool isAdmin = false;
    std::string what, name;
};

std::optional<AdminPath> adminPath(std::string_view path)
{
    for (const auto &[prefix, isAdmin] : {std::pair{std::string_view("/analytics/"), false}, std::pair{std::string_view("/admin/"), true}}) {
        const auto at = path.rfind(prefix);
        if (at == std::string_view::npos)
            continue;
        const std::string_view rest = path.substr(at + prefix.size());
        const auto slash = rest.find('/');
        AdminPath found{isAdmin, std::string(rest.substr(0, slash)), {}};
        if (slash != std::string_view::npos) {
            if (rest.find('/', slash + 1) != std::string_view::npos)
                return std::nullopt;
            found.name = percentDecoded(rest.substr(slash + 1));
        }
        return found;
    }
    return std::nullopt;
}

Answer plain(int status, std::string text)
{
    Answer answer;
    answer.status = status;
    answer.contentType = kText;
    answer.body = std::move(text);
    return answer;
}

Answer json(std::string text)
{
    Answer answer;
    answer.contentType = kJson;
    answer.body = std::move(text);
    return answer;
}

/// Where samples of a product came from.
std::set<OriginId> originsOf(CacheReader &reader, std::string_view product)
{
    std::set<OriginId> origins;
    for (const OriginId id : reader.origins()) {
        const StoredOrigin &origin = reader.origin(id);
        if (origin.product == product && origin.scopeName == kFeedbackScope)
            origins.insert(id);
    }
    return origins;
}

/// "2026-11-01T08:00:00"
std::string timestamp(Instant at)
{
    return formatRfc3339(Instant::fromSeconds(at.ns / 1'000'000'000)).substr(0, 19);
}

template<typename List, typename Text>
std::string listOf(const List &list, Text &&text)
{
    std::string out = "[";
    for (const auto &item : list) {
        if (const std::string one = text(item); !one.empty())
            out.append(out.size() > 1 ? "," : "").append(one);
    }
    return out + ']';
}

} // namespace

FeedbackAdmin::FeedbackAdmin(OpenReader openReader, Put put)
    : m_openReader(std::move(openReader))
    , m_put(std::move(put))
    , m_thread([this] { work(); })
{}

FeedbackAdmin::~FeedbackAdmin()
{
    stop();
}

void FeedbackAdmin::stop()
{
    {
        const std::scoped_lock lock(m_jobMutex);
        m_isStopping = true;
    }
    m_hasJob.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool FeedbackAdmin::isAdministration(std::string_view path)
{
    const auto parts = adminPath(path);
    return parts && (!methodsFor(path).empty() || (parts->isAdmin && parts->what == "data"));
}

std::string_view FeedbackAdmin::methodsFor(std::string_view path)
{
    const auto parts = adminPath(path);
    if (!parts)
        return {};
    const bool hasName = !parts->name.empty();
    if (!parts->isAdmin) {
        const bool isKnown = hasName ? parts->what == "data" || parts->what == "surveys"
                                     : parts->what == "check_schema" || parts->what == "products";
        return isKnown ? "GET" : std::string_view();
    }
    if (parts->what == "products")
        return hasName ? "PUT, DELETE" : "POST";
    if (parts->what == "surveys" && hasName)
        return "POST, PUT, DELETE";
    return {};
}

void FeedbackAdmin::handle(ReceivedRequest &&request, RequestHandler::Done done)
{
    const char *why = "Telltale is closing.";
    {
        const std::scoped_lock lock(m_jobMutex);
        if (!m_isStopping && m_jobs.size() < kMostJobs) {
            m_jobs.push_back({std::move(request), std::move(done)});
            m_hasJob.notify_one();
            return;
        }
        if (!m_isStopping)
            why = "Too many questions wait here; ask again.";
    }
    Answer answer = plain(503, why);
    answer.retryAfterSeconds = 1;
    done(std::move(answer));
}

void FeedbackAdmin::work()
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_jobMutex);
            m_hasJob.wait(lock, [&] { return !m_jobs.empty() || m_isStopping; });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        try {
            answer(job);
        } catch (const std::exception &) { // no memory
            job.done(plain(503, "There is no room for this request now."));
        }
    }
}

/// Reads what the cache keeps, once. Under the lock: whoever asks meanwhile needs it as well.
Result<void> FeedbackAdmin::load()
{
    const std::scoped_lock lock(m_mutex);
    if (m_isLoaded)
        return {};
    auto reader = m_openReader();
    if (!reader)
        return tl::unexpected(reader.error());
    const CacheReader::Snapshot snapshot(**reader);
    const auto products = (*reader)->documents(kProductKind);
    const auto surveys = (*reader)->documents(kSurveyKind);
    if (!products || !surveys)
        return tl::unexpected(products ? surveys.error() : products.error());
    for (const Document &document : *products) {
        if (auto product = FeedbackProduct::parse(document.body))
            m_products.push_back(std::move(*product));
    }
    for (const Document &document : *surveys) {
        if (auto survey = FeedbackSurvey::parse(document.body))
            m_surveys.push_back({std::move(*survey), document.owner});
    }
    m_isLoaded = true;
    return {};
}

std::string FeedbackAdmin::surveysAnswer(std::string_view product)
{
    if (!load())
        return R"({"surveys":[]})"; // a survey can wait
    const std::scoped_lock lock(m_mutex);
    return "{\"surveys\":" + listOf(m_surveys, [&](const Survey &one) {
               return one.product == product && one.survey.isActive ? one.survey.json : std::string();
           }) + '}';
}

void FeedbackAdmin::answer(Job &job)
{
    const auto parts = adminPath(job.request.path);
    if (!parts)
        return job.done(plain(404, "There is nothing here."));
    if (parts->what == "check_schema")
        return job.done(json(std::string(kSchemaAnswer)));
    if (const auto loaded = load(); !loaded)
        return job.done(plain(503, "The cache can not be read now: " + loaded.error().message));
    if (parts->isAdmin)
        answerWriting(job, parts->what, parts->name);
    else
        answerReading(job, parts->what, parts->name);
}

void FeedbackAdmin::answerReading(Job &job, std::string_view what, const std::string &name)
{
    if (what == "products") {
        const std::scoped_lock lock(m_mutex);
        return job.done(json(listOf(m_products, [](const FeedbackProduct &product) { return product.json(); })));
    }
    if (what == "surveys") {
        const std::scoped_lock lock(m_mutex);
        return job.done(json(listOf(m_surveys, [&](const Survey &one) { return one.product == name ? one.survey.json : std::string(); })));
    }
    const auto list = samples(name);
    if (list)
        job.done(json(*list));
    else
        job.done(plain(list.error().code == Error::Code::NotFound ? 404 : list.error().code == Error::Code::TooLarge ? 413 : 503,
                       list.error().message));
}

std::optional<FeedbackProduct> FeedbackAdmin::productCalled(std::string_view name)
{
    const std::scoped_lock lock(m_mutex);
    const auto known = std::find_if(m_products.begin(), m_products.end(), [&](const FeedbackProduct &product) { return product.name() == name; });
    return known == m_products.end() ? std::nullopt : std::optional(*known);
}

Result<bool> FeedbackAdmin::hasProduct(std::string_view product)
{
    if (const auto loaded = load(); !loaded)
        return tl::unexpected(loaded.error());
    if (productCalled(product))
        return true;
    auto reader = m_openReader();
    if (!reader)
        return tl::unexpected(reader.error());
    const CacheReader::Snapshot snapshot(**reader);
    return !originsOf(**reader, product).empty();
}

/// All samples of a product in order of time, as its schema has them.
Result<std::string> FeedbackAdmin::samples(const std::string &product)
{
    const std::optional<FeedbackProduct> schema = productCalled(product);
    auto reader = m_openReader();
    if (!reader)
        return tl::unexpected(reader.error());
    const CacheReader::Snapshot snapshot(**reader);
    const std::set<OriginId> origins = originsOf(**reader, product);
    if (!schema && origins.empty())
        return failure(Error::Code::NotFound, "There is no product " + product + ".");
    const auto name = (*reader)->findString(kFeedbackRecord);
    // Each as JSON text without its beginning, which numbers it in order of time.
    std::vector<std::pair<std::int64_t, std::string>> found;
    std::size_t bytes = 0;
    if (name && !origins.empty()) {
        const auto segments = (*reader)->segments(RecordKind::SessionBound, {});
        if (!segments)
            return tl::unexpected(segments.error());
        for (const SegmentInfo &info : *segments) {
            const auto segment = (*reader)->segment(info, SegmentParts::All, SegmentUse::Once);
            if (!segment)
                return failure(segment.error().code, "Samples can not be read: " + segment.error().message +
                                                         " telltale verify says more, telltale export writes what is whole.");
            for (std::uint32_t row = 0; row < (*segment)->count(); ++row) {
                if ((*segment)->names()[row] != *name || !origins.contains((*segment)->origins()[row]))
                    continue;
                Value::Map submitted = (*segment)->attributes(row);
                std::string text;
                appendJson(text, Value(schema ? schema->sampleOf(submitted) : std::move(submitted)));
                bytes += text.size() + kSampleBytes;
                if (bytes > kMostBytes)
                    return failure(Error::Code::TooLarge,
                                   "There are too many samples for one answer; telltale export writes them all.");
                found.emplace_back((*segment)->times()[row], std::move(text));
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::string out = "[";
    out.reserve(bytes);
    std::int64_t id = 0;
    for (auto &[time, text] : found) {
        out += id > 0 ? "," : "";
        out += "{\"id\":" + std::to_string(++id) + ",\"timestamp\":\"" + timestamp({time}) + '"';
        if (text != "{}")
            out += ',';
        out += std::string_view(text).substr(1);
        text = {};
    }
    return out + ']';
}

/// Stores, remembers what the console sees from then on, and answers. Waits for the disk: whoever asks next finds it done.
void FeedbackAdmin::put(Job &job, std::vector<DocumentChange> changes, std::string sentence, const std::function<void()> &remember)
{
    std::promise<Result<void>> promise;
    m_put(std::move(changes), [&promise](Result<void> stored) { promise.set_value(std::move(stored)); });
    if (const Result<void> stored = promise.get_future().get(); !stored)
        return job.done(plain(503, "That could not be stored: " + stored.error().message));
    {
        const std::scoped_lock lock(m_mutex);
        remember();
    }
    job.done(plain(200, std::move(sentence)));
}

void FeedbackAdmin::answerWriting(Job &job, std::string_view what, const std::string &name)
{
    const std::string &method = job.request.method;
    const auto isProduct = [](const std::string &wanted) { return [&wanted](const FeedbackProduct &one) { return one.name() == wanted; }; };
    if (what == "products" && method != "DELETE") {
        auto product = FeedbackProduct::parse(job.request.body);
        if (!product)
            return job.done(plain(400, product.error().message));
        if (!name.empty() && product->name() != name)
            return job.done(plain(400, "A product can not be renamed: its data has its name."));
        const bool isKnown = [&] {
            const std::scoped_lock lock(m_mutex);
            return std::any_of(m_products.begin(), m_products.end(), isProduct(product->name()));
        }();
        if (method == "PUT" && !isKnown)
            return job.done(plain(404, "There is no product " + name + "."));
        if (method == "POST" && isKnown)
            return job.done(plain(400, "There is a product " + product->name() + " already."));
        Document document{std::string(kProductKind), product->name(), {}, product->json()};
        std::string sentence = "Product " + product->name() + (isKnown ? " updated." : " added.");
        return put(job, {{std::move(document), false}}, std::move(sentence), [this, product = *product, isProduct] {
            const std::string named = product.name();
            const auto known = std::find_if(m_products.begin(), m_products.end(), isProduct(named));
            if (known == m_products.end())
                m_products.push_back(product);
            else
                *known = product;
        });
    }
    if (what == "products") {
        std::vector<DocumentChange> changes{{{std::string(kProductKind), name, {}, {}}, true}};
        {
            const std::scoped_lock lock(m_mutex);
            if (std::none_of(m_products.begin(), m_products.end(), isProduct(name)))
                return job.done(plain(404, "There is no product " + name + "."));
            for (const Survey &one : m_surveys) {
                if (one.product == name)
                    changes.push_back({{std::string(kSurveyKind), one.survey.uuid, {}, {}}, true});
            }
        }
        return put(job, std::move(changes), "Product " + name + " deleted. Its records stay until they are too old.", [this, name, isProduct] {
            std::erase_if(m_products, isProduct(name));
            std::erase_if(m_surveys, [&](const Survey &one) { return one.product == name; });
        });
    }
    const auto isSurvey = [](const std::string &uuid) { return [uuid](const Survey &one) { return one.survey.uuid == uuid; }; };
    if (method == "DELETE") {
        {
            const std::scoped_lock lock(m_mutex);
            if (std::none_of(m_surveys.begin(), m_surveys.end(), isSurvey(name)))
                return job.done(plain(404, "There is no survey " + name + "."));
        }
        return put(job, {{{std::string(kSurveyKind), name, {}, {}}, true}}, "Survey deleted.",
                   [this, isSurvey = isSurvey(name)] { std::erase_if(m_surveys, isSurvey); });
    }
    auto survey = FeedbackSurvey::parse(job.request.body);
    if (!survey)
        return job.done(plain(400, survey.error().message));
    std::string product = name; // POST names the product, PUT the survey
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = std::find_if(m_surveys.begin(), m_surveys.end(), isSurvey(survey->uuid));
        if (method == "PUT") {
            if (known == m_surveys.end() || name != survey->uuid)
                return job.done(plain(404, "There is no survey " + name + "."));
            product = known->product;
        } else if (std::none_of(m_products.begin(), m_products.end(), isProduct(name))) {
            return job.done(plain(404, "There is no product " + name + "."));
        } else if (known != m_surveys.end()) {
            return job.done(plain(400, "There is a survey " + survey->uuid + " already, of product " + known->product + "."));
        }
    }
    Document document{std::string(kSurveyKind), survey->uuid, product, survey->json};
    std::string sentence = method == "PUT" ? "Survey updated." : "Survey created for product " + product + ".";
    put(job, {{std::move(document), false}}, std::move(sentence), [this, made = Survey{*survey, product}, isSurvey = isSurvey(survey->uuid)] {
        const auto known = std::find_if(m_surveys.begin(), m_surveys.end(), isSurvey);
        if (known == m_surveys.end())
            m_surveys.push_back(made);
        else
            *known = made;
    });
}

} // namespace telltale
