// SPDX-License-Identifier: GPL-3.0-or-later
// Broken forms of the recorded requests of every protocol, over real sockets into the real program: it neither ends nor hangs, and
// after each hundred a good request is taken as if nothing had been.
//   TELLTALE_MUTATIONS=2000        of each protocol, instead of a few hundred
//   TELLTALE_MUTATION_SEED=11      another beginning; the n-th mutation of a seed is always the same
//   TELLTALE_MUTATION_FIRST=1624   not those before: what a failure named, alone
#include "tests/endtoend/hostiletarget.h"
#include "tests/endtoend/program.h"
#include "tests/endtoend/realbroker.h"
#include "tests/endtoend/station.h"
#include "tests/models/sources/grpc/grpcclient.h"
#include "tests/support/compress.h"
#include "tests/support/mutation.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkDatagram>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>
#include <QUrl>

#include <chrono>
#include <map>
#include <thread>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

constexpr int kHundred = 100;
constexpr auto kPatience = 60s; // sanitizers on a busy machine
constexpr auto kServices = "/opentelemetry.proto.collector.";

int numberFrom(const char *variable, int otherwise)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : otherwise;
}

QByteArray fixtureBytes(const char *name)
{
    QFile file(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read fixture %s", name);
    return file.readAll();
}

/// A recorded request whose parts can be changed.
struct Seed
{
    std::string name;
    Fixture fixture;
    std::string body; ///< unpacked
    bool isGood = false; ///< it is to be accepted
};

/// A value of a query or a form, changed where it means something: behind its percents.
std::string mutatedForm(const std::string &form, Mutation &mutation)
{
    QList<QByteArray> fields = QByteArray::fromStdString(form).split('&');
    QByteArray &field = fields[static_cast<qsizetype>(mutation.below(static_cast<std::size_t>(fields.size())))];
    const qsizetype equals = field.indexOf('=');
    QByteArray value = QByteArray::fromPercentEncoding(field.mid(equals + 1).replace('+', ' '));
    const auto unpacked = QByteArray::fromBase64Encoding(value, QByteArray::AbortOnBase64DecodingErrors);
    const bool isPacked = unpacked && unpacked.decoded.startsWith('{');
    value = QByteArray::fromStdString(mutation.of((isPacked ? unpacked.decoded : value).toStdString()));
    field = field.left(equals + 1) + (isPacked ? value.toBase64() : value).toPercentEncoding();
    return fields.join('&').toStdString();
}

/// The request with this path and body, packed as it was.
std::string wireWith(Fixture fixture, const std::string &body, std::uint16_t port)
{
    fixture.wireBody = QByteArray::fromStdString(fixture.header("content-encoding") == "gzip" ? gzipped(body) : body);
    for (auto &[key, value] : fixture.headers) {
        if (key.toLower() == "content-length")
            value = QByteArray::number(fixture.wireBody.size());
    }
    return wireOf(fixture, port);
}

/// One OTLP event with a number of its own, whatever the protocol under test is.
std::string honestEvent(int number)
{
    return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":"honest",)"
           R"("attributes":[{"key":"ledger.id","value":{"stringValue":"good )" +
           std::to_string(number) + R"("}}]}]}]}]})";
}

} // namespace

class TestMutations final : public QObject
{
    Q_OBJECT

    const int m_count = numberFrom("TELLTALE_MUTATIONS", 300);
    const int m_seed = numberFrom("TELLTALE_MUTATION_SEED", 7);
    const int m_first = numberFrom("TELLTALE_MUTATION_FIRST", 0);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::Collector> m_collector;
    std::uint16_t m_port = 0, m_grpcPort = 0;
    int m_honest = 0;

    Mutation mutation(int number) const { return Mutation(static_cast<std::uint32_t>(m_seed * 1'000'000 + number)); }
    QString cache() const { return m_collector->cache(); }

