// SPDX-License-Identifier: GPL-3.0-or-later
// A cache that does not open: why, what can be saved, and which file is where afterwards.
#include "app/window/cacherescuer.h"
#include "models/store/cacheverifier.h"
#include "models/store/sqlite.h"
#include "models/store/storetesting.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kPage = 4096;

bool fill(const std::filesystem::path &cache)
{
    std::mt19937 random(1);
    auto writer = openWriter(cache);
    for (int i = 0; i < 20; ++i) {
        std::vector<Delivery> one;
        one.push_back(deliver(randomSketches(random, 200), Instant{1'700'000'000'000'000'000}));
        if (!writer->commit(one))
            return false;
    }
    return true;
}

bool overwrite(const std::filesystem::path &cache, qint64 at, qint64 bytes)
{
    QFile file(QString::fromStdString(cache.string()));
    return file.open(QIODevice::ReadWrite) && file.seek(at) && file.write(QByteArray(bytes, '\x5a')) == bytes;
}

} // namespace

class TestCacheRescuer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<CacheRescue::Condition>(); }

    void why_data()
    {
        QTest::addColumn<QString>("make");
        QTest::addColumn<CacheRescue::Condition>("condition");
        using Condition = CacheRescue::Condition;
        QTest::newRow("sound") << QString() << Condition::Openable;
        QTest::newRow("none yet") << QStringLiteral("remove") << Condition::Openable;
        QTest::newRow("contents damaged") << QStringLiteral("contents") << Condition::Damaged;
        QTest::newRow("beginning damaged") << QStringLiteral("beginning") << Condition::NoDatabase;
        QTest::newRow("newer") << QStringLiteral("PRAGMA user_version = 999") << Condition::Newer;
        QTest::newRow("foreign") << QStringLiteral("PRAGMA application_id = 7") << Condition::Foreign;
        QTest::newRow("older") << QStringLiteral("PRAGMA user_version = 5") << Condition::Openable;
        QTest::newRow("without state") << QStringLiteral("DELETE FROM state") << Condition::Damaged;
        QTest::newRow("a folder") << QStringLiteral("folder") << Condition::Unreadable;
    }
    void why()
    {
        QFETCH(QString, make);
        QFETCH(CacheRescue::Condition, condition);
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache()));
        if (make == u"remove" || make == u"folder")
            std::filesystem::remove(folder.cache());
        if (make == u"folder")
            std::filesystem::create_directory(folder.cache());
        else if (make == u"contents")
            QVERIFY(overwrite(folder.cache(), 100, kPage - 100));
        else if (make == u"beginning")
            QVERIFY(overwrite(folder.cache(), 0, 100));
        else if (make.startsWith(u"PRAGMA") || make.startsWith(u"DELETE"))
            Database(folder.cache(), Database::Mode::ReadWrite).execute(make.toUtf8());
        CacheRescuer rescuer(folder.cache(), m_clock);
        QSignalSpy examined(&rescuer, &CacheRescue::examined);
        rescuer.examine();
        QVERIFY(examined.wait());
        QCOMPARE(examined[0][0].value<CacheRescue::Condition>(), condition);
    }

    void whatCameOverTakesThePlace()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache()));
        const std::string damaged = withDamage(folder.cache());
        CacheRescuer rescuer(folder.cache(), m_clock);
        CacheRescue::Recovered outcome;
        connect(&rescuer, &CacheRescue::recovered, this, [&](const CacheRescue::Recovered &told) { outcome = told; });
        QSignalSpy again(&rescuer, &CacheRescue::againRequested);
        rescuer.recover();
        QTRY_VERIFY(outcome.records > 0);
        QVERIFY(outcome.lost > 0);
        QVERIFY(!rescuer.wantsAgain());
        rescuer.openRecovered();
        QCOMPARE(again.size(), 1);
        QVERIFY(rescuer.wantsAgain());
        QVERIFY(rescuer.carryOut());
        const auto check = checkCache(folder.cache(), {});
        QVERIFY(check && check->isSound());
        QCOMPARE(check->records, outcome.records);
        const auto kept = folder.cache().parent_path() / outcome.keptAs.toStdString();
        QVERIFY(kept.filename().string().ends_with(".kept-20231114T221320Z"));
        QCOMPARE(bytesOf(kept), damaged);
    }

    void aNewOneTakesThePlace()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache()));
        const std::string before = bytesOf(folder.cache());
        for (int i = 0; i < 2; ++i) { // the second finds the name taken
            CacheRescuer rescuer(folder.cache(), m_clock);
            rescuer.startNew();
            QVERIFY(rescuer.carryOut());
            QVERIFY(!std::filesystem::exists(folder.cache()));
            std::filesystem::path kept = folder.cache().string() + ".kept-20231114T221320Z" + (i == 0 ? "" : "-2");
            QCOMPARE(bytesOf(kept), before);
            std::filesystem::copy_file(kept, folder.cache());
        }
    }

    void cancelling()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache()));
        const std::string before = withDamage(folder.cache());
        CacheRescuer rescuer(folder.cache(), m_clock);
        QSignalSpy failed(&rescuer, &CacheRescue::failed);
        rescuer.recover();
        rescuer.cancel();
        QVERIFY(failed.wait());
        QCOMPARE(failed[0][0].toString(), QString());
        QCOMPARE(bytesOf(folder.cache()), before);
        QVERIFY(!std::filesystem::exists(folder.cache().string() + ".recovered"));
    }

    void whatCanNotBeSavedIsSaid()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache()));
        QVERIFY(overwrite(folder.cache(), 100, kPage - 100));
        CacheRescuer rescuer(folder.cache(), m_clock);
        QSignalSpy failed(&rescuer, &CacheRescue::failed);
        rescuer.recover();
        QVERIFY(failed.wait());
        QVERIFY(!failed[0][0].toString().isEmpty());
    }

private:
    static std::string bytesOf(const std::filesystem::path &path)
    {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("it can not be read");
    }
    /// Returns what the file holds then.
    static std::string withDamage(const std::filesystem::path &cache)
    {
        {
            Database database(cache, Database::Mode::ReadWrite);
            database.execute("UPDATE segment_data SET columns = zeroblob(length(columns)) WHERE id = (SELECT max(id) FROM segment_data);"
                             "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        return bytesOf(cache);
    }

    const FixedClock m_clock{Instant{1'700'000'000'500'000'000}};
};

QTEST_GUILESS_MAIN(TestCacheRescuer)
#include "tst_cacherescuer.moc"
