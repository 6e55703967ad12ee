// SPDX-License-Identifier: GPL-3.0-or-later
// What is read of a followed file.
#include "tests/models/sources/file/followreading.h"

#include <QFile>
#include <QTest>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

class TestFollowedFile final : public QObject, private FollowedFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeFolder(); }

    void linesAsTheyCome()
    {
        FollowReader reader(path());
        reader.takeAll(); // it is not there yet
        QVERIFY(reader.stored.isEmpty());
        append(lines(0, 2));
        reader.takeAll();
        append("{\"event\":\"2");
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 2));
        append("\"}\r\n\n  \n" + line(3));
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 4));
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 4));
    }

    void whatWasThereBeforeItWasFollowed()
    {
        QFile old(path() + QStringLiteral(".1"));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write(lines(50, 60)) > 0);
        old.close();
        stamp(old.fileName());
        append(lines(0, 3));
        FollowReader reader(path());
        reader.takeAll();
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 3));
    }

    void longLines()
    {
        FollowedFile::Limits limits;
        limits.part = 1'000;
        limits.line = 5'000;
        FollowReader reader(path(), limits);
        const auto padded = [](int number, int size) {
            QByteArray text = line(number);
            text.insert(1, QByteArray(size, ' '));
            return text;
        };
        append(line(0) + padded(1, 3'000) + line(2) + padded(3, 9'000) + line(4));
        append(QByteArray(300'000, 'x'));
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 2, 4}));
        QCOMPARE(reader.counters.value("file.line.too_long"), std::uint64_t(1));
        append(QByteArray(300'000, 'x'));
        reader.takeAll();
        append("\n" + line(5));
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 2, 4, 5}));
        QCOMPARE(reader.counters.value("file.line.too_long"), std::uint64_t(2));
        QCOMPARE(reader.rejected, std::uint64_t(2));
    }

    void linesThatAreNone()
    {
        FollowReader reader(path());
        append("hello\n" + line(1) + "{\"event\":\n[1]\n" + QByteArray("\0\0\n", 3) + line(2));
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{1, 2}));
        QCOMPARE(reader.rejected, std::uint64_t(4));
        QCOMPARE(reader.counters.value("file.line.malformed"), std::uint64_t(4));
        append("only this\n");
        reader.takeAll();
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.rejected, std::uint64_t(5));
    }

    /// By its header alone a table could not be told from the next one, which begins the same.
    void aTableIsNotItsHeader()
    {
        const FollowedFile::Form table{true, {}, {}};
        append("time,event\n");
        auto file = std::make_unique<FollowedFile>(path().toStdString(), std::nullopt, FollowedFile::Limits(), table);
        FollowedFile::Time now{1h};
        file->look(now);
        auto part = file->next(now);
        QVERIFY(part);
        QCOMPARE(part->lines, std::size_t(0)); // only that it is followed
        file->taken(*part, now);
        QVERIFY(!file->next(now));
        append("2026-11-22T11:36:51Z,first\n");
        file->look(now);
        part = file->next(now);
        QVERIFY(part);
        QCOMPARE(part->lines, std::size_t(1));
        file->taken(*part, now);
        // Another table with the same header: read from its beginning, also after a restart in between.
        const auto known = filePlacesOf(part->request.part->position->body);
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".1")));
        append("time,event\n");
        file = std::make_unique<FollowedFile>(path().toStdString(), known, FollowedFile::Limits(), table);
        file->look(now);
        QVERIFY(!file->next(now));
        append("2026-11-22T11:36:52Z,second\n");
        file->look(now);
        part = file->next(now);
        QVERIFY(part);
        QCOMPARE(part->lines, std::size_t(1));
        QVERIFY(part->request.body.find("second") != std::string::npos);
    }

    void kindsOfLinesGoApart()
    {
        FollowReader reader(path());
        append("{\"resourceLogs\":[{\"n\":1}]}\n{\"resourceLogs\": [ {\"n\":2},{\"n\":3} ] }\n{\"resourceLogs\":[]}\n"
               "{\"resourceSpans\":[{\"n\":4}]}\n" + line(1) + "{\"resourceLogs\":[{\"n\":5}],\"more\":1}\n{\"resourceLogs\":[{\"n\":6}]}\n");
        reader.takeAll();
        QCOMPARE(reader.stored, QList{1});
        QCOMPARE(reader.otlp, (QStringList{QStringLiteral("resourceLogs 1"), QStringLiteral("resourceLogs 2"), QStringLiteral("resourceLogs 3"),
                                           QStringLiteral("resourceSpans 4"), QStringLiteral("resourceLogs 5"), QStringLiteral("resourceLogs 6")}));
        QCOMPARE(reader.rejected, std::uint64_t(0));
    }

    /// Equal lines at two places are two; each part says where it comes from.
    void placesDiffer()
    {
        FollowReader reader(path());
        append(line(1));
        reader.takeAll();
        append(line(1));
        reader.takeAll();
        rotate(QStringLiteral("rename"), 0);
        append(line(1));
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{1, 1, 1}));
        QCOMPARE(reader.places.size(), 4); // and the one that says that the file is followed
        QCOMPARE(QSet<QString>(reader.places.begin(), reader.places.end()).size(), 4);
    }

    void whatIsRefusedIsFoundLineByLine()
    {
        FollowReader reader(path());
        reader.takeAll();
        append(lines(0, 4));
        reader.look();
        const auto bad = [](const FollowedFile::Part &part) { return QByteArray::fromStdString(part.request.body).contains("\"2\""); };
        int refusals = 0;
        while (const auto part = reader.part()) {
            if (bad(*part)) {
                reader.refuse(*part);
                QVERIFY(++refusals < 10);
            } else {
                reader.store(*part);
            }
        }
        QCOMPARE(reader.stored, (QList{0, 1, 3}));
        QCOMPARE(refusals, 2);
        QCOMPARE(reader.counters.value("file.line.refused"), std::uint64_t(1));
        append(lines(4, 8));
        reader.look();
        const auto after = reader.part();
        QVERIFY(after);
        QCOMPARE(after->lines, std::size_t(4)); // together again
    }

    void placesAreKeptAsTheyAre()
    {
        FilePlace place;
        place.number = 7;
        place.device = 0xfedcba9876543210U;
        place.inode = 12;
        place.offset = 4'000;
        place.headLength = 1'024;
        place.head = 0xffffffffffffffffU;
        place.tailLength = 256;
        place.tail = 1;
        place.isDone = true;
        const std::vector<FilePlace> places{place, FilePlace()};
        QVERIFY(filePlacesOf(filePlacesJson(places)) == places);
        for (const char *broken : {"", "{", "[1]", "{}", "[{\"number\":1}]", "[{\"number\":1,\"device\":1,\"inode\":1,\"offset\":1,\"head_length\":99999999,\"head\":1,\"tail_length\":1,\"tail\":1,\"modified\":1,\"made\":1}]"})
            QVERIFY2(filePlacesOf(broken).empty(), broken);
    }
};

QTEST_GUILESS_MAIN(TestFollowedFile)
#include "tst_followedfile.moc"
