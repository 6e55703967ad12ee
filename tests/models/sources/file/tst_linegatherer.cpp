// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/linegatherer.h"

#include <QTest>

using namespace telltale;

class TestLineGatherer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodies_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("rejected");
        const QByteArray both = R"([{"event":"a"},{"event":"b"}])";
        QTest::newRow("nothing") << QByteArray() << QByteArray("[]") << 0;
        QTest::newRow("two lines") << QByteArray("{\"event\":\"a\"}\n{\"event\":\"b\"}\n") << both << 0;
        QTest::newRow("the last does not end") << QByteArray("{\"event\":\"a\"}\n{\"event\":\"b\"}") << both << 0;
        QTest::newRow("words between") << QByteArray("{\"event\":\"a\"}\nwords\n\n{\"event\":\"b\"}\n") << both << 1;
        QTest::newRow("mark of a file") << QByteArray("\xef\xbb\xbf{\"event\":\"a\"}\n\x1e{\"event\":\"b\"}\r\n") << both << 0;
        QTest::newRow("mark of a second file")
            << QByteArray("{\"event\":\"a\"}\n \xef\xbb\xbf{\"event\":\"b\"}\n") << both << 0;
        QTest::newRow("many marks")
            << QByteArray("\xef\xbb\xbf\xef\xbb\xbf{\"event\":\"a\"}\n\xef\xbb\xbf\t\xef\xbb\xbf {\"event\":\"b\"} \n\xef\xbb\xbf \n")
            << both << 0;
        QTest::newRow("half a mark") << QByteArray("\xef\xbb{\"event\":\"a\"}\n") << QByteArray("[]") << 1;
    }
    void bodies()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, body);
        QFETCH(int, rejected);
        JsonShapes shapes;
        const GatheredLines lines = gatherLines({text.constData(), static_cast<std::size_t>(text.size())}, 10, shapes);
        QCOMPARE(QByteArray::fromStdString(lines.body), body);
        QCOMPARE(lines.rejected, static_cast<std::uint64_t>(rejected));
        QCOMPARE(lines.bytes, static_cast<std::size_t>(text.size()));
    }
};

QTEST_APPLESS_MAIN(TestLineGatherer)
#include "tst_linegatherer.moc"
