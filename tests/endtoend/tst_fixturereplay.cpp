// SPDX-License-Identifier: GPL-3.0-or-later
// Every recorded OTLP/HTTP request, byte for byte over real sockets into a real cache.
#include "tests/endtoend/station.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

std::uint64_t expectedCount(const Fixture &fixture, const char *key)
{
    return static_cast<std::uint64_t>(
        fixture.expected.value(QStringLiteral("counts")).toObject().value(QLatin1String(key)).toInteger());
}

std::map<std::string, std::uint64_t> expectedNames(const Fixture &fixture)
{
    std::map<std::string, std::uint64_t> names;
    const QJsonObject object = fixture.expected.value(QStringLiteral("names")).toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        names[it.key().toStdString()] = static_cast<std::uint64_t>(it.value().toInteger());
    return names;
}

} // namespace

class TestFixtureReplay final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = httpFixtureNames({QStringLiteral("otlp-js"), QStringLiteral("crafted")});
        QVERIFY(names.size() >= 38);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void requests()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        Station station;
        const auto answer = test::ask(station.port(), wireOf(fixture, station.port()));
        QVERIFY(answer);
        QVERIFY2(fixture.expectedStatus().contains(answer->status),
                 QByteArray::number(answer->status).constData());
        const bool isSuccess = answer->status == 200;
        if (isSuccess)
            QCOMPARE(answer->body, fixture.isJson() ? std::string("{}") : std::string());
        else
            QVERIFY(!answer->body.empty());
        const StoredContent content = station.stop();
        if (!isSuccess) {
            QCOMPARE(content.logRecords() + content.kind(RecordKind::Span) +
                         content.kind(RecordKind::MetricPoint),
                     std::uint64_t(0));
            QVERIFY2(!content.counters.empty(), "what is refused is counted");
            return;
        }
        const bool hasSpans = fixture.path.endsWith("/traces");
        QCOMPARE(content.kind(RecordKind::Span), expectedCount(fixture, "spans"));
        QCOMPARE(content.kind(RecordKind::MetricPoint), expectedCount(fixture, "dataPoints"));
        std::uint64_t errors = 0;
        const QJsonObject errorTypes = fixture.expected.value(QStringLiteral("errors")).toObject();
        for (const QJsonValue &count : errorTypes)
            errors += std::uint64_t(count.toInteger());
        QCOMPARE(content.logRecords(), hasSpans ? errors : expectedCount(fixture, "logs"));
        if (errors > 0)
            QCOMPARE(content.kind(RecordKind::Error), errors);
        if (!hasSpans && !fixture.path.endsWith("/metrics"))
            QVERIFY(content.names == expectedNames(fixture));
        for (const QJsonValue &session : fixture.expected.value(QStringLiteral("sessions")).toArray()) {
            if (session.isString())
                QVERIFY2(content.sessions.contains(session.toString().toStdString()),
                         qPrintable(session.toString()));
        }
        for (const QJsonValue &user : fixture.expected.value(QStringLiteral("users")).toArray()) {
            if (user.isString())
                QVERIFY2(content.users.contains(user.toString().toStdString()), qPrintable(user.toString()));
        }
    }

    void everythingIntoOneCacheTwice()
    {
        // As a client does whose answers got lost: each request again. Nothing may be stored twice.
        Station station;
        const QStringList names = httpFixtureNames({QStringLiteral("otlp-js"), QStringLiteral("crafted")});
        std::uint64_t logs = 0;
        std::uint64_t accepted = 0;
        std::set<std::string> seen;
        for (int pass = 0; pass < 2; ++pass) {
            for (const QString &name : names) {
                const Fixture fixture = loadFixture(name);
                const std::string wire = wireOf(fixture, station.port());
                const auto answer = test::ask(station.port(), wire);
                QVERIFY2(answer && fixture.expectedStatus().contains(answer->status), qPrintable(name));
                const auto body = fixture.body();
                const bool hasRecords = expectedCount(fixture, "logs") + expectedCount(fixture, "spans") +
                                            expectedCount(fixture, "dataPoints") >
                                        0;
                if (answer->status != 200 || !body || !hasRecords)
                    continue;
                ++accepted;
                // Two fixtures may unfold to the same bytes: the recording of a retry does.
                if (seen.insert(fixture.path.toStdString() + (fixture.isJson() ? 'j' : 'p') + *body).second)
                    logs += expectedCount(fixture, "logs");
            }
        }
        const StoredContent content = station.stop();
        const std::uint64_t spanErrors = 1; // the trace tree has one exception event
        QCOMPARE(content.logRecords(), logs + spanErrors);
        // A request of two products is a repeat of both.
        QVERIFY(content.duplicates >= accepted - seen.size());
        QCOMPARE(content.counter("ingest.repeat"), accepted - seen.size());
    }

    void aWholeConnection()
    {
        const Fixture fixture = loadFixture(QStringLiteral("otlp-js/29-wire-keepalive-json"));
        Station station;
        QByteArray wire = fixture.wireBody;
        // Every Host header names the recorder's port.
        qsizetype requests = 0;
        for (qsizetype at = 0; (at = wire.indexOf("127.0.0.1:", at)) >= 0;) {
            const qsizetype end = wire.indexOf("\r\n", at);
            const QByteArray ours = QByteArray("127.0.0.1:").append(QByteArray::number(station.port()));
            wire.replace(at, end - at, ours);
            at += ours.size();
            ++requests;
        }
        QVERIFY(requests >= 3);
        RawClient client(station.port());
        QVERIFY(client.send(wire.toStdString()));
        for (qsizetype i = 0; i < requests; ++i) {
            const auto answer = client.receive();
            QVERIFY(answer);
            QCOMPARE(answer->status, 200);
        }
        const StoredContent content = station.stop();
        QCOMPARE(content.logRecords(), expectedCount(fixture, "logs"));
    }

    void aRetryIsStoredOnce()
    {
        const Fixture first = loadFixture(QStringLiteral("otlp-js/31-big-retry-503-1of2"));
        const Fixture second = loadFixture(QStringLiteral("otlp-js/32-big-retry-503-2of2"));
        Station station;
        QCOMPARE(test::ask(station.port(), wireOf(first, station.port()))->status, 200);
        QCOMPARE(test::ask(station.port(), wireOf(second, station.port()))->status, 200);
        const StoredContent content = station.stop();
        QCOMPARE(content.logRecords(), std::uint64_t(3));
        QCOMPARE(content.duplicates, std::uint64_t(1));
    }

    void pages_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : httpFixtureNames({QStringLiteral("browser")}))
            QTest::newRow(qPrintable(name)) << name;
    }

    void pages()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        const std::string origin = fixture.header("origin").toStdString();
        QVERIFY(!origin.empty());
        {
            Station closed;
            const auto answer = test::ask(closed.port(), wireOf(fixture, closed.port()));
            QVERIFY(answer);
            QCOMPARE(answer->status, 403);
            QVERIFY(!answer->hasHeader("access-control-allow-origin"));
            QCOMPARE(closed.collector().refusedOrigins().at(0).origin, origin);
            // A person allows it: from then on it may.
            QVERIFY(closed.collector().allowOrigin(origin));
            QVERIFY(test::ask(closed.port(), wireOf(fixture, closed.port()))->status < 300);
            QCOMPARE(closed.collector().refusedOrigins().size(), std::size_t(0));
            QCOMPARE(closed.stop().counter("http.origin.refused"), std::uint64_t(1));
        }
        Station open({origin});
        const auto answer = test::ask(open.port(), wireOf(fixture, open.port()));
        QVERIFY(answer);
        QCOMPARE(answer->header("access-control-allow-origin"), origin);
        QCOMPARE(answer->header("access-control-allow-credentials"), std::string("true"));
        const StoredContent content = open.stop();
        if (fixture.method == "OPTIONS") {
            QCOMPARE(answer->status, 204);
            QCOMPARE(answer->header("access-control-allow-headers"),
                     fixture.header("access-control-request-headers").toStdString());
            QCOMPARE(content.logRecords(), std::uint64_t(0));
        } else {
            QCOMPARE(answer->status, 200);
            QCOMPARE(content.logRecords(), expectedCount(fixture, "logs"));
        }
    }

    void secretsDoNotReachTheDisk()
    {
        Station station;
        const std::string body =
            R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"stride"}},)"
            R"({"key":"db.password","value":{"stringValue":"zauberwort-eins"}}]},"scopeLogs":[{"logRecords":[)"
            R"({"timeUnixNano":"1763625600000000000","eventName":"login","body":{"stringValue":"mail zauberwort-zwei@example.com"},)"
            R"("attributes":[{"key":"user.id","value":{"stringValue":"zauberwort-drei@example.com"}},)"
            R"({"key":"api_key","value":{"stringValue":"zauberwort-vier"}},)"
            R"({"key":"nested","value":{"kvlistValue":{"values":[{"key":"secret","value":{"stringValue":"zauberwort-acht"}}]}}},)"
            R"({"key":"exception.message","value":{"stringValue":"no such user zauberwort-neun@example.com"}}]}]}]}]})";
        QCOMPARE(
            test::ask(station.port(), postRequest(station.port(), "/v1/logs", "application/json", body))->status,
            200);
        const StoredContent content = station.stop();
        QCOMPARE(content.logRecords(), std::uint64_t(1));
        QCOMPARE(content.users.size(), std::size_t(1));
        QVERIFY(content.users.begin()->starts_with("user-"));
        for (const char *counter : {"redaction.key", "redaction.pattern", "redaction.user"})
            QVERIFY2(content.counter(counter) > 0, counter);
        for (const auto &entry : std::filesystem::directory_iterator(station.cache().parent_path())) {
            QFile file(QString::fromStdString(entry.path().string()));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("zauberwort"), entry.path().c_str());
        }
    }

    void aCacheHasOneWriter()
    {
        Station station;
        CollectorOptions options;
        options.cache = station.cache();
        options.http->port = 0;
        Collector second(options);
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, Error::Code::Busy);
        QVERIFY(started.error().message.find(std::to_string(getpid())) != std::string::npos);
        QVERIFY(!second.isRunning());
        // The same object works once the cache is free.
        station.collector().stop();
        QVERIFY(second.start());
        QVERIFY(second.httpPort() != 0);
    }
};

QTEST_APPLESS_MAIN(TestFixtureReplay)
#include "tst_fixturereplay.moc"
