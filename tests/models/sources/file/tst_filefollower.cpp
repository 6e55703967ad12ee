// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/filefollower.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QDir>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <deque>
#include <map>
#include <mutex>
#include <set>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

/// Stores lines and places together, as a cache does; recognises repeats; answers what it is told to.
class FakeCache final : public RequestHandler
{
public:
    std::string_view methodsFor(std::string_view) const override { return "POST"; }
    bool sniffsGzip(std::string_view) const override { return false; }
    bool isForPages(std::string_view) const override { return true; }
    bool wantsRetryAfter(std::string_view) const override { return true; }
    Answer refusal(std::string_view, std::string_view, int status, std::string_view) const override { return {status, {}, {}, {}, 0, 0, {}, false}; }
    void count(std::string_view, std::uint64_t) override {}
    void handle(ReceivedRequest &&request, Done done) override
    {
        Answer answer;
        {
            const std::scoped_lock lock(m_mutex);
            ++m_requests;
            const bool isRefused = m_refused.empty() ? false : request.body.find(m_refused) != std::string::npos;
            if (!m_statuses.empty()) {
                answer.status = m_statuses.front();
                m_statuses.pop_front();
            } else if (isRefused) {
                answer.status = 400;
            }
            // What is answered 503 may be stored all the same: nobody knows after a failed sync.
            if (answer.status == 200 || answer.status == 503)
                store(request);
        }
        done(std::move(answer));
    }

    void answerWith(std::initializer_list<int> statuses)
    {
        const std::scoped_lock lock(m_mutex);
        m_statuses = statuses;
    }
    void refuse(std::string text)
    {
        const std::scoped_lock lock(m_mutex);
        m_refused = std::move(text);
    }
    QStringList stored() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_stored;
    }
    int requests() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_requests;
    }
    std::string product() const ///< of the last part
    {
        const std::scoped_lock lock(m_mutex);
        return m_product;
    }
    std::uint64_t rejected(const std::string &source) const
    {
        const std::scoped_lock lock(m_mutex);
        const auto at = m_rejected.find(source);
        return at == m_rejected.end() ? 0 : at->second;
    }
    std::vector<Document> documents() const
    {
        const std::scoped_lock lock(m_mutex);
        std::vector<Document> all;
        for (const auto &[name, document] : m_documents)
            all.push_back(document);
        return all;
    }

private:
    void store(const ReceivedRequest &request)
    {
        const FilePart &part = *request.part;
        m_documents[part.position->name] = *part.position;
        if (!m_keys.insert(part.place + request.body).second)
            return;
        m_rejected[part.source] += part.rejected;
        m_product = part.product;
        for (const QJsonValue &each : QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).array())
            m_stored.append(each[u"event"].toString());
    }

    mutable std::mutex m_mutex;
    std::deque<int> m_statuses;
    std::string m_refused;
    std::set<std::string> m_keys;
    std::map<std::string, Document> m_documents;
    std::map<std::string, std::uint64_t> m_rejected;
    QStringList m_stored;
    std::string m_product;
    int m_requests = 0;
};

} // namespace