    void start(const QStringList &arguments = {})
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_collector = std::make_unique<test::Collector>(m_folder->filePath(QStringLiteral("cache.db")));
        m_honest = 0;
        QVERIFY(m_collector->start(arguments));
        m_port = static_cast<std::uint16_t>(QUrl(m_collector->endpoint()).port());
        m_grpcPort = static_cast<std::uint16_t>(QUrl(m_collector->grpcEndpoint()).port());
        qInfo("seed %d, %d mutations", m_seed, m_count);
    }
    /// The status of the answer; 0: there was none.
    static int statusOf(std::uint16_t port, const std::string &wire, bool isBroken = false)
    {
        RawClient client(port, "127.0.0.1", kPatience);
        client.send(wire); // an early refusal may stop it half-way
        if (isBroken)
            client.finishSending(); // what the head promised does not come
        const auto answer = client.receive();
        return answer ? answer->status : 0;
    }
    /// As a client does that was told to come again.
    static int statusAfterBusy(std::uint16_t port, const std::string &wire)
    {
        int status = 503;
        for (int attempt = 0; attempt < 20 && status == 503; ++attempt) {
            if (attempt > 0)
                std::this_thread::sleep_for(200ms);
            status = statusOf(port, wire);
        }
        return status;
    }
    /// The program is alive and stores.
    void takeHonest()
    {
        QCOMPARE(statusAfterBusy(m_port, postRequest(m_port, "/v1/logs", "application/json", honestEvent(++m_honest))), 200);
    }
    /// It ends as it should (a sanitizer's complaint is another exit code), and what it wrote is whole.
    void finish()
    {
        QVERIFY2(m_collector->stop(), m_collector->errors().constData());
        const StoredContent content = readCache(cache().toStdString(), "ledger.id");
        for (int number = 1; number <= m_honest; ++number) {
            const auto at = content.texts.find("good " + std::to_string(number));
            QVERIFY(at != content.texts.end() && at->second == 1);
        }
        const Outcome verified = runTelltale({QStringLiteral("verify"), cache()});
        QVERIFY2(verified.exitCode == 0, QByteArray(verified.output + verified.errors).constData());
    }

    std::vector<Seed> seedsOf(const QString &protocol) const;
    void sendMutated(const Seed &seed, int number, std::map<int, int> &statuses) const;

