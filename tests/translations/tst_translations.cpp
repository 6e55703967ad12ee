// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translator.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace telltale;

class TestTranslations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // A language that has no translation reads like English.
        installTranslations(*QCoreApplication::instance(), QLocale(QStringLiteral("eo")));
    }

    void pluralsReadRight_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0 << QStringLiteral("Last 0 minutes");
        QTest::newRow("one") << 1 << QStringLiteral("Last 1 minute");
        QTest::newRow("two") << 2 << QStringLiteral("Last 2 minutes");
        QTest::newRow("many") << 60 << QStringLiteral("Last 60 minutes");
    }
    void pluralsReadRight()
    {
        QFETCH(int, number);
        QFETCH(QString, text);
        QCOMPARE(QCoreApplication::translate("telltale::ViewState", "Last %n minute(s)", nullptr, number),
                 text);
    }

    // Fails when somebody wrote a text with %n and nobody said how its plural reads.
    void everyPluralIsThere()
    {
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        const QString sources = QStringLiteral(TELLTALE_SOURCES);
        const QString copy = folder.filePath(QStringLiteral("telltale_en.ts"));
        QVERIFY(QFile::copy(sources + QStringLiteral("/translations/telltale_en.ts"), copy));
        QProcess lupdate;
        lupdate.setProcessChannelMode(QProcess::MergedChannels);
        lupdate.start(QStringLiteral(TELLTALE_LUPDATE),
                      {QStringLiteral("-silent"), QStringLiteral("-no-obsolete"),
                       QStringLiteral("-pluralonly"), QStringLiteral("-I"), sources,
                       sources + QStringLiteral("/app"), sources + QStringLiteral("/models"),
                       sources + QStringLiteral("/widgets"), QStringLiteral("-ts"), copy});
        QVERIFY(lupdate.waitForFinished(60'000));
        QVERIFY2(lupdate.exitCode() == 0, lupdate.readAll().constData());

        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        QStringList missing;
        int found = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == u"source")
                source = xml.readElementText();
            else if (xml.name() == u"translation") {
                ++found;
                if (xml.attributes().value(QLatin1String("type")) == u"unfinished")
                    missing += source;
            }
        }
        QVERIFY(!xml.hasError());
        QVERIFY(found > 5);
        QVERIFY2(
            missing.isEmpty(),
            qPrintable(
                QStringLiteral("translations/telltale_en.ts lacks (target update_translations adds them): ") +
                missing.join(QStringLiteral("; "))));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
