// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/scrape/metricscraper.h"
#include "tests/support/compress.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <map>
#include <mutex>
#include <vector>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

/// Keeps what it is given.
class Taker final : public RequestHandler
{
public:
    std::string_view methodsFor(std::string_view) const override { return "POST"; }
    bool sniffsGzip(std::string_view) const override { return false; }
    bool isForPages(std::string_view) const override { return true; }
    bool wantsRetryAfter(std::string_view) const override { return true; }
    void handle(ReceivedRequest &&request, Done done) override
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.push_back(std::move(request));
        }
        done({});
    }
    Answer refusal(std::string_view, std::string_view, int, std::string_view) const override { return {}; }
    void count(std::string_view counter, std::uint64_t n) override
    {
        const std::scoped_lock lock(m_mutex);
        m_counts[std::string(counter)] += n;
    }

    /// How many requests to this path say this.
    int said(std::string_view path, std::string_view text) const
    {
        const std::scoped_lock lock(m_mutex);
        int count = 0;
        for (const ReceivedRequest &request : m_requests)
            count += request.path == path && request.body.find(text) != std::string::npos;
        return count;
    }
    std::uint64_t counted(const std::string &name)
    {
        const std::scoped_lock lock(m_mutex);
        return m_counts[name];
    }

private:
    mutable std::mutex m_mutex;
    std::vector<ReceivedRequest> m_requests;
    std::map<std::string, std::uint64_t> m_counts;
};

/// Answers every request with the same bytes, or never.
class Target
{
public:
    explicit Target(QByteArray answer)
        : m_answer(std::move(answer))
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port");
        QObject::connect(&m_server, &QTcpServer::newConnection, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, [this, socket] {
                    m_asked += socket->readAll();
                    if (m_answer.isEmpty())
                        return;
                    socket->write(m_answer);
                    socket->disconnectFromHost();
                });
            }
        });
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(m_server.serverPort()); }
    std::string url(const char *path = "/metrics") const { return "http://" + address() + path; }
    std::string path(const std::string &job) const
    {
        return "/metrics/job/" + job + "/instance/127.0.0.1%3A" + std::to_string(m_server.serverPort());
    }
    QByteArray asked() const { return m_asked; }

private:
    QTcpServer m_server;
    QByteArray m_answer, m_asked;
};

QByteArray answer(const QByteArray &body, const QByteArray &more = {})
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n" + more + "Content-Length: " +
           QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

ScrapeOptions optionsFor(const std::vector<std::string> &targets)
{
    ScrapeOptions options;
    options.interval = 150ms;
    for (const std::string &target : targets)
        options.targets.push_back(parseScrapeTarget(target).value());
    return options;
}

} // namespace

