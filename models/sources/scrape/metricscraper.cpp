// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/scrape/metricscraper.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>
#include <utility>

#include <curl/curl.h>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// As Prometheus asks: OpenMetrics rather than the text format rather than anything.
constexpr const char *kAccept = "Accept: application/openmetrics-text;version=1.0.0;q=0.75,"
                                "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
constexpr std::chrono::milliseconds kLongestSleep{1'000};

struct UrlDeleter
{
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};
struct EasyDeleter
{
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
struct MultiDeleter
{
    void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
};
struct ListDeleter
{
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
struct TextDeleter
{
    void operator()(char *text) const { curl_free(text); }
};

/// Once a process, before any thread may use it.
void prepareCurl()
{
    [[maybe_unused]] static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
}

std::string partOf(CURLU *url, CURLUPart part, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, TextDeleter> owner(text);
    return text;
}

std::string escaped(const std::string &text)
{
    const std::unique_ptr<char, TextDeleter> owner(
        curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())));
    return owner ? owner.get() : std::string();
}

/// One target and the request to it.
struct Scrape
{
    ScrapeTarget target;
    std::size_t limit = 0;
    std::unique_ptr<CURL, EasyDeleter> easy{};
    std::string body{};
    SteadyClock::time_point due{}, begun{};
    bool isOnItsWay = false;
    std::unique_ptr<std::array<char, CURL_ERROR_SIZE>> said = std::make_unique<std::array<char, CURL_ERROR_SIZE>>();
    std::chrono::milliseconds interval{0}, timeout{0};
};

std::size_t onBody(char *bytes, std::size_t size, std::size_t count, void *user)
{
    auto &scrape = *static_cast<Scrape *>(user);
    if (scrape.body.size() + size * count > scrape.limit)
        return 0; // breaks it off
    scrape.body.append(bytes, size * count);
    return size * count;
}

} // namespace

Result<ScrapeTarget> parseScrapeTarget(std::string_view text)
{
    prepareCurl();
    ScrapeTarget target;
    const auto scheme = text.find("://");
    const auto equals = text.find('=');
    if (equals != std::string_view::npos && equals < scheme) {
        target.job = text.substr(0, equals);
        text.remove_prefix(equals + 1);
    }
    const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return failure(Error::Code::InvalidArgument, "'" + std::string(text) + "' is no URL.");
    const std::string protocol = partOf(url.get(), CURLUPART_SCHEME);
    if (protocol != "http" && protocol != "https")
        return failure(Error::Code::InvalidArgument, "'" + std::string(text) + "' is neither http nor https.");
    if (partOf(url.get(), CURLUPART_PATH) == "/")
        curl_url_set(url.get(), CURLUPART_PATH, "/metrics", 0);
    target.instance = partOf(url.get(), CURLUPART_HOST) + ":" + partOf(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    target.url = partOf(url.get(), CURLUPART_URL);
    if (target.job.empty())
        target.job = target.instance;
    return target;
}

class MetricScraper::Private
{
public:
    Private(ScrapeOptions chosen, RequestHandler &above);

    void run();
    void begin(Scrape &scrape);
    void finish(Scrape &scrape, CURLcode result);
    void note(const Scrape &scrape, CURLcode result);
    void hand(const ScrapeTarget &target, std::string body);

    ScrapeOptions options;
    RequestHandler &handler;
    std::unique_ptr<curl_slist, ListDeleter> headers;
    std::unique_ptr<CURLM, MultiDeleter> multi;
    std::vector<Scrape> scrapes;
    std::thread thread;
    std::atomic<bool> isStopping = false;

    mutable std::mutex mutex;
    std::vector<ScrapeSight> sights; ///< by scrape
    std::condition_variable hasAnswer;
    std::size_t unanswered = 0;
};

MetricScraper::Private::Private(ScrapeOptions chosen, RequestHandler &above)
    : options(std::move(chosen))
    , handler(above)
{
    prepareCurl();
    constexpr std::chrono::milliseconds kLeastInterval(100);
    options.interval = std::max(options.interval, kLeastInterval);
    headers.reset(curl_slist_append(nullptr, kAccept));
    multi.reset(curl_multi_init());
    for (ScrapeTarget &target : options.targets) {
        sights.push_back({target.job, target.url});
        Scrape scrape{std::move(target), options.limit};
        const auto own = scrape.target.interval;
        scrape.interval = own.count() > 0 ? std::max(own, kLeastInterval) : options.interval;
        scrape.timeout = std::min(options.timeout, scrape.interval);
        scrapes.push_back(std::move(scrape));
    }
}

void MetricScraper::Private::begin(Scrape &scrape)
{
    scrape.begun = SteadyClock::now();
    // In step, but late once is no reason to hurry afterwards.
    scrape.due += scrape.interval;
    if (scrape.due <= scrape.begun)
        scrape.due = scrape.begun + scrape.interval;
    scrape.body.clear();
    scrape.said->front() = 0;
    if (!scrape.easy) {
        scrape.easy.reset(curl_easy_init());
        CURL *easy = scrape.easy.get();
        curl_easy_setopt(easy, CURLOPT_URL, scrape.target.url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
        curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 5L);
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*"); // what is named is what is asked
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "Telltale/" TELLTALE_VERSION);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
        curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(scrape.timeout.count()));
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, scrape.said->data());
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &onBody);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &scrape);
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &scrape);
    }
    scrape.isOnItsWay = curl_multi_add_handle(multi.get(), scrape.easy.get()) == CURLM_OK;
}