class TestFileFollower final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void filesThatComeLaterAndGrow()
    {
        FakeCache cache;
        FileFollower follower(options(cache, {"one.log", "two.log", "one.log"}), cache);
        QCOMPARE(follower.files().size(), std::size_t(2));
        follower.start();
        QTRY_COMPARE(cache.documents().size(), std::size_t(2)); // known before they are there
        append("one.log", "{\"event\":\"a\"}\n{\"event\":\"b");
        QTRY_COMPARE(cache.stored(), QStringList{QStringLiteral("a")});
        append("two.log", "{\"event\":\"c\"}\nhello\n");
        append("one.log", "\"}\n");
        QTRY_COMPARE(cache.stored().size(), 3);
        QTRY_COMPARE(cache.rejected(path("two.log")), std::uint64_t(1));
        QCOMPARE(cache.rejected(path("one.log")), std::uint64_t(0));
        follower.stop();
        append("one.log", "{\"event\":\"d\"}\n");
        follower.start();
        QTRY_COMPARE(cache.stored().size(), 4);
        QCOMPARE(cache.stored().last(), QStringLiteral("d"));
        follower.stop();
    }

    void whileNothingCanBeStored()
    {
        FakeCache cache;
        cache.answerWith({503, 200, 503, 503});
        FileFollower follower(options(cache, {"app.log"}), cache);
        append("app.log", "{\"event\":\"a\"}\n");
        follower.start();
        QTRY_VERIFY(!cache.stored().isEmpty());
        append("app.log", "{\"event\":\"b\"}\n");
        QTRY_COMPARE(cache.stored(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QTRY_COMPARE(cache.requests(), 2 + 3 + 1);
        follower.stop();
        QCOMPARE(cache.stored().size(), 2);
    }

    void whatNobodyCanRead()
    {
        FakeCache cache;
        cache.refuse("bad");
        append("app.log", "{\"event\":\"a\"}\n{\"event\":\"bad\"}\n{\"event\":\"b\"}\n{\"event\":\"bad too\"}\n");
        FileFollower follower(options(cache, {"app.log"}), cache);
        follower.start();
        QTRY_COMPARE(cache.stored(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QTRY_COMPARE(cache.rejected(path("app.log")), std::uint64_t(2));
        follower.stop();
    }

    void withoutTheCacheForAWhile()
    {
        FakeCache cache;
        std::atomic<int> questions = 0;
        FollowOptions chosen = options(cache, {"app.log"});
        chosen.places = [&]() -> Result<std::vector<Document>> {
            if (++questions < 3)
                return failure(Error::Code::Busy, "not now");
            return cache.documents();
        };
        append("app.log", "{\"event\":\"a\"}\n");
        FileFollower follower(chosen, cache);
        follower.start();
        QTRY_COMPARE(cache.stored(), QStringList{QStringLiteral("a")});
        follower.stop();
        QCOMPARE(questions.load(), 3);
        // Stopping does not wait for it.
        chosen.places = []() -> Result<std::vector<Document>> { return failure(Error::Code::Busy, "never"); };
        FileFollower other(chosen, cache);
        other.start();
        other.stop();
        QCOMPARE(cache.stored().size(), 1);
    }

    void aFolderThatComesLater()
    {
        FakeCache cache;
        FollowOptions chosen = options(cache, {"logs/app.log"});
        chosen.interval = 20ms; // nobody tells
        FileFollower follower(chosen, cache);
        follower.start();
        QTRY_COMPARE(cache.documents().size(), std::size_t(1));
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("logs")));
        append("logs/app.log", "{\"event\":\"a\"}\n");
        QTRY_COMPARE(cache.stored(), QStringList{QStringLiteral("a")});
        follower.stop();
    }

    /// A writer that rotates at random while the follower runs, is stopped and started.
    /// A folder: what is there, what comes later; nothing packed, nothing that another one was before.
    void aFolder()
    {
        FakeCache cache;
        append("app.jsonl", "{\"event\":\"a\"}\n");
        append("old.jsonl.gz", "{\"event\":\"packed\"}\n");
        FileFollower follower(targets(cache, {target("t", m_folder->path().toStdString())}), cache);
        follower.start();
        QTRY_COMPARE(cache.stored(), QStringList{QStringLiteral("a")});
        QVERIFY(QFile::rename(file("app.jsonl"), file("app.jsonl.1")));
        append("app.jsonl", "{\"event\":\"b\"}\n");
        append("other.jsonl", "{\"event\":\"c\"}\n");
        QTRY_COMPARE_WITH_TIMEOUT(cache.stored().size(), 3, 20'000);
        QTest::qWait(300); // some looks later
        follower.stop();
        QStringList stored = cache.stored();
        stored.sort();
        QCOMPARE(stored, (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        const std::vector<FollowSight> sights = follower.sights();
        QCOMPARE(sights.size(), std::size_t(1));
        QCOMPARE(sights[0].files, std::size_t(2));
        QCOMPARE(sights[0].requests, std::uint64_t(3));
        QVERIFY(sights[0].lastRequest && sights[0].problem.empty());

        // Again from the beginning: nothing twice.
        FileFollower next(targets(cache, {target("t", m_folder->path().toStdString() + "/*.jsonl")}), cache);
        next.start();
        append("other.jsonl", "{\"event\":\"d\"}\n");
        QTRY_COMPARE_WITH_TIMEOUT(cache.stored().size(), 4, 20'000);
        QCOMPARE(cache.stored().last(), QStringLiteral("d"));
    }

    /// Rows of a table by its header, also when there are ends of lines in quotes and a row is still being written.
    void aTable()
    {
        FakeCache cache;
        FollowTarget table = target("t", path("t.csv"));
        table.isTableByName = true;
        table.form.isTable = true;
        table.form.product = "Stride";
        table.form.mapping.columns = {{"event", "What"}};
        FileFollower follower(targets(cache, {table}), cache);
        follower.start();
        append("t.csv", "Who,What\n");
        append("t.csv", "ann,\"one\ntwo\"\n");
        append("t.csv", "bob,\"thr");
        QTRY_COMPARE(cache.stored(), QStringList{QStringLiteral("one\ntwo")});
        append("t.csv", "ee\nfour\"\nann,five\n");
        QTRY_COMPARE(cache.stored(), (QStringList{QStringLiteral("one\ntwo"), QStringLiteral("three\nfour"), QStringLiteral("five")}));
        QCOMPARE(QString::fromStdString(cache.product()), QStringLiteral("Stride"));
        QVERIFY(follower.sights()[0].problem.empty());
    }

    void aTableThatSaysNothing()
    {
        FakeCache cache;
        FollowTarget table = target("t", path("t.csv"));
        table.form.isTable = true;
        append("t.csv", "Who,Where\n");
        append("t.csv", "ann,here\n");
        FileFollower follower(targets(cache, {table}), cache);
        follower.start();
        QTRY_COMPARE(cache.rejected(path("t.csv")), std::uint64_t(1));
        QTRY_VERIFY(follower.sights()[0].problem.find("No column says what happened") != std::string::npos);
        QVERIFY(cache.stored().isEmpty());
    }

    void everyLineOnce()
    {
        FakeCache cache;
        constexpr int kLines = 4'000;
        FollowOptions chosen = options(cache, {"app.log"});
        auto follower = std::make_unique<FileFollower>(chosen, cache);
        follower->start();
        for (int i = 0; i < kLines; ++i) {
            append("app.log", "{\"event\":\"" + QByteArray::number(i) + "\"}\n");
            if (i == 0) // from now on it is known
                QTRY_COMPARE(cache.stored().size(), 1);
            if (i % 97 == 0) {
                QFile::remove(file("app.log.3"));
                QFile::rename(file("app.log.2"), file("app.log.3"));
                QFile::rename(file("app.log.1"), file("app.log.2"));
                QFile::rename(file("app.log"), file("app.log.1"));
                QTest::qSleep(1 + i % 5); // file systems have coarse clocks
            }
            if (i % 1'000 == 0) {
                follower = std::make_unique<FileFollower>(chosen, cache);
                follower->start();
            }
        }
        QTRY_COMPARE(cache.stored().size(), kLines);
        follower.reset();
        const QStringList stored = cache.stored();
        for (int i = 0; i < kLines; ++i)
            QCOMPARE(stored[i], QString::number(i));
    }

private:
    QString file(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::string path(const char *name) const { return file(name).toStdString(); }
    void append(const char *name, const QByteArray &bytes)
    {
        QFile target(file(name));
        if (!target.open(QIODevice::Append) || target.write(bytes) != bytes.size())
            qFatal("no room for a test file");
    }
    FollowOptions options(const FakeCache &cache, std::initializer_list<const char *> names) const
    {
        FollowOptions chosen;
        for (const char *name : names)
            chosen.files.push_back(path(name));
        chosen.places = [&cache]() -> Result<std::vector<Document>> { return cache.documents(); };
        return chosen;
    }

    static FollowTarget target(const char *id, std::string path)
    {
        FollowTarget made;
        made.id = id;
        made.path = std::move(path);
        return made;
    }
    FollowOptions targets(const FakeCache &cache, std::vector<FollowTarget> chosen) const
    {
        FollowOptions made = options(cache, {});
        made.targets = std::move(chosen);
        return made;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestFileFollower)
#include "tst_filefollower.moc"
