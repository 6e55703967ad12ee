// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale archive`: a selection that opens elsewhere, is taken in elsewhere, and says how it differs.
class TestArchive final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString fixtures = QStringLiteral(TELLTALE_TEST_DATA "/fixtures/");
        QStringList files;
        for (const char *folder : {"otlp-js", "sentry-node-11", "posthog-node", "segment-node", "kuserfeedback", "prometheus-pushgateway", "countly-node"}) {
            const QDir dir(fixtures + QString::fromLatin1(folder));
            for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
                if (!name.contains(QLatin1String(".expected.")) && !name.contains(QLatin1String("grpc")))
                    files += dir.filePath(name);
            }
        }
        const Outcome outcome = runTelltale(QStringList{QStringLiteral("import"), QStringLiteral("--cache"), path("first.db")} + files);
        QVERIFY2(QJsonDocument::fromJson(outcome.output).object()[u"records"].toInteger() > 300, outcome.errors.constData());
        addALaterSession();
        m_group = rowsOf(path("first.db"), {QStringLiteral("errors")})[0][QLatin1String("group")].toString();
        QCOMPARE(telltale({"triage", "--cache", path("first.db"), m_group, "--resolve"}).exitCode, 0);
        m_now = QStringLiteral("2026-11-20T12:00:00Z");
    }

    void answersAreTheSame()
    {
        const Outcome made = telltale({"archive", "--cache", path("first.db"), "--now", m_now, "--out", path("all.telltale"), "--title", "All", "--view", "errors"});
        QVERIFY2(made.exitCode == 0, made.errors.constData());
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("all.telltale*")}, QDir::AllEntries), QStringList{QStringLiteral("all.telltale")});
        for (const char *question : {"totals", "features", "screens", "metrics", "operations", "releases", "active-users", "sessions", "errors", "traces"})
            QCOMPARE(rowsOf(path("all.telltale"), {QString::fromLatin1(question)}), rowsOf(path("first.db"), {QString::fromLatin1(question)}));
        const QJsonObject about = QJsonDocument::fromJson(telltale({"archive", "show", path("all.telltale")}).output).object();
        QCOMPARE(about[u"title"].toString(), QStringLiteral("All"));
        QCOMPARE(about[u"view"].toString(), QStringLiteral("errors"));
        QCOMPARE(about[u"made"].toString(), m_now);
        QVERIFY(about[u"records"].toInteger() > 300);
    }

    /// Also from a folder where nothing can be written.
    void needsNothingBesideIt()
    {
        const QString folder = path("readonly");
        QVERIFY(QDir().mkpath(folder) && QFile::copy(path("all.telltale"), folder + QStringLiteral("/a.telltale")));
        QFile::setPermissions(folder + QStringLiteral("/a.telltale"), QFileDevice::ReadOwner);
        QCOMPARE(rowsOf(folder + QStringLiteral("/a.telltale"), {QStringLiteral("totals")}), rowsOf(path("first.db"), {QStringLiteral("totals")}));
        QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList{QStringLiteral("a.telltale")});
    }

    /// The archive of a session on another machine, where nobody used Telltale yet: every view shows the same picture, to the pixel.
    void aSessionLooksTheSameElsewhere_data()
    {
        QTest::addColumn<QString>("view");
        for (const char *view : {"overview", "usage", "sessions", "errors", "performance", "journeys"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void aSessionLooksTheSameElsewhere()
    {
        QFETCH(QString, view);
        QJsonObject chosen;
        for (const auto &row : rowsOf(path("first.db"), {QStringLiteral("sessions"), QStringLiteral("--filter"), QStringLiteral("user:user-2000")})) {
            if (row[QLatin1String("errors")].toInt() >= chosen[u"errors"].toInt() && row[QLatin1String("events")].toInt() > 0)
                chosen = row.toObject();
        }
        QVERIFY(chosen[u"errors"].toInt() > 1);
        const QString session = QStringLiteral("session:") + chosen[u"session"].toString();
        const QDateTime start = QDateTime::fromString(chosen[u"start"].toString().left(19) + u'Z', Qt::ISODate);
        QVERIFY(start.isValid());
        const QString from = start.addSecs(-600).toString(Qt::ISODate), to = start.addSecs(3000).toString(Qt::ISODate);
        if (!QFile::exists(path("session.telltale")))
            QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--now", to, "--filter", session, "--out", path("session.telltale")}).exitCode, 0);
        const QTemporaryDir home;
        QVERIFY(QFile::copy(path("session.telltale"), home.filePath(QStringLiteral("elsewhere.telltale"))));
        const auto picture = [&](const QString &cache, int height) {
            const QString png = m_folder.filePath(view + QString::number(height) + QStringLiteral(".png"));
            const Outcome drawn = telltale({"snapshot", view, "--cache", cache, "--now", to, "--zone", "Europe/Berlin", "--from", from, "--to", to, "--filter", session,
                                            "--size", QStringLiteral("1440x%1").arg(height), "--out", png});
            if (drawn.exitCode != 0)
                qWarning("%s", drawn.errors.constData());
            return QImage(png).convertToFormat(QImage::Format_RGB32);
        };
        const QRect page(230, 90, 1200, 770); // of a window of 1440 x 900
        const QByteArray before = qgetenv("HOME");
        for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME"})
            qunsetenv(name);
        // In an archive nobody decides: those buttons are grey.
        const double most = view == QLatin1String("errors") ? 0.005 : 0.0005;
        double least = 1;
        QImage here;
        // An archive says above its views that it is one, so its window is as much higher. A busy machine gets more than one chance.
        for (const int banner : {54, 54, 54, 54, 53, 55, 52, 56, 50, 51, 57, 58}) {
            qputenv("HOME", before);
            here = picture(path("first.db"), 900).copy(page);
            QVERIFY(!here.isNull());
            qputenv("HOME", home.path().toUtf8());
            const QImage there = picture(home.filePath(QStringLiteral("elsewhere.telltale")), 900 + banner).copy(page.translated(0, banner));
            least = std::min(least, shareOfOtherPixels(here, there));
            if (least < most)
                break;
        }
        qputenv("HOME", before);
        QVERIFY2(least < most, qPrintable(QStringLiteral("%1 % of the pixels are others").arg(least * 100)));
        QVERIFY2(coloursOf(here) > 20, "nothing to compare");
    }

    void nobodyAddsToIt()
    {
        const QByteArray before = bytesOf(path("all.telltale"));
        const Outcome imported = telltale({"import", "--cache", path("all.telltale"), path("all.telltale")});
        QVERIFY(imported.exitCode != 0 && imported.errors.contains("archive"));
        QVERIFY(telltale({"triage", "--cache", path("all.telltale"), m_group, "--reopen"}).exitCode != 0);
        QVERIFY(bytesOf(path("all.telltale")) == before);
    }

    void importedOnceAndOnlyOnce()
    {
        for (const bool isFirst : {true, false}) {
            const Outcome imported = telltale({"import", "--cache", path("second.db"), path("all.telltale")});
            QVERIFY2(imported.exitCode == 0, imported.errors.constData());
            const QJsonObject said = QJsonDocument::fromJson(imported.output).object();
            QCOMPARE(said[u"records"].toInteger() > 300, isFirst);
            QCOMPARE(said[u"known"].toInteger() > 300, !isFirst);
            for (const char *question : {"totals", "features", "metrics", "sessions", "errors", "traces"})
                QCOMPARE(rowsOf(path("second.db"), {QString::fromLatin1(question)}), rowsOf(path("first.db"), {QString::fromLatin1(question)}));
        }
    }

    void onlyWhatMatches()
    {
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--filter", "kind:error", "--out", path("errors.telltale")}).exitCode, 0);
        const QJsonObject totals = rowsOf(path("errors.telltale"), {QStringLiteral("totals")})[0].toObject();
        QCOMPARE(totals[u"errors"], rowsOf(path("first.db"), {QStringLiteral("totals")})[0][QLatin1String("errors")]);
        QCOMPARE(totals[u"usage_events"].toInt(), 0);
        QCOMPARE(stateIn("errors.telltale"), QStringLiteral("resolved"));
        const Outcome nothing = telltale({"archive", "--cache", path("first.db"), "--filter", "feature:nobody", "--out", path("none.telltale")});
        QCOMPARE(nothing.exitCode, 1);
        QVERIFY(nothing.errors.contains("nothing matches"));
        QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("none*")}, QDir::AllEntries).isEmpty());
    }

    void redacted()
    {
        const QJsonArray sessions = rowsOf(path("first.db"), {QStringLiteral("sessions")});
        QStringList names;
        for (const auto &row : sessions) {
            for (const auto &name : {row[QLatin1String("user")].toString(), row[QLatin1String("session")].toString()}) {
                if (name.size() > 6 && !name.startsWith(QLatin1String("session-")) && !name.startsWith(QLatin1String("user-")))
                    names += name;
            }
        }
        QVERIFY(names.size() > 5);
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--redact", "--out", path("redacted.telltale")}).exitCode, 0);
        const QByteArray lines = telltale({"export", "--cache", path("redacted.telltale"), "--out", "-"}).output;
        QVERIFY(lines.count('\n') > 300);
        for (const QByteArray &line : lines.split('\n')) {
            const QJsonObject record = QJsonDocument::fromJson(line).object();
            for (const QString &name : std::as_const(names)) {
                QVERIFY2(record[u"user"].toString() != name && record[u"session"].toString() != name, qPrintable(name));
                QVERIFY2(!record[u"resource"].toObject().contains(u"host.name"), line.constData());
            }
        }
        // What they did stays, and how many they were.
        QCOMPARE(rowsOf(path("redacted.telltale"), {QStringLiteral("totals")}), rowsOf(path("first.db"), {QStringLiteral("totals")}));
        QCOMPARE(rowsOf(path("redacted.telltale"), {QStringLiteral("features")}), rowsOf(path("first.db"), {QStringLiteral("features")}));
        const QJsonObject about = QJsonDocument::fromJson(telltale({"archive", "show", path("redacted.telltale")}).output).object();
        QVERIFY(about[u"redacted"].toBool());
    }

    void twoThatDiffer()
    {
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--filter", "-kind:error", "--out", path("noerrors.telltale")}).exitCode, 0);
        const QJsonObject same = QJsonDocument::fromJson(telltale({"archive", "compare", path("all.telltale"), path("first.db")}).output).object();
        QVERIFY(same[u"equal"].toBool());
        const Outcome outcome = telltale({"archive", "compare", path("noerrors.telltale"), path("all.telltale"), "--examples", "2"});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        const QJsonObject difference = QJsonDocument::fromJson(outcome.output).object();
        QVERIFY(!difference[u"equal"].toBool());
        const qint64 errors = rowsOf(path("first.db"), {QStringLiteral("totals")})[0][QLatin1String("errors")].toInteger();
        for (const auto &row : difference[u"kinds"].toArray()) {
            const bool isError = row[QLatin1String("kind")].toString() == QLatin1String("error");
            QCOMPARE(row[QLatin1String("only_second")].toInteger(), isError ? errors : 0);
            QCOMPARE(row[QLatin1String("only_first")].toInteger(), 0);
            QCOMPARE(row[QLatin1String("both")].toInteger() > 0, !isError);
        }
        QCOMPARE(difference[u"examples_only_second"].toArray().size(), 2);
        QCOMPARE(difference[u"groups"].toArray()[0][QLatin1String("group")].toString(), m_group);
        QCOMPARE(difference[u"groups"].toArray()[0][QLatin1String("second")].toString(), QStringLiteral("resolve"));
    }

    void mergedAgain()
    {
        const Outcome merged = telltale({"archive", "merge", path("errors.telltale"), path("noerrors.telltale"), path("all.telltale"), "--out", path("merged.telltale")});
        QVERIFY2(merged.exitCode == 0, merged.errors.constData());
        const QJsonObject same = QJsonDocument::fromJson(telltale({"archive", "compare", path("merged.telltale"), path("all.telltale")}).output).object();
        QVERIFY2(same[u"equal"].toBool(), QJsonDocument(same).toJson().constData());
        QCOMPARE(stateIn("merged.telltale"), QStringLiteral("resolved"));
    }

    /// What was decided later here is not undone by an older archive.
    void decisionsOfTheCacheHold()
    {
        QCOMPARE(telltale({"triage", "--cache", path("second.db"), m_group, "--archive"}).exitCode, 0);
        QCOMPARE(telltale({"import", "--cache", path("second.db"), path("all.telltale")}).exitCode, 0);
        QCOMPARE(stateIn("second.db"), QStringLiteral("archived"));
    }

    /// Neither what is read nor another cache is overwritten.
    void aCacheIsNoGoal()
    {
        for (const char *goal : {"first.db", "second.db"}) {
            const QByteArray before = bytesOf(path(goal));
            QVERIFY(telltale({"archive", "--cache", path("first.db"), "--out", path(goal)}).errors.contains("another name"));
            QVERIFY(bytesOf(path(goal)) == before);
        }
        QVERIFY(telltale({"archive", "merge", path("all.telltale"), path("errors.telltale"), "--out", path("errors.telltale")}).errors.contains("another name"));
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--out", path("errors.telltale")}).exitCode, 0); // an older archive
    }

    void problems()
    {
        QCOMPARE(telltale({"archive", "--cache", path("first.db")}).exitCode, 2);
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--out", path("x.telltale"), "--filter", "colour:red"}).exitCode, 2);
        QCOMPARE(telltale({"archive", "--cache", path("nowhere.db"), "--out", path("x.telltale")}).exitCode, 1);
        QCOMPARE(telltale({"archive", "--cache", path("first.db"), "--out", path("nowhere/x.telltale")}).exitCode, 1);
        QVERIFY(telltale({"archive", "show", path("first.db")}).errors.contains("no archive"));
        QVERIFY(telltale({"import", "--cache", path("third.db"), path("first.db")}).errors.contains("no archive"));
        QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("x.*")}, QDir::AllEntries).isEmpty());
    }

