// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: RFC 4180 and what spreadsheets make of it, and what their columns mean.
#include "models/sources/file/csvlines.h"
#include "models/sources/file/csvreader.h"
#include "tests/support/compress.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

using Rows = QList<QStringList>;

} // namespace

class TestCsv final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void records_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Rows>("rows");
        const Rows two{{QStringLiteral("a"), QStringLiteral("b")}, {QStringLiteral("1"), QStringLiteral("2")}};
        QTest::newRow("nothing") << QByteArray() << Rows();
        QTest::newRow("lines") << QByteArray("a,b\n1,2\n") << two;
        QTest::newRow("the last without an end, the others with two characters") << QByteArray("a,b\r\n1,2") << two;
        QTest::newRow("semicolons") << QByteArray("a;b\n1;2\n") << two;
        QTest::newRow("tabs") << QByteArray("a\tb\n1\t2\n") << two;
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf" "a,b\n1,2\n") << two;
        QTest::newRow("empty lines") << QByteArray("\n\r\na,b\n\n1,2\n\n") << two;
        QTest::newRow("quotes") << QByteArray("\"a\",\"b\"\r\n\"1\",2\r\n") << two;
        QTest::newRow("a delimiter in quotes is none")
            << QByteArray("\"a;b;c\",d\n") << Rows{{QStringLiteral("a;b;c"), QStringLiteral("d")}};
        QTest::newRow("anything in quotes") << QByteArray("x,\"a\"\"b,\r\nc\"\n")
                                            << Rows{{QStringLiteral("x"), QStringLiteral("a\"b,\r\nc")}};
        QTest::newRow("empty fields") << QByteArray(",\n\"\"\n,,\n")
                                      << Rows{{QString(), QString()}, {QString()}, {QString(), QString(), QString()}};
        QTest::newRow("a quote inside") << QByteArray("5\" disk,b\n") << Rows{{QStringLiteral("5\" disk"), QStringLiteral("b")}};
    }
    void records()
    {
        QFETCH(QByteArray, text);
        QFETCH(Rows, rows);
        for (const bool isPacked : {false, true}) {
            FileReader file = open(isPacked ? gzipped(text.toStdString()) : text.toStdString());
            CsvReader reader(file);
            Rows found;
            for (;;) {
                const auto record = reader.next();
                QVERIFY2(record, record ? "" : record.error().message.c_str());
                if (!*record)
                    break;
                QStringList fields;
                for (const std::string &field : **record)
                    fields += QString::fromStdString(field);
                found += fields;
            }
            QCOMPARE(found, rows);
        }
    }

    void aTableOfAnyLength()
    {
        std::string text = "n,t\n";
        for (int i = 0; i < 50'000; ++i)
            text += std::to_string(i) + ",\"line\n" + std::to_string(i) + "\"\n";
        FileReader file = open(gzipped(text));
        CsvReader reader(file);
        QVERIFY(reader.next());
        for (int i = 0; i < 50'000; ++i) {
            const auto record = reader.next();
            QVERIFY(record && *record);
            QCOMPARE((**record)[0], std::to_string(i));
            QCOMPARE((**record)[1], "line\n" + std::to_string(i));
            QCOMPARE(reader.line(), std::uint64_t(2 + 2 * i));
        }
        QVERIFY(!*reader.next());
    }

    void problems()
    {
        FileReader open1 = open("a,b\n1,\"2\n3,4\n");
        CsvReader unfinished(open1);
        QVERIFY(unfinished.next());
        const auto cut = unfinished.next();
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, Error::Code::InvalidArgument);
        QVERIFY(cut.error().message.find("line 2") != std::string::npos);
        FileReader open2 = open("a\n" + std::string(2'000, 'x') + "\n");
        CsvReader large(open2, 1'000);
        QVERIFY(large.next());
        QCOMPARE(large.next().error().code, Error::Code::TooLarge);
    }

    void meaning_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("fields by their names")
            << QByteArray("Time,User ID,Event,release,plan\n2026-11-20T08:00:00Z,007,Share,4.10,pro\n")
            << QByteArray(R"({"time":"2026-11-20T08:00:00Z","user_id":"007","event":"Share","release":"4.10","attributes":{"plan":"pro"}})");
        QTest::newRow("types") << QByteArray("event,a,b,c,d,e,f,g\nx,1,-2.5,true,007,,1e3,\"1,5\"\n")
                               << QByteArray(R"({"event":"x","attributes":{"a":1,"b":-2.5,"c":true,"d":"007","f":1e3,"g":"1,5"}})");
        QTest::newRow("too many cells") << QByteArray("event\nx,y\n") << QByteArray(R"({"event":"x","attributes":{"column 2":"y"}})");
        QTest::newRow("Latin-1") << QByteArray("event;gr\xf6\xdf" "e\nL\xe4ufe;1\n")
                                 << QByteArray("{\"event\":\"Läufe\",\"attributes\":{\"größe\":1}}");
        QTest::newRow("a number and its value") << QByteArray("metric,value,ts\nbattery,0.5,1795161606\n")
                                                << QByteArray(R"({"metric":"battery","value":0.5,"ts":1795161606})");
    }
    void meaning()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, line);
        FileReader file = open(text.toStdString());
        CsvLines lines(file, {});
        const auto got = lines.next();
        QVERIFY2(got, got ? "" : got.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(std::string(**got)), line);
        QVERIFY(!*lines.next());
    }

    void mapping()
    {
        FileReader file = open("when,who,what,event\n1795161606,7,Run,ignored\n");
        CsvLines lines(file, {{{"time", "when"}, {"user", "who"}, {"stride.kind", "what"}}, {{"event", "Order"}}});
        QCOMPARE(QByteArray::fromStdString(std::string(**lines.next())),
                 QByteArray(R"({"event":"Order","time":1795161606,"user":"7","attributes":{"stride.kind":"Run","event":"ignored"}})"));
        FileReader other = open("a,b\n1,2\n");
        QCOMPARE(CsvLines(other, {{{"event", "c"}}, {}}).next().error().code, Error::Code::InvalidArgument);
        FileReader third = open("a,b\n1,2\n");
        QVERIFY(CsvLines(third, {}).next().error().message.find("--map") != std::string::npos);
    }

private:
    FileReader open(const std::string &bytes)
    {
        QFile file(m_folder.filePath(QString::number(++m_number)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("no room for a test file");
        file.close();
        return std::move(*FileReader::open(file.fileName().toStdString()));
    }
    QTemporaryDir m_folder;
    int m_number = 0;
};

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