private Q_SLOTS:
    void cleanup()
    {
        if (QTest::currentTestFailed() && m_collector)
            qWarning("%s", m_collector->errors().constData());
        m_collector.reset();
        m_folder.reset();
    }

    void requests_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const char *protocol : {"otlp/json", "otlp/protobuf", "sentry", "posthog", "segment", "rudderstack", "aptabase", "countly", "amplitude",
                                     "mixpanel", "kuserfeedback", "kuserfeedback administration", "pushgateway"})
            QTest::newRow(protocol) << QString::fromLatin1(protocol);
    }
    void requests()
    {
        QFETCH(QString, protocol);
        const std::vector<Seed> seeds = seedsOf(protocol);
        std::vector<const Seed *> good;
        for (const Seed &seed : seeds) {
            if (seed.isGood)
                good.push_back(&seed);
        }
        QVERIFY(!good.empty());
        start();
        std::map<int, int> statuses;
        for (int number = m_first; number < m_first + m_count; ++number) {
            sendMutated(seeds[static_cast<std::size_t>(number) % seeds.size()], number, statuses);
            if (QTest::currentTestFailed())
                return;
            if ((number + 1) % kHundred != 0)
                continue;
            const Seed &seed = *good[static_cast<std::size_t>(number / kHundred) % good.size()];
            const int status = statusAfterBusy(m_port, wireOf(seed.fixture, m_port));
            QVERIFY2(status >= 200 && status < 300,
                     (seed.name + ": " + std::to_string(status) + " after " + std::to_string(number)).c_str());
            takeHonest();
        }
        QByteArray summary;
        for (const auto &[status, count] : statuses)
            summary += ' ' + QByteArray::number(status) + ": " + QByteArray::number(count);
        qInfo("answers%s", summary.constData());
        // Some are still good, others not; Countly's SDK would repeat for ever what is not answered with success.
        QVERIFY(statuses[200] > 0);
        QVERIFY(statuses.size() > 1 || protocol == QLatin1String("countly"));
        finish();
    }

    void grpc_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QStringList>("messages");
        const auto row = [](const char *signal, const char *service, const QStringList &messages) {
            QTest::newRow(signal) << QString::fromLatin1(service) << messages;
        };
        row("logs", "logs.v1.LogsService/Export", {QStringLiteral("otlp-js/03-logs-basic-proto"), QStringLiteral("otlp-js/09-nested-edge-proto")});
        row("traces", "trace.v1.TraceService/Export", {QStringLiteral("otlp-js/28-limits-traces-proto-gzip"), QStringLiteral("crafted/13-traces-odd-proto")});
        row("metrics", "metrics.v1.MetricsService/Export",
            {QStringLiteral("otlp-js/24-collect-1-metrics-delta-proto"), QStringLiteral("crafted/01-metrics-summary-exemplars-proto")});
    }
    /// Messages in whole calls, and the bytes of a connection: frames, header tables, settings.
    void grpc()
    {
        QFETCH(QString, service);
        QFETCH(QStringList, messages);
        const std::string path = kServices + service.toStdString();
        std::vector<std::string> calls;
        for (const QString &name : messages)
            calls.push_back(lengthPrefixed(loadFixture(name).body().value()));
        const std::string wire = fixtureBytes("otlp-js/06-wire-grpc.bin").toStdString(); // of logs
        const bool hasWire = service.startsWith(QLatin1String("logs"));
        start();
        std::map<std::string, int> statuses;
        for (int number = m_first; number < m_first + m_count; ++number) {
            Mutation change = mutation(number);
            if (number % 2 == 0 || !hasWire) {
                GrpcClient client(m_grpcPort);
                const std::string &call = calls[static_cast<std::size_t>(number / 2) % calls.size()];
                // Behind its length, so that mostly the message is meant; the length itself now and then.
                const bool isWhole = change.below(5) == 0;
                std::string message = isWhole ? change.of(call) : change.of(call.substr(5));
                if (!isWhole)
                    message = lengthPrefixed(message);
                const GrpcAnswer answer = client.call(path, message);
                QVERIFY2(answer.isComplete, QByteArray::number(number).constData());
                ++statuses[answer.status()];
            } else {
                RawClient client(m_grpcPort, "127.0.0.1", kPatience);
                QVERIFY(client.isConnected());
                constexpr std::size_t kPreface = 24;
                const bool isPrefaceMeant = change.below(10) == 0;
                client.send(isPrefaceMeant ? change.of(wire) : wire.substr(0, kPreface) + change.of(wire.substr(kPreface)));
                client.finishSending();
                QVERIFY2(client.waitForClose(), QByteArray::number(number).constData());
            }
            if ((number + 1) % kHundred == 0) {
                GrpcClient client(m_grpcPort);
                QCOMPARE(client.call(path, calls[static_cast<std::size_t>(number / kHundred) % calls.size()]).status(), std::string("0"));
                takeHonest();
            }
        }
        QVERIFY(statuses["0"] > 0);
        QVERIFY(statuses.size() > 1);
        finish();
    }

    /// Nothing answers here; that the good line was counted shows that it came through.
    void statsd()
    {
        start();
        const QUrl url(m_collector->ready().value(QStringLiteral("statsd")).toString());
        const auto port = static_cast<quint16>(url.port());
        QUdpSocket socket;
        const QByteArray lines[] = {"stride.opens:1|c|@0.5|#plan:pro,country:de", "stride.load:187.5|ms", "stride.active:12|g\nstride.active:-3|g",
                                    "stride.users:u-1|s", "_e{5,4}:title|text|t:warning|#a:b", "_sc|stride.api|0|d:1763625600|h:host|#a:b|m:ok",
                                    "stride.size:1:2:3|d|#a:b|c:ci-7|T1763625600"};
        for (int number = m_first; number < m_first + m_count; ++number) {
            Mutation change = mutation(number);
            const std::string datagram = change.of(lines[static_cast<std::size_t>(number) % std::size(lines)].toStdString());
            socket.writeDatagram(QByteArray::fromStdString(datagram), QHostAddress::LocalHost, port);
            if ((number + 1) % kHundred != 0)
                continue;
            const QString metric = QStringLiteral("good.line.%1").arg(number);
            socket.writeDatagram((metric + QStringLiteral(":1|c")).toLatin1(), QHostAddress::LocalHost, port);
            QTRY_COMPARE_WITH_TIMEOUT(pointsOf(metric), 1, 60'000);
            takeHonest();
        }
        finish();
    }

    void mqtt()
    {
        if (RealBroker::program().isEmpty())
            QSKIP("mosquitto is not installed; resources/packages-tests.txt names it");
        QTemporaryDir folder;
        RealBroker broker(folder.filePath(QStringLiteral("broker")));
        QVERIFY(broker.start());
        start({QStringLiteral("--mqtt"), broker.url() + QStringLiteral("/stride/#")});
        // Until the subscription stands.
        QTRY_VERIFY_WITH_TIMEOUT(broker.publish(QStringLiteral("stride/before"), {"1"}, 1) && pointsOf(QStringLiteral("stride/before")) > 0, 60'000);
        const QByteArray payloads[] = {R"({"event":"Opened","user":"u","session":"s","attributes":{"plan":"pro","n":[1,2]}})", R"({"bpm":142,"t":1763625600000})",
                                       R"([{"metric":"load","value":1.5},{"metric":"load","value":2}])", "21.5", R"({"error":"SyncError","message":"no","stack":"a\nb"})"};
        QList<QByteArray> batch;
        for (int number = m_first; number < m_first + m_count; ++number) {
            Mutation change = mutation(number);
            batch.append(QByteArray::fromStdString(change.of(payloads[static_cast<std::size_t>(number) % std::size(payloads)].toStdString())));
            if (batch.size() < kHundred)
                continue;
            QVERIFY(broker.publish(QStringLiteral("stride/changed"), batch, 1));
            batch.clear();
            const QString metric = QStringLiteral("stride/good/%1").arg(number);
            QVERIFY(broker.publish(metric, {"7"}, 1));
            QTRY_COMPARE_WITH_TIMEOUT(pointsOf(metric), 1, 60'000);
            takeHonest();
        }
        finish();
    }

    /// Answers of a target that is scraped. The good one beside it is read all the time.
    void scrape()
    {
        constexpr int kHostile = 20;
        HostileTarget target([this](int number) { return mutation(number); }, m_first, m_count);
        start(target.arguments(kHostile));
        for (int hundred = kHundred; hundred <= m_count; hundred += kHundred) {
            QTRY_VERIFY_WITH_TIMEOUT(target.given() >= hundred, 120'000);
            const QString metric = QStringLiteral("good_after_%1").arg(hundred);
            target.setMetric(metric.toLatin1());
            QTRY_VERIFY_WITH_TIMEOUT(pointsOf(metric) > 0, 60'000);
            takeHonest();
        }
        finish();
    }

private:
    static std::string lengthPrefixed(const std::string &message)
    {
        std::string framed(1, '\0');
        for (const int shift : {24, 16, 8, 0})
            framed += static_cast<char>(message.size() >> shift & 0xff);
        return framed + message;
    }
    qint64 pointsOf(const QString &metric) const
    {
        return counted(rowsOf(cache(), {QStringLiteral("metrics"), QStringLiteral("--limit"), QStringLiteral("100000")}),
                       QStringLiteral("metric"), QStringLiteral("points"))
            .value(metric);
    }
};

std::vector<Seed> TestMutations::seedsOf(const QString &protocol) const
{
    std::vector<Seed> seeds;
    if (protocol == QLatin1String("kuserfeedback administration")) {
        const QJsonArray exchanges =
            QJsonDocument::fromJson(fixtureBytes("kuserfeedback/05-admin-api-exchange.json")).object()[u"exchanges"].toArray();
        for (const QJsonValue &exchange : exchanges) {
            const QJsonObject request = exchange[u"request"].toObject();
            Fixture fixture;
            fixture.method = request[u"method"].toString().toUtf8();
            fixture.path = request[u"path"].toString().toUtf8();
            fixture.wireBody = request[u"body"].toString().toUtf8();
            fixture.headers = {{"Host", ""}, {"Content-Type", "application/json"}, {"Authorization", "Basic YWRtaW46Z2VoZWlt"},
                               {"Content-Length", QByteArray::number(fixture.wireBody.size())}};
            // Once there, a product can not be added again.
            seeds.push_back({fixture.path.toStdString(), fixture, fixture.wireBody.toStdString(), fixture.path.endsWith("check_schema")});
        }
        return seeds;
    }
    static const QMap<QString, QStringList> folders = {
        {QStringLiteral("sentry"), {QStringLiteral("sentry-node-11"), QStringLiteral("sentry-node-7"), QStringLiteral("sentry-python-1.9"), QStringLiteral("crafted-others")}},
        {QStringLiteral("segment"), {QStringLiteral("segment-node"), QStringLiteral("crafted-others")}},
        {QStringLiteral("rudderstack"), {QStringLiteral("rudder-node")}},
        {QStringLiteral("posthog"), {QStringLiteral("posthog-node")}},
        {QStringLiteral("aptabase"), {QStringLiteral("aptabase-web")}},
        {QStringLiteral("countly"), {QStringLiteral("countly-node"), QStringLiteral("countly-node-more")}},
        {QStringLiteral("amplitude"), {QStringLiteral("amplitude-node")}},
        {QStringLiteral("mixpanel"), {QStringLiteral("mixpanel-node"), QStringLiteral("mixpanel-node-more")}},
        {QStringLiteral("kuserfeedback"), {QStringLiteral("kuserfeedback")}},
        {QStringLiteral("pushgateway"), {QStringLiteral("prometheus-pushgateway")}}};
    const QStringList otlp{QStringLiteral("otlp-js"), QStringLiteral("crafted")};
    constexpr std::size_t kLargest = 64 * 1024;
    for (const QString &name : httpFixtureNames(folders.value(protocol, otlp))) {
        const Fixture fixture = loadFixture(name);
        const auto body = fixture.body(1 << 20);
        const bool isOtherOtlp = protocol.startsWith(QLatin1String("otlp")) && fixture.isJson() != protocol.endsWith(QLatin1String("json"));
        const bool isOtherCrafted = name.startsWith(QLatin1String("crafted-others")) && !name.contains(protocol);
        if (body && body->size() <= kLargest && !isOtherOtlp && !isOtherCrafted)
            seeds.push_back({name.toStdString(), fixture, *body, fixture.expectedStatus().first() < 300});
    }
    return seeds;
}

/// Mostly what is said, now and then the bytes on the wire or the head.
void TestMutations::sendMutated(const Seed &seed, int number, std::map<int, int> &statuses) const
{
    Mutation change = mutation(number);
    const std::string what = seed.name + ", mutation " + std::to_string(number);
    Fixture fixture = seed.fixture;
    const std::size_t kind = change.below(10);
    if (kind == 0) { // the head; any answer will do, and so will none: the connection ends
        const std::string wire = wireOf(fixture, m_port);
        const std::size_t end = wire.find("\r\n\r\n");
        RawClient client(m_port, "127.0.0.1", kPatience);
        QVERIFY2(client.isConnected(), what.c_str());
        client.send(change.of(wire.substr(0, end)) + wire.substr(end));
        client.finishSending();
        QVERIFY2(client.waitForClose(), what.c_str());
        return;
    }
    std::string wire;
    const qsizetype question = fixture.path.indexOf('?');
    if (!seed.body.empty() && kind == 1) {
        Fixture damaged = fixture;
        damaged.wireBody = QByteArray::fromStdString(change.of(fixture.wireBody.toStdString()));
        for (auto &[key, value] : damaged.headers) {
            if (key.toLower() == "content-length")
                value = QByteArray::number(damaged.wireBody.size());
        }
        wire = wireOf(damaged, m_port);
    } else if (!seed.body.empty()) {
        const bool isForm = fixture.header("content-type").startsWith("application/x-www-form-urlencoded");
        wire = wireWith(fixture, isForm && kind < 7 ? mutatedForm(seed.body, change) : change.of(seed.body), m_port);
    } else if (question >= 0) {
        fixture.path = fixture.path.left(question + 1) + QByteArray::fromStdString(mutatedForm(fixture.path.mid(question + 1).toStdString(), change));
        wire = wireOf(fixture, m_port);
    } else { // a name in the path
        fixture.path = '/' + QByteArray::fromStdString(change.of(fixture.path.mid(1).toStdString())).toPercentEncoding("/");
        wire = wireOf(fixture, m_port);
    }
    const int status = statusOf(m_port, wire);
    const bool isAnswered = (status >= 200 && status < 300) || (status >= 400 && status < 500) || status == 503;
    QVERIFY2(isAnswered, (what + ": status " + std::to_string(status)).c_str());
    ++statuses[status];
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
