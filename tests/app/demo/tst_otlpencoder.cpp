// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demosummary.h"
#include "app/demo/otlpencoder.h"
#include "app/demo/simulation.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "models/telemetry/timeformat.h"
#include "resources/stride/stridescenario.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <set>

using namespace telltale;

// What the demo says it sent is what the product's own decoder reads.
class TestOtlpEncoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingGivesNoRequest() { QVERIFY(demo::encodeOtlp({}, "scope", "1").empty()); }

    void theDecoderReadsWhatTheSummaryCounts()
    {
        const auto scenario = demo::Scenario::parse(strideScenarioJson());
        QVERIFY(scenario);
        const Instant epoch = parseRfc3339("2026-11-22T12:00:00Z").value_or(Instant::min());
        demo::Simulation simulation(*scenario, {5, 2000, epoch, epoch, 20});
        const auto records = simulation.sessionsStarting({epoch - std::chrono::minutes(40), epoch});
        QVERIFY(records.size() > 5000);
        demo::DemoSummary summary;
        summary.count(records);
        const QJsonObject said =
            QJsonDocument::fromJson(QByteArray::fromStdString(summary.json({}, epoch, epoch))).object();

        std::map<RecordKind, int> kinds;
        std::map<std::string, int> features, screens, errors;
        std::set<std::string> sessions, users;
        for (const demo::OtlpRequest &request :
             demo::encodeOtlp(records, scenario->scopeName, scenario->scopeVersion)) {
            const OtlpSignal signal = request.path == "/v1/logs"     ? OtlpSignal::Logs
                                      : request.path == "/v1/traces" ? OtlpSignal::Traces
                                                                     : OtlpSignal::Metrics;
            RecordBatch batch;
            DecodeReport report;
            const auto decoded =
                decodeOtlp(signal, OtlpEncoding::Protobuf, request.body, {epoch}, batch, report);
            QVERIFY2(decoded, decoded ? "" : decoded.error().message.c_str());
            QCOMPARE(report.rejected, std::uint64_t(0));
            for (std::size_t row = 0; row < batch.size(); ++row) {
                const RecordKind kind = batch.kinds[row];
                ++kinds[kind];
                QCOMPARE(batch.text(batch.origins[batch.origin[row]].product), std::string_view("Stride"));
                if (kind == RecordKind::UsageEvent)
                    ++features[std::string(batch.text(batch.features[row]))];
                if (kind == RecordKind::ScreenView) {
                    ++screens[std::string(batch.text(batch.screens[row]))];
                    QVERIFY(batch.durations[row] > 0);
                }
                if (kind == RecordKind::Error)
                    ++errors[std::string(batch.text(batch.errors[batch.detail[row]].type))];
                if (kind != RecordKind::Span && kind != RecordKind::MetricPoint) {
                    sessions.insert(std::string(batch.text(batch.sessions[row])));
                    users.insert(std::string(batch.text(batch.users[row])));
                }
            }
        }
        QCOMPARE(kinds[RecordKind::UsageEvent], said[u"usage_events"].toInt());
        QCOMPARE(kinds[RecordKind::ScreenView], said[u"screen_views"].toInt());
        QCOMPARE(kinds[RecordKind::Error], said[u"errors"].toInt());
        QCOMPARE(kinds[RecordKind::Span], said[u"spans"].toInt());
        QCOMPARE(kinds[RecordKind::Log], said[u"logs"].toInt());
        QCOMPARE(kinds[RecordKind::MetricPoint], said[u"metric_points"].toInt());
        QCOMPARE(kinds[RecordKind::SessionBound], said[u"session_bounds"].toInt());
        QCOMPARE(int(sessions.size()), said[u"sessions"].toInt());
        QCOMPARE(int(users.size()), said[u"users"].toInt());
        compare(features, said[u"features"].toObject());
        compare(screens, said[u"screens"].toObject());
        compare(errors, said[u"errors_by_type"].toObject());
        QVERIFY(said[u"errors"].toInt() > 10);
        QVERIFY(said[u"metric_points"].toInt() > 100);
    }

    void oddTextsSurvive()
    {
        auto facts = std::make_shared<demo::SessionFacts>();
        facts->id = "s";
        facts->user = "Läufer 🏃";
        facts->resource = {{"service.name", "São Paulo"}, {"service.version", ""}};
        demo::Record record;
        record.kind = demo::Kind::UsageEvent;
        record.time = {1};
        record.name = "app.widget.click";
        record.session = facts;
        record.attributes = {
            {"app.widget.name", std::string("a\0b", 3)}, {"n", std::int64_t(-5)}, {"b", true}, {"d", 0.5}};
        const auto requests = demo::encodeOtlp({&record, 1}, "scope", "1");
        QCOMPARE(requests.size(), std::size_t(1));
        QCOMPARE(requests[0].records, std::size_t(1));
        RecordBatch batch;
        DecodeReport report;
        QVERIFY(decodeOtlp(OtlpSignal::Logs, OtlpEncoding::Protobuf, requests[0].body, {Instant{2}}, batch,
                           report));
        QCOMPARE(batch.size(), std::size_t(1));
        QCOMPARE(batch.text(batch.users[0]), std::string_view("Läufer 🏃"));
        QCOMPARE(batch.text(batch.features[0]), std::string_view("a\0b", 3));
        QCOMPARE(batch.times[0].ns, std::int64_t(1));
        std::map<std::string, Value> attributes;
        for (const auto &attribute : batch.attributesOf(0))
            attributes[std::string(batch.text(attribute.key))] = batch.valueOf(attribute);
        QVERIFY(attributes["n"] == Value(-5));
        QVERIFY(attributes["b"] == Value(true));
        QVERIFY(attributes["d"] == Value(0.5));
    }

private:
    static void compare(const std::map<std::string, int> &counted, const QJsonObject &said)
    {
        QCOMPARE(qsizetype(counted.size()), said.size());
        for (const auto &[name, count] : counted)
            QCOMPARE(count, said[QString::fromStdString(name)].toInt());
    }
};

QTEST_APPLESS_MAIN(TestOtlpEncoder)
#include "tst_otlpencoder.moc"