class TestMetricScraper final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void targets()
    {
        const auto whole = parseScrapeTarget("stride=http://127.0.0.1:9464/own?format=text&a=b");
        QVERIFY(whole);
        QCOMPARE(whole->job, std::string("stride"));
        QCOMPARE(whole->instance, std::string("127.0.0.1:9464"));
        QCOMPARE(whole->url, std::string("http://127.0.0.1:9464/own?format=text&a=b"));
        const auto bare = parseScrapeTarget("http://localhost");
        QVERIFY(bare);
        QCOMPARE(bare->job, std::string("localhost:80"));
        QCOMPARE(bare->url, std::string("http://localhost/metrics"));
        QCOMPARE(parseScrapeTarget("http://[::1]:9464/")->instance, std::string("[::1]:9464"));
        for (const char *wrong : {"", "words", "file:///etc/passwd", "stride=", "ftp://host/x", "http://"})
            QVERIFY2(!parseScrapeTarget(wrong), wrong);
    }

    void asksAgainAndAgain()
    {
        Target target(answer("opens_total 5\n"));
        Taker taker;
        MetricScraper scraper(optionsFor({"stride=" + target.url()}), taker);
        scraper.start();
        QTRY_VERIFY(taker.said(target.path("stride"), "opens_total 5") >= 3);
        QVERIFY(taker.said(target.path("stride"), "\nup 1\n") >= 2);
        scraper.stop();
        QVERIFY(target.asked().startsWith("GET /metrics HTTP/1.1\r\n"));
        QVERIFY(target.asked().contains("application/openmetrics-text;version=1.0.0;q=0.75"));
        QCOMPARE(taker.counted("scrape.failed"), std::uint64_t(0));
    }

    void unpacks()
    {
        Target target(answer(QByteArray::fromStdString(gzipped("opens_total 5\n")), "Content-Encoding: gzip\r\n"));
        Taker taker;
        MetricScraper scraper(optionsFor({"stride=" + target.url()}), taker);
        scraper.start();
        QTRY_VERIFY(taker.said(target.path("stride"), "opens_total 5") >= 1);
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::newRow("an error") << QByteArray("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno");
        QTest::newRow("too large") << answer(QByteArray(2'000, 'x'));
        QTest::newRow("too large when unpacked")
            << answer(QByteArray::fromStdString(gzipped(std::string(100'000, 'x'))), "Content-Encoding: gzip\r\n");
        QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nno");
        QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n");
        QTest::newRow("silence") << QByteArray();
    }
    void failures()
    {
        QFETCH(QByteArray, reply);
        Target target(reply);
        Target healthy(answer("opens_total 5\n"));
        Taker taker;
        ScrapeOptions options = optionsFor({"bad=" + target.url(), "good=" + healthy.url()});
        options.limit = 1'000;
        MetricScraper scraper(options, taker);
        scraper.start();
        QTRY_VERIFY(taker.said(target.path("bad"), "\nup 0\n") >= 1);
        QTRY_VERIFY(taker.said(healthy.path("good"), "\nup 1\n") >= 2);
        scraper.stop();
        QVERIFY(taker.counted("scrape.failed") >= 1);
        QCOMPARE(taker.said(target.path("bad"), "x"), 0);
    }

    void nobodyThere()
    {
        std::string url;
        {
            const Target gone(QByteArray("x"));
            url = gone.url();
        }
        Taker taker;
        MetricScraper scraper(optionsFor({url}), taker);
        scraper.start();
        QTRY_VERIFY(taker.counted("scrape.failed") >= 2);
    }

    void tellsHowItGoes()
    {
        Target healthy(answer("opens_total 5\n"));
        Target bad(QByteArray("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"));
        Taker taker;
        MetricScraper scraper(optionsFor({"good=" + healthy.url(), "bad=" + bad.url()}), taker);
        QCOMPARE(scraper.sights().size(), std::size_t(2));
        QVERIFY(!scraper.sights()[0].lastAnswer && scraper.sights()[0].problem.empty());
        scraper.start();
        QTRY_VERIFY(scraper.sights()[0].answers >= 1 && scraper.sights()[1].failures >= 1);
        QCOMPARE(scraper.sights()[0].job, std::string("good"));
        QVERIFY(scraper.sights()[0].lastAnswer.has_value());
        QVERIFY(scraper.sights()[0].problem.empty());
        QVERIFY2(scraper.sights()[1].problem.find("500") != std::string::npos, scraper.sights()[1].problem.c_str());
        QVERIFY(!scraper.sights()[1].lastAnswer);
    }

    /// A target of its own pace is not asked at that of the others.
    void ownInterval()
    {
        Target quick(answer("opens_total 5\n"));
        Target slow(answer("opens_total 5\n"));
        Taker taker;
        ScrapeOptions options = optionsFor({"quick=" + quick.url(), "slow=" + slow.url()});
        options.targets[1].interval = 1h;
        MetricScraper scraper(options, taker);
        scraper.start();
        QTRY_VERIFY(scraper.sights()[0].answers >= 4);
        QCOMPARE(scraper.sights()[1].answers, std::uint64_t(1));
    }

    /// Does not wait for a target that says nothing.
    void stopsAtOnce()
    {
        Target target{QByteArray()};
        Taker taker;
        ScrapeOptions options = optionsFor({target.url()});
        options.interval = 1h;
        options.timeout = 1h;
        MetricScraper scraper(options, taker);
        scraper.start();
        QTRY_VERIFY(!target.asked().isEmpty());
        scraper.stop(); // else the test never ends
        QCOMPARE(taker.said(target.path(target.address()), "up"), 0);
    }
};

QTEST_GUILESS_MAIN(TestMetricScraper)
#include "tst_metricscraper.moc"
