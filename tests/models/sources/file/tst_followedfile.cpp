// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/followedfile.h"
#include "tests/support/compress.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

QByteArray line(int number)
{
    return "{\"event\":\"" + QByteArray::number(number) + "\"}\n";
}

QByteArray lines(int from, int to)
{
    QByteArray all;
    for (int i = from; i < to; ++i)
        all += line(i);
    return all;
}

QList<int> numbers(int from, int to)
{
    QList<int> all;
    for (int i = from; i < to; ++i)
        all.append(i);
    return all;
}

/// Takes everything there is, as a cache would: lines and place together, or neither.
class Reader
{
public:
    explicit Reader(QString path, FollowedFile::Limits limits = {})
        : m_path(std::move(path))
        , m_limits(limits)
    {
        restart();
    }

    /// As after a kill: only what was stored is known.
    void restart()
    {
        m_file = std::make_unique<FollowedFile>(m_path.toStdString(),
                                                m_document ? std::optional(filePlacesOf(*m_document)) : std::nullopt, m_limits);
    }
    void look() { m_file->look(m_now); }
    std::optional<FollowedFile::Part> part() { return m_file->next(m_now); }
    void store(const FollowedFile::Part &part)
    {
        const FilePart &extra = *part.request.part;
        QVERIFY(extra.position);
        m_document = extra.position->body;
        rejected += extra.rejected;
        for (const auto &[name, count] : extra.counters.entries())
            counters.add(name, count);
        const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(part.request.body));
        for (const QJsonValue &each : body.array())
            stored.append(each[u"event"].toString().toInt());
        for (const char *list : {"resourceLogs", "resourceSpans"}) {
            for (const QJsonValue &each : body[QLatin1String(list)].toArray())
                otlp.append(QLatin1String(list) + QLatin1Char(' ') + QString::number(each[u"n"].toInt()));
        }
        places.append(QString::fromStdString(extra.place));
        m_file->taken(part, m_now);
    }
    void takeAll()
    {
        look();
        while (const auto next = part())
            store(*next);
    }
    void refuse(const FollowedFile::Part &part) { m_file->refused(part); }
    void pass(std::chrono::milliseconds time) { m_now += time; }

    QList<int> stored;
    QStringList otlp, places;
    std::uint64_t rejected = 0;
    CounterSet counters;

private:
    const QString m_path;
    const FollowedFile::Limits m_limits;
    std::optional<std::string> m_document;
    std::unique_ptr<FollowedFile> m_file;
    FollowedFile::Time m_now{1h};
};

} // namespace

class TestFollowedFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_written = 0;
    }

    void linesAsTheyCome()
    {
        Reader reader(path());
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

    /// How the file goes away under the reader, while it runs or while it is down.
    void rotation_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isDown");
        QTest::addColumn<int>("times");
        for (const char *kind : {"rename", "numbers", "dates", "before the extension", "copy"}) {
            for (const bool isDown : {false, true}) {
                for (const int times : {1, 3})
                    QTest::addRow("%s, %s, %d times", kind, isDown ? "down" : "running", times) << QString::fromLatin1(kind) << isDown << times;
            }
        }
    }
    void rotation()
    {
        QFETCH(QString, kind);
        QFETCH(bool, isDown);
        QFETCH(int, times);
        Reader reader(path());
        append(lines(0, 5));
        reader.takeAll();
        append(lines(5, 8)); // not read before it goes
        for (int i = 0; i < times; ++i) {
            rotate(kind, i);
            append(lines(8 + 4 * i, 12 + 4 * i));
        }
        if (isDown)
            reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 8 + 4 * times));
        append(lines(100, 101));
        reader.takeAll();
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 8 + 4 * times) + QList{100});
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
    }

    /// What was rotated away is packed before it was read to its end. While the reader runs it holds the file; after a restart only
    /// the packed one is there.
    void packedAfterRotation_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("packing");
        QTest::addColumn<bool>("isDown");
        QTest::addColumn<bool>("isTimeKept");
        for (const char *kind : {"rename", "numbers", "dates", "before the extension", "copy"}) {
            for (const char *packing : {".gz", ".zst"}) {
                for (const bool isDown : {false, true}) {
                    for (const bool isTimeKept : {true, false})
                        QTest::addRow("%s, %s, %s, %s", kind, packing, isDown ? "down" : "running", isTimeKept ? "as old as before" : "newer")
                            << QString::fromLatin1(kind) << QString::fromLatin1(packing) << isDown << isTimeKept;
                }
            }
        }
    }
    void packedAfterRotation()
    {
        QFETCH(QString, kind);
        QFETCH(QString, packing);
        QFETCH(bool, isDown);
        QFETCH(bool, isTimeKept);
        Reader reader(path());
        append(lines(0, 5));
        reader.takeAll();
        append(lines(5, 8)); // not read before it goes
        for (int i = 0; i < 3; ++i) {
            rotate(kind, i);
            pack(packing, isTimeKept);
            append(lines(8 + 4 * i, 12 + 4 * i));
            if (i == 0 && isDown)
                reader.restart();
        }
        if (isDown)
            reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 20));
        // Read to its end, the last one is packed, too: nothing comes twice.
        rotate(kind, 3);
        reader.takeAll();
        pack(packing, isTimeKept);
        append(lines(100, 101));
        reader.restart();
        reader.takeAll();
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 20) + QList{100});
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
    }

    /// Stopped in the middle of a packed file, and much larger than what is read at once.
    void packedAndLarge()
    {
        FollowedFile::Limits limits;
        limits.part = 10'000;
        Reader reader(path(), limits);
        append(lines(0, 5));
        reader.takeAll();
        append(lines(5, 100'000));
        rotate(QStringLiteral("rename"), 0);
        pack(QStringLiteral(".gz"), true);
        append(lines(100'000, 100'010));
        reader.restart();
        reader.look();
        for (int i = 0; i < 7; ++i) {
            const auto part = reader.part();
            QVERIFY(part);
            reader.store(*part);
        }
        QVERIFY(reader.stored.size() < 10'000);
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 100'010));
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
    }

    /// Packed with the last line never ended, and before anything of the file was read.
    void packedUnread()
    {
        Reader reader(path());
        append(lines(0, 2));
        reader.takeAll();
        rotate(QStringLiteral("rename"), 0);
        append({});
        reader.takeAll(); // there is a new one, with nothing in it
        append(line(2) + "{\"event\":\"3\"}");
        rotate(QStringLiteral("rename"), 1);
        pack(QStringLiteral(".zst"), true);
        append(line(4));
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 5));
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
    }

    /// Within a tick of the clock a packed file is newer than the one that came after it. One that is open and still unread is known all
    /// the same; one that went away unread while nobody looked comes before the one at the path.
    void packedWithinATick()
    {
        Reader reader(path());
        append(lines(0, 2));
        reader.takeAll();
        const auto time = std::filesystem::last_write_time(path().toStdString());
        rotate(QStringLiteral("numbers"), 0);
        append(lines(2, 4));
        std::filesystem::last_write_time(path().toStdString(), time);
        reader.look();
        const auto first = reader.part();
        QVERIFY(first); // not stored yet
        rotate(QStringLiteral("numbers"), 1);
        append(lines(4, 6));
        std::filesystem::last_write_time(path().toStdString(), time);
        reader.look();
        pack(QStringLiteral(".gz"), true);
        rotate(QStringLiteral("numbers"), 2);
        append(lines(6, 8));
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 8));
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 8));
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
    }

    void packedAndDamaged()
    {
        Reader reader(path());
        append(lines(0, 3));
        reader.takeAll();
        append(lines(3, 5));
        rotate(QStringLiteral("rename"), 0);
        pack(QStringLiteral(".gz"), true);
        const QString packed = path() + QStringLiteral(".1000.gz");
        QVERIFY(QFile::resize(packed, QFileInfo(packed).size() - 6));
        append(line(5));
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 2, 5}));
        QCOMPARE(reader.counters.value("file.followed.gone"), std::uint64_t(1));
    }

    void rotatedAgainAndAgain()
    {
        Reader reader(path());
        for (int i = 0; i < 60; ++i) {
            append(lines(3 * i, 3 * i + 2));
            if (i % 3 == 0)
                reader.takeAll();
            append(lines(3 * i + 2, 3 * i + 3));
            if (i % 7 == 0)
                reader.restart();
            if (i % 2 == 0)
                reader.takeAll();
            if (i % 5 != 0)
                rotate(QStringLiteral("numbers"), i);
        }
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 180)); // the last one was rotated away, and nothing is in its place yet
        QCOMPARE(reader.counters.entries().size(), std::size_t(0));
        append(line(180));
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 181));
    }

    void theOldOneMayStillGrow()
    {
        Reader reader(path());
        append(lines(0, 2));
        reader.takeAll();
        QFile writer(path());
        QVERIFY(writer.open(QIODevice::Append));
        rotate(QStringLiteral("rename"), 0);
        append(line(10));
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 10}));
        writer.write(line(2)); // its program has not noticed yet
        writer.write("{\"event\":\"3\"}");
        writer.flush();
        reader.pass(59s);
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 10, 2}));
        reader.pass(59s);
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 10, 2}));
        reader.pass(2s); // it will not end its last line any more
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 10, 2, 3}));
        reader.pass(120s);
        reader.takeAll();
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, (QList{0, 1, 10, 2, 3}));
    }

    void emptiedWithoutACopy()
    {
        Reader reader(path());
        append(lines(0, 3));
        reader.takeAll();
        truncate();
        append(lines(10, 11)); // smaller than before
        reader.takeAll();
        truncate();
        append(lines(20, 40)); // larger than before
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 3) + QList{10} + numbers(20, 40));
        QCOMPARE(reader.counters.value("file.followed.emptied"), std::uint64_t(2));
    }

    void goneWhileNobodyLooked()
    {
        Reader reader(path());
        append(lines(0, 3));
        reader.takeAll();
        QVERIFY(QFile::remove(path()));
        append(lines(3, 5));
        reader.restart();
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 5));
        QCOMPARE(reader.counters.value("file.followed.gone"), std::uint64_t(1));
    }

    /// A copy is made before anything of a file was stored: nothing in the file says so.
    void copiedBeforeItWasRead()
    {
        for (const bool isDown : {false, true}) {
            init();
            Reader reader(path());
            append(lines(0, 2));
            reader.takeAll();
            rotate(QStringLiteral("copy"), 0);
            reader.look(); // the new beginning is known, and still empty
            append(lines(2, 4));
            reader.takeAll();
            rotate(QStringLiteral("copy"), 1);
            append(lines(4, 6));
            reader.look();
            const auto early = reader.part();
            QVERIFY(early);
            rotate(QStringLiteral("copy"), 2); // before that was stored
            rotate(QStringLiteral("copy"), 3); // nothing in it
            append(lines(6, 8));
            if (isDown)
                reader.restart();
            reader.takeAll();
            QCOMPARE(reader.stored, numbers(0, 8));
        }
    }

    void movedAwayAndBack()
    {
        Reader reader(path());
        append(lines(0, 2));
        reader.takeAll();
        const QString other = path() + QStringLiteral(".5");
        QVERIFY(QFile::rename(path(), other));
        reader.takeAll();
        QVERIFY(QFile::rename(other, path()));
        append(lines(2, 4));
        reader.takeAll();
        reader.restart();
        append(line(4));
        reader.takeAll();
        QCOMPARE(reader.stored, numbers(0, 5));
    }

    void whatWasThereBeforeItWasFollowed()
    {
        QFile old(path() + QStringLiteral(".1"));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write(lines(50, 60)) > 0);
        old.close();
        stamp(old.fileName());
        append(lines(0, 3));
        Reader reader(path());
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
        Reader reader(path(), limits);
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
        Reader reader(path());
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
        Reader reader(path());
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
        Reader reader(path());
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
        Reader reader(path());
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

