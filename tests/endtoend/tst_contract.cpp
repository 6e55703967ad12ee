// SPDX-License-Identifier: GPL-3.0-or-later
// What the contract says of protocols, request by request, where the recordings show only one form of several.
#include "models/analysis/engine.h"
#include "tests/endtoend/station.h"
#include "tests/support/compress.h"
#include "tests/support/rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

using Kinds = std::map<RecordKind, std::uint64_t>;

/// {"resourceSpans":...} with these spans.
std::string spansOf(const std::string &spans)
{
    return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"stride"}}]},"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

/// A span with an exception in it; `id` is one hex digit.
std::string span(char id, int kind = 1)
{
    return R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":")" + std::string(16, id) + R"(","name":"op","kind":)" + std::to_string(kind) +
           R"(,"startTimeUnixNano":"1795161600000000000","endTimeUnixNano":"1795161601000000000","events":[{"name":"exception","timeUnixNano":)"
           R"("1795161600500000000","attributes":[{"key":"exception.type","value":{"stringValue":"IOError"}}]}]})";
}

/// An envelope with one item.
std::string envelope(const std::string &type, const std::string &payload, const std::string &header = "{}")
{
    return header + "\n{\"type\":\"" + type + "\"}\n" + payload + '\n';
}

std::string session(const std::string &id, const std::string &status, bool isInit)
{
    return envelope("session", R"({"sid":")" + id + R"(","init":)" + (isInit ? "true" : "false") + R"(,"started":"2026-11-20T08:00:00Z","timestamp":"2026-11-20T08:00:3)" +
                                   (isInit ? "0" : "5") + R"(Z","status":")" + status + R"(","errors":0,"did":"user )" + id +
                                   R"(","attrs":{"release":"stride@5.0.0","environment":"production"}})");
}

} // namespace

class TestContract final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Station> m_station;

    RawAnswer post(const std::string &path, const std::string &body, const std::string &contentType = "application/json",
                   const std::string &headers = {}) const
    {
        return ask(m_station->port(), postRequest(m_station->port(), path, contentType, body, headers)).value_or(RawAnswer());
    }
    Kinds kindsAfterAll() const { return m_station->stop().kinds; }

