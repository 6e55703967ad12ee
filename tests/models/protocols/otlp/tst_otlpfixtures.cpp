// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodehelp.h"

#include "models/grouping/errorgrouping.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

QStringList otlpFixtureNames()
{
    QStringList names;
    for (const QString &name : httpFixtureNames(
             {QStringLiteral("otlp-js"), QStringLiteral("crafted"), QStringLiteral("browser")})) {
        const Fixture fixture = loadFixture(name);
        const bool isOtlp = fixture.method == "POST" && fixture.path.startsWith("/v1/") &&
                            (fixture.isJson() || fixture.header("content-type") == "application/x-protobuf");
        if (isOtlp && fixture.body())
            names.append(name);
    }
    return names;
}

} // namespace

/// Recorded requests of real SDKs, and crafted ones, against what their drivers say they put in.
class TestOtlpFixtures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesWhatWasSent_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : otlpFixtureNames())
            QTest::newRow(qPrintable(name)) << name;
    }
    void decodesWhatWasSent()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        const Decoded decoded = decode(fixture);
        if (!fixture.expectedStatus().contains(200)) {
            QVERIFY(decoded.error);
            QCOMPARE(decoded.error->code, Error::Code::InvalidArgument);
            QVERIFY(!decoded.error->message.empty());
            QCOMPARE(decoded.counter(fixture.isJson() ? "otlp.json.malformed" : "otlp.protobuf.malformed"),
                     1U);
            return;
        }
        QVERIFY2(!decoded.error, decoded.error ? decoded.error->message.c_str() : "");
        QCOMPARE(decoded.report.rejected, 0U);
        if (fixture.isPartOfStep()) // the content is that of several requests
            QVERIFY(decoded.batch.size() > 0);
        else
            QCOMPARE(differences(fixture, decoded).join(QLatin1Char('\n')), QString());
    }

    void thereAreFixtures() { QVERIFY(otlpFixtureNames().size() >= 36); }

    void bothEncodingsMeanTheSame_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("protobuf");
        QTest::newRow("metrics") << "crafted/02-metrics-summary-exemplars-json"
                                 << "crafted/01-metrics-summary-exemplars-proto";
        QTest::newRow("strings") << "otlp-js/15-nasty-strings-edge-json"
                                 << "otlp-js/08-nasty-strings-edge-proto";
        QTest::newRow("nested") << "otlp-js/16-nested-edge-json"
                                << "otlp-js/09-nested-edge-proto";
        QTest::newRow("bodies") << "otlp-js/17-bodies-edge-json"
                                << "otlp-js/10-bodies-edge-proto";
        QTest::newRow("basic") << "otlp-js/01-logs-basic-json"
                               << "otlp-js/03-logs-basic-proto";
        QTest::newRow("basic gzip") << "otlp-js/02-logs-basic-json-gzip"
                                    << "otlp-js/04-logs-basic-proto-gzip";
    }
    void bothEncodingsMeanTheSame()
    {
        QFETCH(QString, json);
        QFETCH(QString, protobuf);
        // The SDK observes records by its own clock, which went on between the recordings.
        static const QRegularExpression observed(QStringLiteral("\\x1fobserved_time=1795[0-9]{15}, "));
        const QStringList a = describe(decode(loadFixture(json)).batch).replaceInStrings(observed, QString());
        const QStringList b =
            describe(decode(loadFixture(protobuf)).batch).replaceInStrings(observed, QString());
        QVERIFY(!a.isEmpty());
        QCOMPARE(a.size(), b.size());
        for (qsizetype i = 0; i < a.size(); ++i)
            QCOMPARE(a.at(i), b.at(i));
    }

    void oddSpansKeepTheirPlaceButNoLinks()
    {
        const Decoded decoded = decode(loadFixture(QStringLiteral("crafted/13-traces-odd-proto")));
        QCOMPARE(decoded.batch.size(), std::size_t{4});
        QCOMPARE(decoded.counter("otlp.span.invalid_id"), 2U);
        QCOMPARE(decoded.counter("otlp.span.negative_duration"), 1U);
        std::size_t linked = 0;
        for (const std::uint32_t trace : decoded.batch.trace)
            linked += trace != kNoIndex ? 1 : 0;
        QCOMPARE(linked, std::size_t{2});
    }

    void aSpanEventExceptionIsAlsoAnError()
    {
        const Decoded decoded = decode(loadFixture(QStringLiteral("otlp-js/27-trace-tree-traces-json")));
        QCOMPARE(decoded.count(RecordKind::Error), std::size_t{1});
        for (std::size_t row = 0; row < decoded.batch.size(); ++row) {
            if (decoded.batch.kinds[row] != RecordKind::Error)
                continue;
            const Record error = decoded.batch.at(row);
            const Record span = decoded.batch.at(row - 1);
            QCOMPARE(span.kind, RecordKind::Span);
            QVERIFY(decoded.batch.text(error.name) == "sync.upload");
            QCOMPARE(error.trace, span.trace);
            QCOMPARE(error.session, span.session);
            QCOMPARE(error.time.ns, 1'795'161'600'600'000'000);
            QVERIFY(!valueOf(decoded.batch, row, "exception.message").isNull());
            QVERIFY(!valueOf(decoded.batch, row - 1, fieldkey::kEvents).isNull());
        }
    }

    void recordedErrorsFormGroups()
    {
        const auto groupsOf = [](const char *name) {
            const Decoded decoded = decode(loadFixture(QString::fromLatin1(name)));
            QList<quint64> groups;
            for (const ErrorDetail &error : decoded.batch.errors) {
                const auto text = [&](StringId id) { return decoded.batch.text(id); };
                groups.append(errorGroup(text(error.type), text(error.message), text(error.stack)).key);
            }
            return groups;
        };
        // Four SyncErrors of one place that differ in numbers and lines, and a TypeError (the fourth).
        const QList<quint64> groups = groupsOf("otlp-js/20-js-exceptions-errors-json-gzip");
        QCOMPARE(groups.size(), 5);
        QCOMPARE(groups[0], groups[1]);
        QCOMPARE(groups[0], groups[2]);
        QVERIFY(groups[0] != groups[3]);
        QCOMPARE(groups[0], groups[4]);
        // One of each language.
        const QList<quint64> foreign = groupsOf("otlp-js/21-foreign-stacks-errors-json-gzip");
        QCOMPARE(QSet<quint64>(foreign.begin(), foreign.end()).size(), 6);
    }

    void timesOfTheEdgeFixture()
    {
        const Decoded decoded = decode(loadFixture(QStringLiteral("otlp-js/11-timestamps-edge-proto")));
        QCOMPARE(decoded.counter("time.observed_used"), 1U);
        QCOMPARE(decoded.counter("time.arrival_used"), 1U);
        QCOMPARE(decoded.counter("time.future"), 1U);
    }
};

QTEST_APPLESS_MAIN(TestOtlpFixtures)
#include "tst_otlpfixtures.moc"
