// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/operationmodel.h"
#include "models/items/tracemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>
#include <random>

using namespace telltale;

namespace {

TraceSpanRow span(const char *id, const char *parent, std::int64_t startMs, double durationMs = 10)
{
    TraceSpanRow row;
    row.span = id;
    row.parent = parent;
    row.operation = id;
    row.start = Instant::fromMilliseconds(startMs);
    row.durationMs = durationMs;
    row.status = "ok";
    return row;
}

/// "a0 b1 c2*": id, depth, and a star for those whose parent is missing.
QString shapeOf(const std::vector<SpanLine> &lines)
{
    QStringList parts;
    for (const SpanLine &line : lines)
        parts << QString::fromStdString(line.span.span) + QString::number(line.depth) + (line.isOrphan ? QStringLiteral("*") : QString());
    return parts.join(u' ');
}

} // namespace

class TestTraceModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trees_data()
    {
        QTest::addColumn<QStringList>("spans"); // id,parent,start
        QTest::addColumn<QString>("shape");
        const auto list = [](const char *text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
        QTest::newRow("nothing") << list("") << QString();
        QTest::newRow("one") << list("a,,0") << QStringLiteral("a0");
        QTest::newRow("children by start") << list("a,,0 c,a,5 b,a,2 d,b,3") << QStringLiteral("a0 b1 d2 c1");
        QTest::newRow("child before parent") << list("b,a,0 a,,1") << QStringLiteral("a0 b1");
        QTest::newRow("missing parent") << list("a,,0 b,x,1 c,b,2") << QStringLiteral("a0 b0* c1");
        QTest::newRow("two roots") << list("a,,1 b,,0") << QStringLiteral("b0 a0");
        QTest::newRow("own parent") << list("a,a,0 b,a,1") << QStringLiteral("a0* b1");
        QTest::newRow("circle") << list("a,b,0 b,a,1 c,b,2") << QStringLiteral("a0* b1 c2");
        QTest::newRow("the same id twice") << list("a,,0 a,,1 b,a,2") << QStringLiteral("a0 b1 a0");
        QTest::newRow("no ids") << list(",,0 ,,1") << QStringLiteral("0 0");
    }
    void trees()
    {
        QFETCH(QStringList, spans);
        QFETCH(QString, shape);
        std::vector<TraceSpanRow> rows;
        for (const QString &text : spans) {
            const QStringList parts = text.split(u',');
            rows.push_back(span(parts[0].toLatin1(), parts[1].toLatin1(), parts[2].toLongLong()));
        }
        QCOMPARE(shapeOf(spanTree(rows)), shape);
    }

    void noSpanIsLost()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            std::vector<TraceSpanRow> rows;
            const int count = static_cast<int>(random() % 40);
            for (int i = 0; i < count; ++i)
                rows.push_back(span(std::to_string(random() % 30).c_str(), random() % 4 ? std::to_string(random() % 35).c_str() : "",
                                    static_cast<std::int64_t>(random() % 1000)));
            QCOMPARE(spanTree(rows).size(), rows.size());
        }
    }

    void aDeepTraceIsLaidOutWithoutRecursion()
    {
        std::vector<TraceSpanRow> rows;
        for (int i = 0; i < 100'000; ++i)
            rows.push_back(span(std::to_string(i).c_str(), i ? std::to_string(i - 1).c_str() : "", i));
        const auto lines = spanTree(std::move(rows));
        QCOMPARE(lines.back().depth, 99'999);
    }

    void spansLieInTheirTrace()
    {
        SpanModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSpans({span("a", "", 1000, 100), span("b", "a", 1050, 25)});
        QCOMPARE(model.lengthMs(), 100.0);
        const QModelIndex b = model.index(1, 0);
        QCOMPARE(b.data(SpanModel::FromRole).toDouble(), 0.5);
        QCOMPARE(b.data(SpanModel::ToRole).toDouble(), 0.75);
        QCOMPARE(b.data(SpanModel::DepthRole).toInt(), 1);
        QVERIFY(model.details(1).contains(QStringLiteral("parent: a")));
        QVERIFY(model.details(7).isEmpty());
        model.setSpans({span("b", "a", 1050, 25)});
        QCOMPARE(model.index(0, 0).data(SpanModel::FromRole).toDouble(), 0.0);
        QVERIFY(model.index(0, 0).data(SpanModel::OrphanRole).toBool());
        model.setSpans({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.lengthMs(), 0.0);
    }

    void whatARowLeadsTo()
    {
        SpanModel spans;
        std::vector<TraceSpanRow> rows{span("load", "", 1000, 100), span("query", "load", 1050, 25)};
        rows[0].session = "s-1";
        spans.setSpans(rows);
        QCOMPARE(spans.index(0, 0).data(SessionRole).toString(), QStringLiteral("s-1"));
        QCOMPARE(spans.index(1, 0).data(SessionRole).toString(), QString());
        QCOMPARE(spans.index(1, 0).data(FilterTermsRole).toList(), QVariantList{QStringList({QStringLiteral("operation"), QStringLiteral("query")})});
        OperationModel operations;
        ComparedOperation nameless;
        nameless.spans = 1;
        operations.setRows({nameless});
        QVERIFY(operations.index(0, 0).data(FilterTermsRole).toList().isEmpty());
    }

    void cells()
    {
        OperationModel operations;
        QAbstractItemModelTester tester(&operations, QAbstractItemModelTester::FailureReportingMode::QtTest);
        operations.setRows({{{"GET /", 1000, 60, 12.0, 40.0, 90.0}, {QStringLiteral("−2.0 %"), {}, 1, -0.02}}, {{"never measured", 3, 0, {}, {}, {}}, {}}});
        QCOMPARE(operations.index(0, OperationModel::P95Change).data().toString(), QStringLiteral("−2.0 %"));
        QCOMPARE(operations.index(0, OperationModel::P95Change).data(MoodRole).toInt(), 1);
        QCOMPARE(operations.index(0, OperationModel::P95Change).data(RawRole).toDouble(), -0.02);
        QVERIFY(operations.index(1, OperationModel::P95Change).data(SortRole).toDouble() < -1); // behind what is known
        QCOMPARE(operations.index(0, OperationModel::Failed).data().toString(), QStringLiteral("6.0 %"));
        QCOMPARE(operations.index(0, OperationModel::Failed).data(MoodRole).toInt(), -1);
        QCOMPARE(operations.index(1, OperationModel::P50).data().toString(), QStringLiteral("–"));
        QVERIFY(operations.index(1, OperationModel::P50).data(SortRole).toDouble() < 0);
        QCOMPARE(operations.headerData(OperationModel::Count, Qt::Horizontal).toString(), QStringLiteral("Count"));
        QVERIFY(!operations.index(0, 0).data(SortRole).toString().isEmpty());
        MetricModel metrics;
        QAbstractItemModelTester metricTester(&metrics, QAbstractItemModelTester::FailureReportingMode::QtTest);
        metrics.setRows({{"process.memory.usage", "By", "gauge", 3, 120}, {"process.memory.usage", "kB", "gauge", 1, 5}});
        QCOMPARE(metrics.rowCount(), 2);
        QCOMPARE(metrics.index(0, MetricModel::Points).data().toString(), QStringLiteral("120"));
        TraceModel traces;
        QAbstractItemModelTester traceTester(&traces, QAbstractItemModelTester::FailureReportingMode::QtTest);
        traces.setRows({{"ab", "GET /", Instant::fromSeconds(0), Instant::fromMilliseconds(1500), 4, 1, false}});
        QCOMPARE(traces.index(0, TraceModel::Duration).data().toString(), QStringLiteral("1.5 s"));
        QCOMPARE(traces.index(0, 0).data(TraceModel::ErrorsRole).toInt(), 1);
        traces.setTimeZone(QTimeZone(3600));
        QCOMPARE(traces.index(0, TraceModel::Start).data().toString(), QStringLiteral("01:00:00"));
    }
};

QTEST_GUILESS_MAIN(TestTraceModels)
#include "tst_tracemodels.moc"
