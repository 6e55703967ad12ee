// SPDX-License-Identifier: GPL-3.0-or-later
// Every recorded request of the protocols beside OTLP, byte for byte over real sockets into a real cache.
#include "models/analysis/engine.h"
#include "tests/endtoend/station.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

const QStringList kFolders = {
    QStringLiteral("sentry-node-11"), QStringLiteral("sentry-python-1.9"), QStringLiteral("posthog-node"),
    QStringLiteral("segment-node"),   QStringLiteral("aptabase-web"),      QStringLiteral("countly-node"),
    QStringLiteral("amplitude-node"), QStringLiteral("mixpanel-node"),     QStringLiteral("kuserfeedback"),
    QStringLiteral("crafted-others"), QStringLiteral("prometheus-pushgateway"), QStringLiteral("rudder-node"),
    QStringLiteral("sentry-node-7"),  QStringLiteral("countly-node-more"), QStringLiteral("mixpanel-node-more")};

std::uint64_t countOf(const Fixture &fixture, std::initializer_list<const char *> keys)
{
    const QJsonObject counts = fixture.expected.value(QStringLiteral("counts")).toObject();
    std::uint64_t sum = 0;
    for (const char *key : keys)
        sum += static_cast<std::uint64_t>(counts.value(QLatin1String(key)).toInteger());
    return sum;
}

/// Messages count each call; without that figure the calls are named one by one.
std::uint64_t messagesOf(const Fixture &fixture)
{
    const std::uint64_t all = countOf(fixture, {"messages"});
    return all > 0 ? all : countOf(fixture, {"events", "views", "track"});
}

std::uint64_t records(const StoredContent &content)
{
    return content.kind(RecordKind::UsageEvent) + content.kind(RecordKind::ScreenView) +
           content.kind(RecordKind::Error) + content.kind(RecordKind::Log);
}

} // namespace

