// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/grouping/errorgrouping.h"
#include "models/ingest/otlproute.h"
#include "tests/models/ingest/fakesink.h"
#include "tests/support/loadgenerator.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

std::string logJson(std::string_view name,
                    std::string_view attributes = "{\"key\":\"n\",\"value\":{\"intValue\":\"1\"}}")
{
    return R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"stride"}}]},)"
           R"("scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":")" +
           std::string(name) + R"(","attributes":[)" + std::string(attributes) + R"(]}]}]}]})";
}

/// Collects answers from whatever thread they come.
class Answers
{
public:
    RequestHandler::Done next()
    {
        return [this](Answer &&answer) {
            const std::scoped_lock lock(m_mutex);
            m_answers.push_back(std::move(answer));
        };
    }
    std::size_t size() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_answers.size();
    }
    Answer at(std::size_t i) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_answers.at(i);
    }
    std::size_t withStatus(int status) const
    {
        const std::scoped_lock lock(m_mutex);
        return std::size_t(std::count_if(m_answers.begin(), m_answers.end(),
                                         [&](const Answer &answer) { return answer.status == status; }));
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Answer> m_answers;
};

ReceivedRequest request(std::string body, std::string contentType = "application/json",
                        std::string path = "/v1/logs")
{
    ReceivedRequest r;
    r.method = "POST";
    r.path = std::move(path);
    r.contentType = std::move(contentType);
    r.body = std::move(body);
    r.arrival = Instant::fromSeconds(1'763'625'601);
    return r;
}

} // namespace

class TestPipeline final : public QObject
{
    Q_OBJECT

    FakeSink *m_sink = nullptr;
    PipelineOptions m_options;

private Q_SLOTS:
    void init()
    {
        m_sink = new FakeSink;
        m_options = {};
        m_options.flushTime = 20ms;
        m_options.idleTime = 50ms;
    }
    void cleanup()
    {
        delete m_sink;
        m_sink = nullptr;
    }

    void methods()
    {
        Pipeline pipeline(m_options, *m_sink);
        for (const char *path :
             {"/v1/logs", "/v1/traces", "/v1/metrics", "/some/prefix/v1/logs", "//v1/logs"})
            QCOMPARE(pipeline.methodsFor(path), std::string_view("POST"));
        for (const char *path :
             {"", "/", "/v1", "/v1/log", "/v1/logs/x", "v1/logs", "/v1/batches", "/v1development/profiles",
              "/api/envelope", "/metrics", "/metrics/job"})
            QVERIFY2(pipeline.methodsFor(path).empty(), path);
        // Those of other protocols, also below a prefix; the longest pattern decides.
        const std::pair<const char *, std::string_view> others[] = {
            {"/api/42/envelope", "POST"},   {"/team/api/42/store", "POST"}, {"/v1/batch", "POST"},
            {"/v1/projects/key/settings", "GET"}, {"/i", "GET, POST"},      {"/track", "GET, POST"},
            {"/receiver/submit/app", "GET, POST"}, {"/metrics/job/stride/instance/1", "PUT, POST, DELETE"}};
        for (const auto &[path, methods] : others)
            QCOMPARE(pipeline.methodsFor(path), methods);
    }