private:
    /// The session with most in it once more, two days later and of somebody else: no release was first seen then. What came first is what
    /// an archive does not know, so it has no flags for it.
    void addALaterSession()
    {
        QCOMPARE(telltale({"export", "--cache", path("first.db"), "--filter", "user:user-1000", "--from", "2026-11-22T11:00:00Z", "--to", "2026-11-22T12:00:00Z", "--out",
                           path("day.jsonl")})
                     .exitCode,
                 0);
        QFile exported(path("day.jsonl")), later(path("later.jsonl"));
        QVERIFY(exported.open(QIODevice::ReadOnly) && later.open(QIODevice::WriteOnly));
        QByteArray lines = exported.readAll();
        lines.replace("2026-11-22T", "2026-11-24T").replace("user-1000", "user-2000").replace("\"session\":\"", "\"session\":\"later-");
        later.write(lines);
        later.close();
        QCOMPARE(telltale({"import", "--cache", path("first.db"), path("later.jsonl")}).exitCode, 0);
    }

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    struct Word : QString
    {
        Word(const char *text) : QString(QString::fromLatin1(text)) {}
        Word(const QString &text) : QString(text) {}
    };
    static Outcome telltale(std::initializer_list<Word> words)
    {
        QStringList arguments;
        for (const Word &word : words)
            arguments += word;
        return runTelltale(arguments);
    }
    /// Pixels that somebody could tell apart.
    static double shareOfOtherPixels(const QImage &a, const QImage &b)
    {
        if (a.size() != b.size())
            return 1;
        int others = 0;
        for (int y = 0; y < a.height(); ++y) {
            for (int x = 0; x < a.width(); ++x) {
                const QRgb one = a.pixel(x, y), two = b.pixel(x, y);
                others += std::max({std::abs(qRed(one) - qRed(two)), std::abs(qGreen(one) - qGreen(two)), std::abs(qBlue(one) - qBlue(two))}) > 16;
            }
        }
        return double(others) / (double(a.width()) * a.height());
    }
    static qsizetype coloursOf(const QImage &image)
    {
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colours.insert(image.pixel(x, y));
        }
        return colours.size();
    }
    static QByteArray bytesOf(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString stateIn(const char *cache) const
    {
        for (const auto &row : rowsOf(path(cache), {QStringLiteral("errors")})) {
            if (row[QLatin1String("group")].toString() == m_group)
                return row[QLatin1String("state")].toString();
        }
        return {};
    }

    QTemporaryDir m_folder;
    QString m_group, m_now;
};

QTEST_GUILESS_MAIN(TestArchive)
#include "tst_archive.moc"
