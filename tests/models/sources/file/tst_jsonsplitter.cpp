// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/jsonsplitter.h"
#include "tests/support/compress.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

class TestJsonSplitter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("values");
        QTest::newRow("nothing") << QByteArray() << QStringList();
        QTest::newRow("lines") << QByteArray("{\"a\":1}\n{\"b\":2}\r\n\n") << QStringList{QStringLiteral("{\"a\":1}"), QStringLiteral("{\"b\":2}")};
        QTest::newRow("over lines") << QByteArray("{\n \"a\": [1,\n {}]\n}") << QStringList{QStringLiteral("{\n \"a\": [1,\n {}]\n}")};
        QTest::newRow("in texts") << QByteArray("{\"a\":\"}\\\"{[\"}{}") << QStringList{QStringLiteral("{\"a\":\"}\\\"{[\"}"), QStringLiteral("{}")};
        QTest::newRow("a list") << QByteArray("[ {\"a\":1} , {} ]") << QStringList{QStringLiteral("{\"a\":1}"), QStringLiteral("{}")};
        QTest::newRow("a broken line spoils no other")
            << QByteArray("{\"a\":1}\n{\"b\":\"\nwords\n{\"c\":3}")
            << QStringList{QStringLiteral("{\"a\":1}"), QStringLiteral("{\"b\":\""), QStringLiteral("words"), QStringLiteral("{\"c\":3}")};
        QTest::newRow("two in the first line") << QByteArray("{\"a\":1}{}\n{\n}\n") << QStringList{QStringLiteral("{\"a\":1}"), QStringLiteral("{}"), QStringLiteral("{\n}")};
        QTest::newRow("text sequence") << QByteArray("\x1e{\"a\":1}\n\x1e{}\n") << QStringList{QStringLiteral("{\"a\":1}"), QStringLiteral("{}")};
        QTest::newRow("byte order mark and lines") << QByteArray("\n\xef\xbb\xbf{}\n{}\n") << QStringList{QStringLiteral("{}"), QStringLiteral("{}")};
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}") << QStringList{QStringLiteral("{}")};
    }
    void values()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, values);
        for (const bool isPacked : {false, true}) {
            const std::string bytes = isPacked ? gzipped(text.toStdString()) : text.toStdString();
            FileReader file = open(bytes);
            JsonSplitter splitter(file);
            QStringList found;
            for (;;) {
                const auto value = splitter.next();
                QVERIFY2(value, value ? "" : value.error().message.c_str());
                if (!*value)
                    break;
                found += QString::fromUtf8(value->value().data(), static_cast<qsizetype>(value->value().size()));
            }
            QCOMPARE(found, values);
        }
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("cut") << QByteArray("{\"a\":");
        QTest::newRow("cut in a text") << QByteArray("{\"a");
        QTest::newRow("cut after a backslash") << QByteArray("{\"a\\");
        QTest::newRow("cut list") << QByteArray("[{},");
        QTest::newRow("words") << QByteArray("hello");
        QTest::newRow("a number") << QByteArray("12");
        QTest::newRow("half a gzip") << QByteArray::fromStdString(gzipped(std::string(100'000, 'x')).substr(0, 60));
        QTest::newRow("half a zstd") << QByteArray::fromStdString(zstandard(std::string(100'000, '{')).substr(0, 14));
    }
    void problems()
    {
        QFETCH(QByteArray, text);
        FileReader file = open(text.toStdString());
        JsonSplitter splitter(file);
        auto value = splitter.next();
        while (value && *value)
            value = splitter.next();
        QVERIFY(!value);
        QVERIFY(!value.error().message.empty());
    }

    void manyMembersAndFrames()
    {
        std::string gzip, zstd;
        for (int i = 0; i < 50; ++i) {
            gzip += gzipped("{\"n\":" + std::to_string(i) + "}\n");
            zstd += zstandard("{\"n\":" + std::to_string(i) + "}\n");
        }
        for (const std::string &bytes : {gzip, zstd}) {
            FileReader file = open(bytes);
            JsonSplitter splitter(file);
            int count = 0;
            for (auto value = splitter.next(); value && *value; value = splitter.next())
                ++count;
            QCOMPARE(count, 50);
        }
    }

    void aLargeValueIsRefused()
    {
        FileReader file = open("{\"a\":\"" + std::string(1'000'000, 'x') + "\"}");
        JsonSplitter splitter(file, 300'000);
        const auto value = splitter.next();
        QVERIFY(!value);
        QVERIFY(value.error().code == Error::Code::TooLarge);
    }

    void whatIsNotThere()
    {
        QVERIFY(FileReader::open("/no/such/file").error().code == Error::Code::NotFound);
        QVERIFY(!FileReader::open("/"));
    }

private:
    FileReader open(const std::string &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file%1").arg(++m_files));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("no room for a test file");
        file.close();
        auto reader = FileReader::open(path.toStdString());
        if (!reader)
            qFatal("%s", reader.error().message.c_str());
        return std::move(*reader);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestJsonSplitter)
#include "tst_jsonsplitter.moc"