    void successOnlyAfterTheCommit()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->hold();
        pipeline.handle(request(logJson("one")), answers.next());
        QTRY_COMPARE(m_sink->begun(), std::size_t(1));
        QCOMPARE(answers.size(), std::size_t(0));
        m_sink->release();
        QTRY_COMPARE(answers.size(), std::size_t(1));
        QCOMPARE(answers.at(0).status, 200);
        QCOMPARE(answers.at(0).body, std::string("{}"));
        QCOMPARE(answers.at(0).contentType, std::string("application/json"));
        QCOMPARE(m_sink->stored().at(0).name, std::string("one"));
        QCOMPARE(m_sink->stored().at(0).arrival, Instant::fromSeconds(1'763'625'601));
        QVERIFY(m_sink->stored().at(0).key.has_value());
        QCOMPARE(pipeline.stats().requests, std::uint64_t(1));
        QCOMPARE(pipeline.stats().records, std::uint64_t(1));
    }

    /// What was refused and what came is told by source, with a reason and an example without secrets.
    void healthOfSources()
    {
        Answers answers;
        m_options.clock = std::make_shared<FixedClock>(Instant::fromSeconds(1'763'625'601));
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request(logJson("one")), answers.next());
        pipeline.handle(request("{\"password\": \"hunter2\", broken"), answers.next());
        QTRY_COMPARE(answers.size(), std::size_t(2));
        const auto health = pipeline.health();
        QCOMPARE(health.size(), std::size_t(2)); // sorted by protocol, product
        QCOMPARE(health[0].product, std::string());
        QCOMPARE(health[0].refusedRequests, std::uint64_t(1));
        QVERIFY(!health[0].lastRefusal->reason.empty());
        QCOMPARE(health[0].lastRefusal->example.find("hunter2"), std::string::npos);
        QCOMPARE(health[1].product, std::string("stride"));
        QCOMPARE(health[1].minuteRecords, std::uint64_t(1));
        QCOMPARE(health[1].lag->count(), std::chrono::nanoseconds(1s).count());
        // A source that refuses by itself says so the same way; our own trouble is nobody's fault.
        static_cast<void>(pipeline.refusal("/v1/logs", "application/json", 401, "A token is needed."));
        static_cast<void>(pipeline.refusal("/v1/logs", "application/json", 503, "Busy."));
        QCOMPARE(pipeline.health()[0].lastRefusal->reason, std::string("A token is needed."));
        QCOMPARE(pipeline.health()[0].refusedRequests, std::uint64_t(2));
    }

    void whatWaitsIsCommittedTogether()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->hold();
        pipeline.handle(request(logJson("first")), answers.next());
        QTRY_COMPARE(m_sink->begun(), std::size_t(1));
        for (int i = 0; i < 50; ++i)
            pipeline.handle(request(logJson("later" + std::to_string(i))), answers.next());
        QTest::qWait(1); // the number of commits below does not depend on it
        m_sink->release();
        QTRY_COMPARE(answers.withStatus(200), std::size_t(51));
        QCOMPARE(m_sink->records(), std::size_t(51));
        QVERIFY2(m_sink->commits() < 51, QByteArray::number(qulonglong(m_sink->commits())).constData());
    }

    void theNextGroupIsPreparedMeanwhile()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->hold();
        pipeline.handle(request(logJson("first")), answers.next());
        QTRY_COMPARE(m_sink->begun(), std::size_t(1));
        const std::size_t before = m_sink->prepared();
        pipeline.handle(request(logJson("second")), answers.next());
        QTRY_COMPARE(m_sink->prepared(), before + 1);
        pipeline.handle(request(logJson("third")), answers.next());
        QTRY_COMPARE(m_sink->prepared(), before + 2);
        QCOMPARE(m_sink->begun(), std::size_t(1));
        QCOMPARE(answers.size(), std::size_t(0));
        m_sink->release();
        QTRY_COMPARE(answers.withStatus(200), std::size_t(3));
        QCOMPARE(m_sink->commits(), std::size_t(2));
    }

    void aGroupPreparedInVainIsPreparedAgain()
    {
        Answers first, later;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->hold();
        pipeline.handle(request(logJson("first")), first.next());
        QTRY_COMPARE(m_sink->begun(), std::size_t(1));
        const std::size_t before = m_sink->prepared();
        pipeline.handle(request(logJson("first")), later.next()); // a repeat, if the first one were stored
        pipeline.handle(request(logJson("second")), later.next());
        QTRY_VERIFY(m_sink->prepared() > before);
        m_sink->failOnceWith(Error{Error::Code::Io, "once"});
        m_sink->release();
        QTRY_COMPARE(first.withStatus(503), std::size_t(1));
        QTRY_COMPARE(later.withStatus(200), std::size_t(2));
        QCOMPARE(m_sink->records(), std::size_t(2));
        QCOMPARE(pipeline.stats().repeats, std::uint64_t(0));
    }

