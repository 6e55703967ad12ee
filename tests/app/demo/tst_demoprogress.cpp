// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoprogress.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::demo;

class TestDemoProgress final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void comesBack()
    {
        const DemoProgress progress{{5'000'000'001}, {4}, {6'000'000'000}, {-3}, {7}};
        const std::string file = m_folder.filePath(QStringLiteral("state")).toStdString();
        progress.save(file);
        const auto loaded = DemoProgress::load(file);
        QVERIFY(loaded);
        QVERIFY(*loaded == progress);
        const DemoProgress later{{5}, {4}, {9}, {3}, {7}};
        later.save(file);
        QVERIFY(DemoProgress::load(file) == later);
    }

    void nonsenseIsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray time = "2026-11-22T12:00:00Z\n";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("too short") << time + time;
        QTest::newRow("no times") << QByteArray("a\nb\nc\nd\ne\n");
        QTest::newRow("older part after the newer") << time + time + time + "2026-11-23T12:00:00Z\n" + time;
    }
    void nonsenseIsNothing()
    {
        QFETCH(QByteArray, text);
        QFile file(m_folder.filePath(QStringLiteral("nonsense")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(!DemoProgress::load(file.fileName().toStdString()));
    }

    void noFileIsNothing()
    {
        QVERIFY(!DemoProgress::load(m_folder.filePath(QStringLiteral("none")).toStdString()));
        DemoProgress().save(m_folder.filePath(QStringLiteral("no/such/folder")).toStdString()); // no crash
    }

private:
    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestDemoProgress)
#include "tst_demoprogress.moc"