private:
    QString path() const { return m_folder->filePath(QStringLiteral("app.log")); }
    /// Later than all that was written before, however coarse the clock of the file system.
    void append(const QByteArray &bytes)
    {
        QFile file(path());
        if (!file.open(QIODevice::Append) || file.write(bytes) != bytes.size())
            qFatal("no room for a test file");
        file.close();
        stamp(path());
    }
    void stamp(const QString &file)
    {
        std::filesystem::last_write_time(file.toStdString(), m_begin + std::chrono::milliseconds(++m_written));
    }
    void truncate()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    }
    void rotate(const QString &kind, int time)
    {
        const QString name = path();
        if (kind == QLatin1String("rename")) {
            QVERIFY(QFile::rename(name, name + QStringLiteral(".%1").arg(1000 + time)));
        } else if (kind == QLatin1String("numbers")) {
            QFile::remove(name + QStringLiteral(".9"));
            for (int i = 8; i > 0; --i) {
                for (const char *packing : {"", ".gz", ".zst"})
                    QFile::rename(name + QStringLiteral(".%1").arg(i) + QString::fromLatin1(packing),
                                  name + QStringLiteral(".%1").arg(i + 1) + QString::fromLatin1(packing));
            }
            QVERIFY(QFile::rename(name, name + QStringLiteral(".1")));
        } else if (kind == QLatin1String("dates")) {
            QVERIFY(QFile::rename(name, name + QStringLiteral("-2026-11-%1").arg(10 + time)));
        } else if (kind == QLatin1String("before the extension")) {
            QVERIFY(QFile::rename(name, m_folder->filePath(QStringLiteral("app.%1.log").arg(1 + time))));
        } else {
            const QString copy = name + QStringLiteral(".%1").arg(1000 + time);
            QVERIFY(QFile::copy(name, copy));
            stamp(copy);
            truncate();
        }
    }

    /// All that were rotated away and are not packed yet.
    void pack(const QString &packing, bool isTimeKept)
    {
        QDir folder(m_folder->path());
        for (const QString &name : folder.entryList(QDir::Files)) {
            if (name == QLatin1String("app.log") || name.endsWith(QLatin1String(".gz")) || name.endsWith(QLatin1String(".zst")))
                continue;
            const QString plain = folder.filePath(name), packed = plain + packing;
            QFile in(plain), out(packed);
            QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly));
            const std::string bytes = in.readAll().toStdString();
            out.write(QByteArray::fromStdString(packing == QLatin1String(".gz") ? test::gzipped(bytes) : test::zstandard(bytes)));
            out.close();
            if (isTimeKept)
                std::filesystem::last_write_time(packed.toStdString(), std::filesystem::last_write_time(plain.toStdString()));
            else
                stamp(packed);
            QVERIFY(QFile::remove(plain));
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    const std::filesystem::file_time_type m_begin = std::filesystem::file_time_type::clock::now();
    int m_written = 0;
};

QTEST_GUILESS_MAIN(TestFollowedFile)
#include "tst_followedfile.moc"