    void protobufIsAnsweredInProtobuf()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        LoadGenerator load;
        pipeline.handle(request(load.nextProtobuf(), "application/x-protobuf"), answers.next());
        pipeline.handle(request("\xff\xff\xff", "application/x-protobuf"), answers.next());
        QTRY_COMPARE(answers.size(), std::size_t(2));
        const std::size_t good = answers.at(0).status == 200 ? 0 : 1;
        QCOMPARE(answers.at(good).body, std::string());
        QCOMPARE(answers.at(good).contentType, std::string("application/x-protobuf"));
        QCOMPARE(answers.at(1 - good).status, 400);
        QCOMPARE(answers.at(1 - good).contentType, std::string("application/x-protobuf"));
        QVERIFY(!answers.at(1 - good).body.empty());
        QCOMPARE(m_sink->records(), std::size_t(512));
        QCOMPARE(pipeline.stats().refused, std::uint64_t(1));
    }

    void contentTypes_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("status");
        QTest::newRow("json") << QByteArray("application/json") << 200;
        QTest::newRow("charset") << QByteArray("Application/JSON ; charset=utf-8") << 200;
        QTest::newRow("none") << QByteArray() << 415;
        QTest::newRow("text") << QByteArray("text/plain;charset=UTF-8") << 415;
        QTest::newRow("prefix") << QByteArray("application/json5") << 415;
        QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded") << 415;
    }

    void contentTypes()
    {
        QFETCH(QByteArray, type);
        QFETCH(int, status);
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request(logJson("one"), type.toStdString()), answers.next());
        QTRY_COMPARE(answers.size(), std::size_t(1));
        QCOMPARE(answers.at(0).status, status);
        QCOMPARE(answers.at(0).contentType, std::string("application/json"));
        if (status == 415)
            QTRY_COMPARE(m_sink->counted("http.media_type.unsupported"), std::uint64_t(1));
    }

    void emptyRequestsSucceed()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request("{}"), answers.next());
        pipeline.handle(request("", "application/x-protobuf", "/v1/traces"), answers.next());
        pipeline.handle(request("", "application/x-protobuf", "/v1/metrics"), answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(3));
        QCOMPARE(m_sink->stored().size(), std::size_t(0));
    }

    void repeatsAreAcknowledgedAndStoredOnce()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        for (int i = 0; i < 5; ++i)
            pipeline.handle(request(logJson("again")), answers.next());
        pipeline.handle(request(logJson("again") + " "), answers.next()); // other bytes: not a repeat
        QTRY_COMPARE(answers.withStatus(200), std::size_t(6));
        QCOMPARE(m_sink->records(), std::size_t(2));
        QCOMPARE(pipeline.stats().repeats, std::uint64_t(4));
    }

    void deliveryKeysTellPlacesAndEncodingsApart()
    {
        const auto key = [](OtlpSignal signal, OtlpEncoding encoding, std::string_view body) {
            return otlpDeliveryKey(signal, encoding, "otlp/http", body);
        };
        const DeliveryKey a = key(OtlpSignal::Logs, OtlpEncoding::Json, "x");
        QVERIFY(a == key(OtlpSignal::Logs, OtlpEncoding::Json, "x"));
        QVERIFY(!(a == key(OtlpSignal::Traces, OtlpEncoding::Json, "x")));
        QVERIFY(!(a == key(OtlpSignal::Logs, OtlpEncoding::Protobuf, "x")));
        QVERIFY(!(a == key(OtlpSignal::Logs, OtlpEncoding::Json, "y")));
    }

    void storeFailuresAre503()
    {
        for (const auto code :
             {Error::Code::Busy, Error::Code::Io, Error::Code::Damaged, Error::Code::TooLarge}) {
            FakeSink sink;
            Answers answers;
            Pipeline pipeline(m_options, sink);
            pipeline.start();
            sink.failWith(Error{code, "the disk is on fire"});
            pipeline.handle(request(logJson("one")), answers.next());
            QTRY_COMPARE(answers.size(), std::size_t(1));
            QCOMPARE(answers.at(0).status, 503);
            QVERIFY(answers.at(0).retryAfterSeconds.value() >= 1 &&
                    answers.at(0).retryAfterSeconds.value() <= 5);
            QVERIFY2(answers.at(0).body.find("fire") == std::string::npos, "no inner trouble for strangers");
            // It works again: the retry is stored, and the failure is counted then.
            sink.failWith(std::nullopt);
            pipeline.handle(request(logJson("one")), answers.next());
            QTRY_COMPARE(answers.withStatus(200), std::size_t(1));
            QCOMPARE(sink.records(), std::size_t(1));
            QTRY_COMPARE(sink.counted("ingest.store.failed"), std::uint64_t(1));
        }
    }

    void aLowDiskIs503AndGoesOnByItself()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->failWith(Error{Error::Code::NoSpace, "full"});
        m_sink->setDiskLow(true);
        QTRY_VERIFY(pipeline.stats().isDiskLow);
        for (std::size_t i = 0; i < 3; ++i) {
            pipeline.handle(request(logJson("one")), answers.next());
            QTRY_COMPARE(answers.withStatus(503), i + 1);
            QVERIFY(answers.at(i).retryAfterSeconds.has_value());
        }
        m_sink->failWith(std::nullopt);
        m_sink->setDiskLow(false);
        QTRY_VERIFY(!pipeline.stats().isDiskLow); // though nobody sent anything
        pipeline.handle(request(logJson("one")), answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(1));
        QTRY_COMPARE(m_sink->counted("store.disk.low"), std::uint64_t(3));
    }

    void maintenanceGoesOnInQuietMoments()
    {
        m_options.flushTime = std::chrono::hours(1); // nothing else wakes the writer
        m_sink->setSlices(50);
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        QTRY_COMPARE(m_sink->slices(), std::size_t(0));
    }

    void countsThatCanNotBeWrittenAreNotTriedAgainAtOnce()
    {
        m_options.flushTime = std::chrono::hours(1);
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request(logJson("one")), answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(1));
        m_sink->failWith(Error{Error::Code::NoSpace, "full"});
        pipeline.handle(request(logJson("two")), answers.next());
        QTRY_COMPARE(answers.withStatus(503), std::size_t(1));
        QTest::qWait(50);
        QVERIFY2(m_sink->commits() <= 4, QByteArray::number(qulonglong(m_sink->commits())).constData());
        m_sink->failWith(std::nullopt);
        pipeline.handle(request(logJson("two")), answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(2));
        QCOMPARE(m_sink->counted("store.disk.low"), std::uint64_t(1));
    }

    void overloadHoldsThenRefuses()
    {
        m_options.holdTime = 100ms;
        m_options.queueBytes = 200'000;
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        m_sink->hold();
        LoadGenerator load;
        for (int i = 0; i < 20; ++i)
            pipeline.handle(request(load.nextProtobuf(), "application/x-protobuf"), answers.next());
        // The disk hangs: what found no room is refused, the rest still waits for its commit.
        QTRY_VERIFY(answers.withStatus(503) >= 15);
        QCOMPARE(answers.withStatus(200), std::size_t(0));
        for (std::size_t i = 0; i < answers.size(); ++i)
            QVERIFY(answers.at(i).retryAfterSeconds.has_value());
        m_sink->release();
        QTRY_COMPARE(answers.size(), std::size_t(20));
        QCOMPARE(m_sink->records(), answers.withStatus(200) * 512);
        QTRY_COMPARE(m_sink->counted("http.overload"), std::uint64_t(answers.withStatus(503)));
        QCOMPARE(pipeline.stats().overload, std::uint64_t(answers.withStatus(503)));
    }

    void countersReachTheDiskWithoutTraffic()
    {
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.count("http.origin.refused", 3);
        QTRY_COMPARE(m_sink->counted("http.origin.refused"), std::uint64_t(3));
        // Also when the first attempt fails.
        m_sink->failWith(Error{Error::Code::Busy, "full"});
        pipeline.count("http.timeout");
        const std::size_t before = m_sink->commits();
        QTRY_VERIFY(m_sink->commits() > before);
        m_sink->failWith(std::nullopt);
        QTRY_COMPARE(m_sink->counted("http.timeout"), std::uint64_t(1));
        QCOMPARE(m_sink->counted("http.origin.refused"), std::uint64_t(3));
    }

    void refusedBodiesAreCounted()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request("{nonsense"), answers.next());
        QTRY_COMPARE(answers.withStatus(400), std::size_t(1));
        QVERIFY(answers.at(0).body.find("\"message\"") != std::string::npos);
        QTRY_COMPARE(m_sink->counted("otlp.json.malformed"), std::uint64_t(1));
        QCOMPARE(m_sink->records(), std::size_t(0));
    }

    void secretsAreTakenOutAndErrorsGroupedBeforeTheCommit()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request(logJson("login", R"({"key":"password","value":{"stringValue":"hunter2"}})")),
                        answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(1));
        QCOMPARE(m_sink->stored().at(0).firstText, std::string("[redacted]"));
        QCOMPARE(m_sink->counted("redaction.key"), std::uint64_t(1));
        pipeline.handle(
            request(logJson(
                "exception",
                R"({"key":"exception.message","value":{"stringValue":"mail to ann@example.com failed"}})")),
            answers.next());
        QTRY_COMPARE(answers.withStatus(200), std::size_t(2));
        const ErrorGrouping expected = errorGroup("exception", "mail to [email] failed", "");
        QCOMPARE(m_sink->stored().at(1).group, expected.key);
    }

    void idleTimeIsUsedForACheckpoint()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        QTest::qWait(1);
        QCOMPARE(m_sink->checkpoints(), std::size_t(0));
        pipeline.handle(request(logJson("one")), answers.next());
        QTRY_COMPARE(m_sink->checkpoints(), std::size_t(1));
        pipeline.handle(request(logJson("two")), answers.next());
        QTRY_COMPARE(m_sink->checkpoints(), std::size_t(2));
    }

    void stoppingCommitsWhatWasAccepted()
    {
        Answers answers;
        auto pipeline = std::make_unique<Pipeline>(m_options, *m_sink);
        pipeline->start();
        m_sink->hold();
        for (int i = 0; i < 30; ++i)
            pipeline->handle(request(logJson("n" + std::to_string(i))), answers.next());
        pipeline->count("http.timeout");
        std::thread releasing([&] { m_sink->release(); });
        pipeline->stop();
        releasing.join();
        QCOMPARE(answers.withStatus(200), std::size_t(30));
        QCOMPARE(m_sink->records(), std::size_t(30));
        QCOMPARE(m_sink->counted("http.timeout"), std::uint64_t(1));
        pipeline->handle(request(logJson("late")), answers.next());
        QCOMPARE(answers.withStatus(503), std::size_t(1));
        pipeline.reset();
        QCOMPARE(answers.size(), std::size_t(31));
    }

    void commitsAreAnnounced()
    {
        std::atomic<std::uint64_t> announced{0};
        m_options.committed = [&](const CommitReport &report) { announced += report.records; };
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        pipeline.handle(request(logJson("one")), answers.next());
        QTRY_COMPARE(announced.load(), std::uint64_t(1));
    }

    void manyThreadsAtOnce()
    {
        Answers answers;
        Pipeline pipeline(m_options, *m_sink);
        pipeline.start();
        std::vector<std::thread> clients;
        for (int t = 0; t < 4; ++t) {
            clients.emplace_back([&, t] {
                LoadShape shape;
                shape.records = 20;
                LoadGenerator load(shape, std::uint64_t(t) + 1);
                for (int i = 0; i < 50; ++i) {
                    pipeline.handle(request(load.nextProtobuf(), "application/x-protobuf"), answers.next());
                    pipeline.count("http.timeout");
                }
            });
        }
        for (std::thread &client : clients)
            client.join();
        QTRY_COMPARE(answers.withStatus(200), std::size_t(200));
        QCOMPARE(m_sink->records(), std::size_t(4000));
        QTRY_COMPARE(m_sink->counted("http.timeout"), std::uint64_t(200));
    }
};

QTEST_APPLESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
