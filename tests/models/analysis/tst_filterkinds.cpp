// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/filterkinds.h"

#include <QTest>

using namespace telltale;

class TestFilterKinds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<QByteArray>("term");
        QTest::addColumn<quint32>("kinds");
        const auto only = [](RecordKind kind) { return quint32(recordKindBit(kind)); };
        QTest::newRow("feature") << QByteArray("feature:Export") << only(RecordKind::UsageEvent);
        QTest::newRow("has feature") << QByteArray("has:feature") << only(RecordKind::UsageEvent);
        QTest::newRow("not the feature") << QByteArray("-feature:Export") << quint32(kAllRecordKinds);
        QTest::newRow("event") << QByteArray("event:save") << quint32(kEventKinds);
        QTest::newRow("operation") << QByteArray("operation:\"GET /plan\"") << only(RecordKind::Span);
        QTest::newRow("duration") << QByteArray("duration:>1s") << only(RecordKind::Span);
        QTest::newRow("metric") << QByteArray("metric:cpu") << only(RecordKind::MetricPoint);
        QTest::newRow("dwell") << QByteArray("dwell:>60s") << only(RecordKind::ScreenView);
        QTest::newRow("type of an error") << QByteArray("error:NullPointerException") << only(RecordKind::Error);
        QTest::newRow("in a session with an error") << QByteArray("has:error") << quint32(kAllRecordKinds);
        QTest::newRow("kind") << QByteArray("kind:span") << only(RecordKind::Span);
        QTest::newRow("release") << QByteArray("release:4.2.0") << quint32(kAllRecordKinds);
        QTest::newRow("attribute") << QByteArray("attr.plan:team") << quint32(kAllRecordKinds);
    }
    void kinds()
    {
        QFETCH(QByteArray, term);
        QFETCH(quint32, kinds);
        const auto filter = Filter::parse(term.toStdString());
        QVERIFY(filter.has_value());
        QCOMPARE(quint32(recordKindsOf(filter->alternatives().front().front())), kinds);
    }
};

QTEST_GUILESS_MAIN(TestFilterKinds)
#include "tst_filterkinds.moc"
