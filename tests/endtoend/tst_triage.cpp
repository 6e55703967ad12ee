// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale triage`: what is decided holds for what comes, over restarts, whichever way a question is answered.
class TestTriage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QFile::remove(cache());
        importErrors({{"A", "2025-11-01T10:00:00Z", "4.1.3", "u1"}, {"A", "2025-11-02T10:00:00Z", "4.1.3", "u2"},
                      {"B", "2025-11-03T10:00:00Z", "4.1.3", "u1"}, {"C", "2025-11-17T10:00:00Z", "4.2.0", "u3"}});
    }

    void nobodyDecided()
    {
        QCOMPARE(states(), (QMap<QString, QString>{{QStringLiteral("A"), QStringLiteral("ongoing")},
                                                   {QStringLiteral("B"), QStringLiteral("ongoing")},
                                                   {QStringLiteral("C"), QStringLiteral("new")}}));
    }

    void resolvedIsOverUntilItComesAgain()
    {
        decide({group("A"), QStringLiteral("--resolve")});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("resolved"));
        importErrors({{"A", "2025-11-10T10:00:00Z", "4.1.3", "u9"}}); // happened before, came late
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("resolved"));
        importErrors({{"A", "2025-11-18T12:30:00Z", "4.1.3", "u9"}});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("regressed"));
        decide({group("A"), QStringLiteral("--reopen")});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("ongoing"));
    }

    void resolvedInARelease()
    {
        decide({group("A"), QStringLiteral("--resolve"), QStringLiteral("--in"), QStringLiteral("4.2.0")});
        importErrors({{"A", "2025-11-18T12:30:00Z", "4.1.3", "u1"}});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("resolved"));
        importErrors({{"A", "2025-11-18T12:40:00Z", "4.3.0", "u1"}});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("regressed"));
    }

    void archivedUntilSoManyUsers()
    {
        decide({group("A"), QStringLiteral("--archive"), QStringLiteral("--until-users"), QStringLiteral("2")});
        importErrors({{"A", "2025-11-18T12:30:00Z", "4.1.3", "u1"}, {"A", "2025-11-18T12:31:00Z", "4.1.3", "u1"}});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("archived"));
        importErrors({{"A", "2025-11-18T12:32:00Z", "4.1.3", "u7"}});
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("ongoing"));
    }

    void mergedForWhatWasAndWhatComes()
    {
        const QString a = group("A"), b = group("B");
        decide({b, QStringLiteral("--merge-into"), a});
        importErrors({{"B", "2025-11-18T12:30:00Z", "4.2.0", "u5"}});
        for (const char *plan : {"scan", "auto"}) {
            const QJsonArray rows = errors({QStringLiteral("--plan"), QString::fromLatin1(plan)});
            QCOMPARE(rows.size(), 2);
            QCOMPARE(rows[0][QLatin1String("group")].toString(), a);
            QCOMPARE(rows[0][QLatin1String("events")].toInt(), 4);
            QCOMPARE(rows[0][QLatin1String("users")].toInt(), 3);
            QCOMPARE(rows[0][QLatin1String("first_seen")].toString(), QStringLiteral("2025-11-01T10:00:00Z"));
            QCOMPARE(rows[0][QLatin1String("type")].toString(), QStringLiteral("B")); // the newest
        }
        QCOMPARE(rowsOf(cache(), {QStringLiteral("error"), a}).size(), 4);
        decide({b, QStringLiteral("--unmerge")});
        QCOMPARE(errors().size(), 3);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("error"), a}).size(), 2);
    }

    void severalAtOnceOrNone()
    {
        decide({group("A"), group("B"), QStringLiteral("--archive")});
        QCOMPARE(states()[QStringLiteral("B")], QStringLiteral("archived"));
        const Outcome outcome = triage({group("C"), QStringLiteral("0123456789abcdef"), QStringLiteral("--resolve")});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.errors.contains("0123456789abcdef"));
        QCOMPARE(states()[QStringLiteral("C")], QStringLiteral("new"));
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString a = QStringLiteral("0123456789abcdef");
        QTest::newRow("nothing to do") << QStringList{a};
        QTest::newRow("two things") << QStringList{a, QStringLiteral("--resolve"), QStringLiteral("--archive")};
        QTest::newRow("no group") << QStringList{QStringLiteral("--resolve")};
        QTest::newRow("no name of a group") << QStringList{QStringLiteral("NullPointer"), QStringLiteral("--resolve")};
        QTest::newRow("into itself") << QStringList{a, QStringLiteral("--merge-into"), a};
        QTest::newRow("until when") << QStringList{a, QStringLiteral("--archive"), QStringLiteral("--until"), QStringLiteral("soonish")};
        QTest::newRow("a release of nothing") << QStringList{a, QStringLiteral("--archive"), QStringLiteral("--in"), QStringLiteral("4.2.0")};
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(triage(arguments).exitCode, 2);
    }

    void anotherProcessWrites()
    {
        Collector collector(cache());
        QVERIFY(collector.start());
        const Outcome outcome = triage({group("A"), QStringLiteral("--resolve")});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.errors.contains(QByteArray::number(collector.ready()[u"pid"].toInteger())), outcome.errors.constData());
        QVERIFY(collector.stop());
        QCOMPARE(states()[QStringLiteral("A")], QStringLiteral("ongoing"));
    }

private:
    struct Sent
    {
        const char *type, *time, *release, *user;
    };

    QString cache() const { return m_folder.filePath(QStringLiteral("triage.db")); }
    void importErrors(const QList<Sent> &list)
    {
        const QString path = m_folder.filePath(QStringLiteral("errors.jsonl"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const Sent &one : list) {
            const QJsonObject line{{QStringLiteral("kind"), QStringLiteral("error")},
                                   {QStringLiteral("time"), QString::fromLatin1(one.time)},
                                   {QStringLiteral("name"), QString::fromLatin1(one.type)},
                                   {QStringLiteral("error"), QJsonObject{{QStringLiteral("type"), QString::fromLatin1(one.type)},
                                                                         {QStringLiteral("message"), QStringLiteral("it broke")}}},
                                   {QStringLiteral("user"), QString::fromLatin1(one.user)},
                                   {QStringLiteral("product"), QStringLiteral("Stride")},
                                   {QStringLiteral("release"), QString::fromLatin1(one.release)},
                                   {QStringLiteral("severity"), 17},
                                   {QStringLiteral("telltale"), 1}};
            file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
        }
        file.close();
        const Outcome outcome = runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), cache(), path});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
    }
    QStringList atNow(const char *now = "2025-11-18T13:00:00Z") const { return {QStringLiteral("--now"), QString::fromLatin1(now)}; }
    QJsonArray errors(const QStringList &more = {}) const { return rowsOf(cache(), QStringList{QStringLiteral("errors")} + atNow() + more); }
    QMap<QString, QString> states() const
    {
        QMap<QString, QString> found;
        for (const QJsonValue &row : errors())
            found[row[QLatin1String("type")].toString()] = row[QLatin1String("state")].toString();
        return found;
    }
    QString group(const char *type) const
    {
        for (const QJsonValue &row : errors()) {
            if (row[QLatin1String("type")].toString() == QLatin1String(type))
                return row[QLatin1String("group")].toString();
        }
        return {};
    }
    Outcome triage(const QStringList &arguments) const
    {
        return runTelltale(QStringList{QStringLiteral("triage"), QStringLiteral("--cache"), cache()} + atNow("2025-11-18T12:00:00Z") + arguments);
    }
    void decide(const QStringList &arguments) const
    {
        const Outcome outcome = triage(arguments);
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTriage)
#include "tst_triage.moc"
