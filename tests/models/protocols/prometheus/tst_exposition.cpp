// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/exposition.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace telltale::prometheus;

class TestExposition final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textFormat()
    {
        const auto parsed = parseExposition("# HELP a_total Line\\nbreak\n# TYPE a_total counter\n"
                                            "a_total{path=\"C:\\\\x\",q=\"say \\\"hi\\\"\"} 3 1795347411605\n"
                                            "b Nan\nc +Inf\nnonsense here\n");
        QVERIFY(parsed);
        QVERIFY(!parsed->isOpenMetrics);
        QCOMPARE(parsed->badLines, std::uint64_t(1));
        const Family &counter = parsed->families[0];
        QCOMPARE(counter.type, std::string("counter"));
        QCOMPARE(counter.help, std::string("Line\nbreak"));
        QCOMPARE(counter.samples[0].labels[0].second, std::string("C:\\x"));
        QCOMPARE(counter.samples[0].labels[1].second, std::string("say \"hi\""));
        QCOMPARE(counter.samples[0].timestamp.value(), 1795347411605.0);
        QVERIFY(std::isnan(parsed->families[1].samples[0].value));
        QVERIFY(std::isinf(parsed->families[2].samples[0].value));
    }

    void openMetrics()
    {
        const auto parsed = parseExposition("# TYPE http histogram\n# UNIT http seconds\n"
                                            "http_bucket{le=\"0.1\"} 2 # {trace_id=\"ab\"} 0.07 1795347411.5\n"
                                            "http_bucket{le=\"+Inf\"} 3\nhttp_sum 0.5\nhttp_count 3\n# EOF\nafter 1\n");
        QVERIFY(parsed);
        QVERIFY(parsed->isOpenMetrics);
        QCOMPARE(parsed->families.size(), std::size_t(1));
        QCOMPARE(parsed->families[0].samples.size(), std::size_t(4));
        QCOMPARE(parsed->families[0].samples[0].exemplar.value(), 0.07);
    }

    /// As clients write them when they may: Prometheus 3 takes any UTF-8.
    void namesInQuotes()
    {
        const auto parsed = parseExposition("# HELP \"stride.opens.total\" All \"opens\"\n# TYPE \"stride.opens.total\" counter\n"
                                            "{\"stride.opens.total\",\"app.plan\"=\"pro\",os=\"ios\"} 3 1795347411605\n{\"stride.läufe\"} 4\n"
                                            "{\"a\",\"b\"} 5\n{} 6\n{a=\"b\"} 7\nc{\"d\"} 8\n{\"\"} 9\n");
        QVERIFY(parsed);
        QCOMPARE(parsed->badLines, std::uint64_t(5));
        QCOMPARE(parsed->families.size(), std::size_t(2));
        const Family &opens = parsed->families[0];
        QCOMPARE(opens.name, std::string("stride.opens.total"));
        QCOMPARE(opens.type, std::string("counter"));
        QCOMPARE(opens.help, std::string("All \"opens\""));
        QCOMPARE(opens.samples.size(), std::size_t(1));
        QCOMPARE(opens.samples[0].labels, (Labels{{"app.plan", "pro"}, {"os", "ios"}}));
        QCOMPARE(opens.samples[0].value, 3.0);
        QCOMPARE(parsed->families[1].name, std::string("stride.läufe"));
    }

    void recorded_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"01-prom-client-text", "02-prom-client-openmetrics", "03-python-text", "04-python-openmetrics"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void recorded()
    {
        QFETCH(QString, name);
        const QString stem = QStringLiteral(TELLTALE_TEST_DATA "/fixtures/prometheus-exposition/") + name;
        QFile file(stem + QStringLiteral(".bin"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string text = file.readAll().toStdString();
        const auto parsed = parseExposition(text);
        QVERIFY(parsed);
        QCOMPARE(parsed->badLines, std::uint64_t(0));
        QCOMPARE(parsed->isOpenMetrics, name.contains(QLatin1String("openmetrics")));
        std::size_t lines = 0;
        for (const QByteArray &line : QByteArray::fromStdString(text).split('\n'))
            lines += !line.trimmed().isEmpty() && !line.startsWith('#');
        std::size_t samples = 0;
        for (const Family &family : parsed->families)
            samples += family.samples.size();
        QCOMPARE(samples, lines);
    }
};

QTEST_GUILESS_MAIN(TestExposition)
#include "tst_exposition.moc"