void MetricScraper::Private::finish(Scrape &scrape, CURLcode result)
{
    const std::chrono::duration<double> took = SteadyClock::now() - scrape.begun;
    curl_multi_remove_handle(multi.get(), scrape.easy.get());
    scrape.isOnItsWay = false;
    note(scrape, result);
    if (result == CURLE_OK)
        hand(scrape.target, std::exchange(scrape.body, {}));
    else
        handler.count("scrape.failed");
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.6f", took.count());
    hand(scrape.target, std::string("# TYPE up gauge\nup ") + (result == CURLE_OK ? "1" : "0") +
                            "\n# TYPE scrape_duration_seconds gauge\nscrape_duration_seconds " + seconds + "\n");
}

void MetricScraper::Private::note(const Scrape &scrape, CURLcode result)
{
    const auto place = static_cast<std::size_t>(&scrape - scrapes.data());
    const std::scoped_lock lock(mutex);
    ScrapeSight &sight = sights[place];
    if (result == CURLE_OK) {
        ++sight.answers;
        sight.lastAnswer = options.clock->now();
        sight.problem.clear();
        return;
    }
    ++sight.failures;
    // What went wrong with this one, where curl says it: the name of a certificate, the status of the answer.
    sight.problem = result == CURLE_WRITE_ERROR && scrape.body.size() > 0 ? "The answer is too large." : scrape.said->front() ? scrape.said->data() : curl_easy_strerror(result);
    if (!sight.problem.empty() && sight.problem.back() != '.')
        sight.problem += '.';
}

void MetricScraper::Private::hand(const ScrapeTarget &target, std::string body)
{
    {
        const std::scoped_lock lock(mutex);
        ++unanswered;
    }
    ReceivedRequest request;
    request.protocol = "prometheus/scrape";
    request.method = "POST";
    request.path = "/metrics/job/" + escaped(target.job) + "/instance/" + escaped(target.instance);
    request.arrival = options.clock->now();
    request.body = std::move(body);
    handler.handle(std::move(request), [this](Answer &&answer) {
        if (answer.status == 503)
            handler.count("scrape.dropped"); // the next one tells more than an old one
        const std::scoped_lock lock(mutex);
        --unanswered;
        hasAnswer.notify_all();
    });
}

void MetricScraper::Private::run()
{
    while (!isStopping) {
        for (Scrape &scrape : scrapes) {
            if (!scrape.isOnItsWay && scrape.due <= SteadyClock::now())
                begin(scrape);
        }
        int running = 0;
        curl_multi_perform(multi.get(), &running);
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(multi.get(), &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            char *scrape = nullptr;
            const CURLcode result = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &scrape);
            finish(*reinterpret_cast<Scrape *>(scrape), result);
        }
        auto next = SteadyClock::now() + kLongestSleep;
        for (const Scrape &scrape : scrapes) {
            if (!scrape.isOnItsWay)
                next = std::min(next, scrape.due);
        }
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(next - SteadyClock::now()).count();
        curl_multi_poll(multi.get(), nullptr, 0, static_cast<int>(std::max<std::int64_t>(wait, 0)) + 1, nullptr);
    }
    for (Scrape &scrape : scrapes) {
        if (scrape.isOnItsWay)
            curl_multi_remove_handle(multi.get(), scrape.easy.get());
        scrape.isOnItsWay = false;
    }
    std::unique_lock lock(mutex);
    hasAnswer.wait(lock, [this] { return unanswered == 0; });
}

MetricScraper::MetricScraper(ScrapeOptions options, RequestHandler &handler)
    : d(std::make_unique<Private>(std::move(options), handler))
{}

std::vector<ScrapeSight> MetricScraper::sights() const
{
    const std::scoped_lock lock(d->mutex);
    return d->sights;
}

MetricScraper::~MetricScraper()
{
    stop();
}

void MetricScraper::start()
{
    d->isStopping = false;
    d->thread = std::thread([this] { d->run(); });
}

void MetricScraper::stop()
{
    if (!d->thread.joinable())
        return;
    d->isStopping = true;
    curl_multi_wakeup(d->multi.get());
    d->thread.join();
}

} // namespace telltale