private Q_SLOTS:
    void init() { m_station = std::make_unique<Station>(); }
    void cleanup() { m_station.reset(); }

    /// "Deduplicate by id: ... spans by trace id + span id": also in a request that is packed otherwise.
    void aSpanInTwoRequestsIsOne()
    {
        QCOMPARE(post("/v1/traces", spansOf(span('1') + ',' + span('2'))).status, 200);
        QCOMPARE(post("/v1/traces", spansOf(span('2') + ',' + span('3'))).status, 200);
        // The two ends of a call may have one id; within a request it is one, too.
        QCOMPARE(post("/v1/traces", spansOf(span('3', 2) + ',' + span('4') + ',' + span('4'))).status, 200);
        const StoredContent content = m_station->stop();
        QCOMPARE(content.kind(RecordKind::Span), std::uint64_t(5));
        QCOMPARE(content.kind(RecordKind::Error), std::uint64_t(5)); // what happened in them goes with them
        QCOMPARE(content.counter("ingest.repeat.message"), std::uint64_t(2));
        QCOMPARE(content.duplicates, std::uint64_t(2));
    }

    /// "crash-free rate = 1 - crashed/total", whether or not the crash itself was sent as an event.
    void crashedSessions()
    {
        for (const char *status : {"exited", "crashed", "abnormal", "ok"}) {
            QCOMPARE(post("/api/42/envelope/", session(status, "ok", true), {}).status, 200);
            QCOMPARE(post("/api/42/envelope/", session(status, status, false), {}).status, 200);
        }
        m_station->stop();
        const auto engine = openCacheEngine(m_station->cache());
        QVERIFY(engine);
        for (const PlanChoice plan : {PlanChoice::Automatic, PlanChoice::Scan}) {
            Scope scope;
            scope.plan = plan;
            const auto releases = (*engine)->releases(scope, {});
            QVERIFY(releases);
            QCOMPARE(releases->value.size(), std::size_t(1));
            QCOMPARE(releases->value[0].sessions, std::uint64_t(4));
            QCOMPARE(releases->value[0].crashedSessions, std::uint64_t(1));
            QCOMPARE(releases->value[0].crashFreeSessions.value(), 0.75);
            const auto totals = (*engine)->totals(scope, {});
            QVERIFY(totals);
            QCOMPARE(totals->value.errors, std::uint64_t(0)); // it is no error more
        }
    }

    /// A report names the event that it is about: it is no repeat of that event, nor the other way round.
    void aReportAboutAnEvent()
    {
        const std::string event = R"({"event_id":"e75c689af70b481ca6804420e092a190","timestamp":1795161600,"exception":{"values":[{"type":"A","value":"b"}]}})";
        const std::string report = R"({"event_id":"e75c689af70b481ca6804420e092a190","name":"K","comments":"it broke"})";
        QCOMPARE(post("/api/42/envelope/", envelope("event", event), {}).status, 200);
        QCOMPARE(post("/api/42/envelope/", envelope("user_report", report), {}).status, 200);
        QCOMPARE(kindsAfterAll(), (Kinds{{RecordKind::Error, 1}, {RecordKind::Log, 1}}));
    }

    /// An address that the server should fill in is nobody.
    void nobody()
    {
        const std::string event = R"({"timestamp":1795161600,"exception":{"values":[{"type":"A","value":"b"}]},"user":{"ip_address":"{{auto}}"}})";
        QCOMPARE(post("/api/42/envelope/", envelope("event", event), {}).status, 200);
        const std::string known = R"({"timestamp":1795161600,"exception":{"values":[{"type":"A","value":"b"}]},"user":{"id":"u","ip_address":"{{auto}}"}})";
        QCOMPARE(post("/api/42/envelope/", envelope("event", known), {}).status, 200);
        QCOMPARE(m_station->stop().users, std::set<std::string>{"u"});
    }

    /// "Relay also accepts gzip, deflate, br": newer SDKs for Python send br.
    void codingsOfSentry_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("body");
        const std::string body = envelope("event", R"({"event_id":"e1","timestamp":1795161600,"message":"packed","level":"info"})", R"({"event_id":"e1"})");
        const auto row = [](const char *coding, const std::string &packed) { QTest::newRow(coding) << QByteArray(coding) << QByteArray::fromStdString(packed); };
        row("gzip", gzipped(body));
        row("deflate", zlibbed(body));
        row("br", brotlied(body));
        row("zstd", zstandard(body));
    }
    void codingsOfSentry()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, body);
        const RawAnswer answer = post("/api/42/envelope/", body.toStdString(), "application/x-sentry-envelope", "Content-Encoding: " + coding.toStdString() + "\r\n");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string(R"({"id":"e1"})"));
        QVERIFY(!answer.hasHeader("retry-after") && !answer.hasHeader("x-sentry-rate-limits"));
        QCOMPARE(kindsAfterAll(), (Kinds{{RecordKind::Log, 1}}));
    }

    /// Requests that other versions of SDKs make than those that were recorded, and what these want to hear.
    void otherVersions_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("name"); // of the one record
        const auto row = [](const char *title, const char *path, const char *contentType, const QByteArray &body, const char *answer, const char *name) {
            QTest::newRow(title) << QByteArray(path) << QByteArray(contentType) << body << QByteArray(answer) << QByteArray(name);
        };
        constexpr auto kForm = "application/x-www-form-urlencoded";
        const QByteArray mixpanel = R"([{"event":"Opened","properties":{"token":"t","distinct_id":"u","time":1795161600}}])";
        row("Mixpanel, Python: JSON, verbose in the form", "/track", kForm, "data=" + mixpanel.toPercentEncoding() + "&verbose=1&ip=0", R"({"status":1,"error":null})", "Opened");
        row("Mixpanel, Ruby: base64, verbose in the form", "/track", kForm, "data=" + mixpanel.toBase64().toPercentEncoding() + "&verbose=1", R"({"status":1,"error":null})", "Opened");
        row("Mixpanel, browser: verbose in the query", "/track/?verbose=1&ip=1&_=1", kForm, "data=" + mixpanel.toPercentEncoding(), R"({"status":1,"error":null})", "Opened");
        row("Mixpanel, telephones: JSON as it is", "/track?ip=1", "application/json", mixpanel, "1", "Opened");
        row("Mixpanel, import", "/import?strict=1", "application/json", mixpanel, R"({"code":200,"num_records_imported":1,"status":"OK"})", "Opened");
        const QByteArray segment = R"("userId":"u","messageId":"m","timestamp":"2026-11-20T08:00:00Z")";
        row("Segment, browser in batches", "/v1/b", "text/plain", R"({"writeKey":"k","batch":[{"type":"track","event":"Opened",)" + segment + "}]}", R"({"success":true})", "Opened");
        row("RudderStack, beacon", "/beacon/v1/batch?writeKey=k", "text/plain;charset=UTF-8", R"({"batch":[{"type":"track","event":"Opened",)" + segment + "}]}", R"({"success":true})",
            "Opened");
        row("Segment, a page without a name", "/v1/page", "application/json", "{" + segment + "}", R"({"success":true})", "page");
        const QByteArray amplitude = R"([{"event_type":"Opened","user_id":"u","device_id":"d","timestamp":1795161600000,"uuid":"i","library":{"name":"amplitude-js","version":"8.21.9"}}])";
        row("Amplitude, JavaScript 8", "/httpapi", kForm, "client=k&e=" + amplitude.toPercentEncoding() + "&v=2&upload_time=1&checksum=x", "success", "Opened");
        row("Amplitude, HTTP 1", "/httpapi", kForm, "api_key=k&event=" + amplitude.mid(1, amplitude.size() - 2).toPercentEncoding(), "success", "Opened");
        row("PostHog, browser with offset", "/e/?ip=1&_=1&ver=1.96", "application/json", R"([{"event":"Opened","offset":2000,"properties":{"token":"k","distinct_id":"u"}}])", R"({"status":"Ok"})",
            "Opened");
        row("PostHog, Python 1", "/batch/", "application/json",
            R"({"api_key":"k","sentAt":"2026-11-20T08:00:00Z","batch":[{"event":"Opened","distinct_id":"u","messageId":"m","timestamp":"2026-11-20T08:00:00.123456+00:00","properties":{}}]})",
            R"({"status":"Ok"})", "Opened");
        row("Countly, POST in the body", "/i", kForm, "app_key=k&device_id=d&timestamp=1795161600000&events=" + QByteArray(R"([{"key":"Opened","count":1}])").toPercentEncoding(),
            R"({"result":"Success"})", "Opened");
    }
    void otherVersions()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, name);
        const RawAnswer heard = post(path.toStdString(), body.toStdString(), contentType.toStdString());
        QCOMPARE(heard.status, 200);
        QCOMPARE(heard.body, answer.toStdString());
        const StoredContent content = m_station->stop();
        QCOMPARE(content.names, (std::map<std::string, std::uint64_t>{{name.toStdString(), 1}}));
        const bool isPage = name == "page";
        QCOMPARE(content.kind(isPage ? RecordKind::ScreenView : RecordKind::UsageEvent), std::uint64_t(1));
        QVERIFY(content.users.contains("u") || content.users.contains("d"));
    }

    /// The same message in another request, known by the id that this version gives it.
    void otherIds()
    {
        for (const char *sentAt : {"1", "2"}) {
            QCOMPARE(post("/batch/", std::string(R"({"api_key":"k","sentAt":)") + sentAt + R"(,"batch":[{"event":"A","distinct_id":"u","messageId":"m"}]})").status, 200);
            const std::string e = R"(%5B%7B%22event_type%22%3A%22B%22%2C%22device_id%22%3A%22d%22%2C%22uuid%22%3A%22i%22%7D%5D)";
            QCOMPARE(post("/httpapi", std::string("client=k&upload_time=") + sentAt + "&e=" + e, "application/x-www-form-urlencoded").status, 200);
        }
        QCOMPARE(kindsAfterAll(), (Kinds{{RecordKind::UsageEvent, 2}}));
    }

    /// Somebody does the same twice: where neither an id nor a time tells them apart, both count.
    void theSameTwice()
    {
        const std::string timeless = R"({"event":"Opened","properties":{"token":"t","distinct_id":"u"}})";
        const std::string timed = R"({"event":"Closed","properties":{"token":"t","distinct_id":"u","time":1795161600}})";
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(post("/track", timeless).status, 200);
            QCOMPARE(post("/track", timed).status, 200);
        }
        QCOMPARE(m_station->stop().names, (std::map<std::string, std::uint64_t>{{"Closed", 1}, {"Opened", 2}}));
    }

    /// How long ago it was, for those who do not say when.
    void offsets()
    {
        QCOMPARE(post("/e/", R"([{"event":"A","offset":60000,"properties":{"token":"k","distinct_id":"u"}},{"event":"B","offset":-5,"properties":{"token":"k","distinct_id":"u"}}])").status, 200);
        m_station->stop();
        const auto engine = openCacheEngine(m_station->cache());
        QVERIFY(engine);
        const auto sessions = (*engine)->sessions({}, false, {});
        QVERIFY(sessions);
        QCOMPARE(sessions->value.rows.size(), std::size_t(1));
        QCOMPARE((sessions->value.rows[0].end - sessions->value.rows[0].start).count(), std::int64_t(60'000'000'000)); // B came now
    }
};

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