class TestProtocolReplay final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = httpFixtureNames(kFolders);
        QVERIFY(names.size() >= 40);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void requests()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        Station station;
        const auto [status, body] = station.send(fixture);
        const bool isDelete = fixture.method == "DELETE";
        QVERIFY2(fixture.expectedStatus().contains(status) || (isDelete && status == 202),
                 (std::to_string(status) + body).c_str());
        const StoredContent content = station.stop();
        if (status >= 400) {
            QCOMPARE(records(content), std::uint64_t(0));
            QVERIFY2(!content.counters.empty(), "what is refused is counted");
            return;
        }
        if (fixture.isPartOfStep())
            return; // the whole step is looked at below
        QCOMPARE(content.kind(RecordKind::Error), errorsOf(fixture));
        if (name.startsWith(QStringLiteral("sentry-node"))) {
            QCOMPARE(content.kind(RecordKind::Span), countOf(fixture, {"transactions", "spans"}));
            QCOMPARE(content.kind(RecordKind::MetricPoint), countOf(fixture, {"metrics"}));
            QCOMPARE(content.kind(RecordKind::Log) + content.kind(RecordKind::SessionBound),
                     countOf(fixture, {"logs", "messages", "attachments", "feedback", "sessionUpdates"}));
        } else if (messagesOf(fixture) > 0) {
            QCOMPARE(records(content), messagesOf(fixture));
        }
        const QJsonObject names = fixture.expected.value(QStringLiteral("names")).toObject();
        for (auto it = names.begin(); it != names.end(); ++it) {
            const QString sent = it.key().section(QLatin1Char(':'), 0, 0); // "screen:workout_player"
            QVERIFY2(content.names.contains(sent.toStdString()), qPrintable(it.key()));
        }
        for (const QJsonValue &session : fixture.expected.value(QStringLiteral("sessions")).toArray()) {
            if (session.isString())
                QVERIFY2(content.sessions.contains(session.toString().toStdString()), qPrintable(session.toString()));
        }
        for (const QJsonValue &user : fixture.expected.value(QStringLiteral("users")).toArray())
            QVERIFY2(content.users.contains(user.toString().toStdString()), qPrintable(user.toString()));
        QVERIFY2(!content.users.contains("anon-1"), "who was anon-1 said so in the same request");
    }

    void everythingTwice()
    {
        // As a client does whose answers got lost.
        std::uint64_t once = 0;
        for (const int passes : {1, 2}) {
            Station station;
            for (int pass = 0; pass < passes; ++pass) {
                for (const QString &name : httpFixtureNames(kFolders)) {
                    // Two installs may send the same, and so may one, where nothing says when or which it is.
                    if (!name.startsWith(QStringLiteral("kuserfeedback")) && !name.startsWith(QStringLiteral("mixpanel-node-more")))
                        station.send(loadFixture(name));
                }
            }
            const StoredContent content = station.stop();
            if (passes == 1)
                once = records(content) + content.kind(RecordKind::Span);
            else
                QCOMPARE(records(content) + content.kind(RecordKind::Span), once);
        }
        QVERIFY(once > 70);
    }

    void aMessageAgainInAnotherRequest()
    {
        // Segment's SDK repeats the same messages under another sentAt; PostHog's may put them into another batch.
        Station station;
        Fixture fixture = loadFixture(QStringLiteral("segment-node/01-all-calls"));
        QCOMPARE(station.send(fixture).first, 200);
        QByteArray again = fixture.wireBody;
        again.insert(1, "\"again\":true,");
        fixture.wireBody = again;
        for (auto &[key, value] : fixture.headers) {
            if (key.toLower() == "content-length")
                value = QByteArray::number(again.size());
        }
        QCOMPARE(station.send(fixture).first, 200);
        const StoredContent content = station.stop();
        QCOMPARE(records(content), std::uint64_t(6));
        QCOMPARE(content.counter("ingest.repeat.message"), std::uint64_t(6));
        QCOMPARE(content.duplicates, std::uint64_t(6));
    }

    void aStepOfTwoRequests()
    {
        Station station;
        QCOMPARE(station.send(loadFixture(QStringLiteral("sentry-node-11/05-session-errored-1of2"))).first, 200);
        QCOMPARE(station.send(loadFixture(QStringLiteral("sentry-node-11/06-session-errored-2of2"))).first, 200);
        const StoredContent content = station.stop();
        QCOMPARE(content.kind(RecordKind::Error), std::uint64_t(1));
        QCOMPARE(content.kind(RecordKind::Log), std::uint64_t(1));
    }

    void eventsLieInTheSessionTheirUserHasOpen()
    {
        // Sentry sends both apart, and either may come first.
        for (const bool isSessionFirst : {true, false}) {
            Station station;
            const Fixture logs = loadFixture(QStringLiteral("sentry-node-11/10-logs"));
            Fixture session = loadFixture(QStringLiteral("sentry-node-11/04-session-start"));
            session.wireBody = R"({"sent_at":"2026-11-22T11:36:53Z"}
{"type":"session"}
{"sid":"1176c17fd4e14eb79ccbc36faedfc6e3","init":true,"started":"2026-11-22T11:36:52Z","timestamp":"2026-11-22T11:36:53Z","status":"exited","errors":0,"did":"user-1000","attrs":{"release":"stride@4.1.0"}})";
            QCOMPARE(station.send(isSessionFirst ? session : logs).first, 200);
            QCOMPARE(station.send(isSessionFirst ? logs : session).first, 200);
            station.stop();
            const auto engine = openCacheEngine(station.cache());
            QVERIFY(engine);
            const auto sessions = (*engine)->sessions({}, false, {});
            QVERIFY(sessions);
            QCOMPARE(sessions->value.rows.size(), std::size_t(1));
            QCOMPARE(sessions->value.rows[0].session, std::string("1176c17fd4e14eb79ccbc36faedfc6e3"));
            QVERIFY(!sessions->value.rows[0].isDerived);
            QCOMPARE((*engine)->totals({}, {})->value.logs, std::uint64_t(6));
        }
    }

    void clientsOwnLosses()
    {
        Station station;
        QCOMPARE(station.send(loadFixture(QStringLiteral("sentry-node-11/13-client-report"))).first, 200);
        QCOMPARE(station.stop().dropped, std::uint64_t(2));
    }

    void answersThatSdksInsistOn_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *name, const char *key, const QJsonValue &value) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(key) << value;
        };
        row("countly-node/02-events", "result", QStringLiteral("Success"));
        row("posthog-node/01-batch-mixed", "status", QStringLiteral("Ok"));
        row("segment-node/01-all-calls", "success", true);
        row("amplitude-node/01-events", "code", 200);
        row("sentry-node-11/01-error-chain", "id", QStringLiteral("e75c689af70b481ca6804420e092a190"));
        row("kuserfeedback/03-submission-basic-4.0.0", "surveys", QJsonArray());
    }

    void answersThatSdksInsistOn()
    {
        QFETCH(QString, name);
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        Station station;
        const auto [status, body] = station.send(loadFixture(name));
        QCOMPARE(status, 200);
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(body)).object().value(key), value);
    }

private:
    static std::uint64_t errorsOf(const Fixture &fixture)
    {
        std::uint64_t errors = 0;
        const QJsonObject types = fixture.expected.value(QStringLiteral("errors")).toObject();
        for (const QJsonValue &count : types)
            errors += static_cast<std::uint64_t>(count.toInteger());
        if (fixture.name.startsWith(QStringLiteral("sentry-python-1.9/01")))
            return 1; // its file says nothing of counts
        return errors > 0 ? errors : countOf(fixture, {"errors", "crashes"});
    }
};

QTEST_GUILESS_MAIN(TestProtocolReplay)
#include "tst_protocolreplay.moc"
