// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/support/sheetreader.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale report` on a machine without a display: what people and their programs find in the files.
class TestReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Collector collector(path("stride.db"));
        QVERIFY(collector.start());
        const Outcome demo = runTelltale({QStringLiteral("demo"), QStringLiteral("--endpoint"), collector.endpoint(),
                                          QStringLiteral("--users"), QStringLiteral("60"), QStringLiteral("--history"),
                                          QStringLiteral("10d"), QStringLiteral("--for"), QStringLiteral("0s"),
                                          QStringLiteral("--seed"), QStringLiteral("11")});
        QVERIFY2(demo.exitCode == 0, demo.errors.constData());
        QVERIFY(collector.stop());
        // The answers of now, for ever.
        const QJsonArray days = rowsOf(path("stride.db"), {QStringLiteral("active-users")});
        QVERIFY(days.size() > 8);
        m_now = days.last()[QLatin1String("day")].toString() + QStringLiteral("T00:00:00Z");
    }

    void formats_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *suffix : {"pdf", "html", "xlsx", "csv"})
            QTest::newRow(suffix) << QStringLiteral("report.") + QString::fromLatin1(suffix);
    }
    void formats()
    {
        QFETCH(QString, file);
        const Outcome first = report(file);
        QVERIFY2(first.exitCode == 0, first.errors.constData());
        QCOMPARE(first.errors, QByteArray());
        const QByteArray bytes = contents(file);
        QVERIFY(bytes.size() > 3000);
        QCOMPARE(report(QStringLiteral("again.") + file).exitCode, 0);
        QVERIFY2(contents(QStringLiteral("again.") + file) == bytes, "two runs give two reports");
    }

    /// Real text, every font inside, no picture.
    void thePdfHoldsTextAndFonts()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            QSKIP("needs poppler-utils");
        QCOMPARE(report(QStringLiteral("text.pdf"), {QStringLiteral("--title"), QStringLiteral("Ten days")}).exitCode, 0);
        const QByteArray text = runProgram(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), path("text.pdf"), QStringLiteral("-")}).output;
        // Page numbers stand close: some versions of pdftotext leave the blanks out.
        for (const char *title : {"Ten days", "Summary", "Feature usage", "Screens and time on them", "Sessions", "Errors",
                                  "Performance", "Who comes back", "Release comparison", "Appendix", "Europe/Berlin", "1/"})
            QVERIFY2(text.contains(title), title);
        for (const QJsonValue &row : rowsOf(path("stride.db"), scoped({QStringLiteral("features")})))
            QVERIFY2(text.contains(row[QLatin1String("feature")].toString().toUtf8()), qPrintable(row[QLatin1String("feature")].toString()));
        for (const QJsonValue &row : rowsOf(path("stride.db"), scoped({QStringLiteral("operations")})))
            QVERIFY2(text.contains(row[QLatin1String("operation")].toString().toUtf8()), qPrintable(row[QLatin1String("operation")].toString()));
        const QList<QByteArray> fonts = runProgram(QStringLiteral("pdffonts"), {path("text.pdf")}).output.trimmed().split('\n');
        QVERIFY(fonts.size() > 3);
        for (const QByteArray &font : fonts.mid(2))
            QVERIFY2(font.contains(" yes "), font.constData());
        QCOMPARE(runProgram(QStringLiteral("pdfimages"), {QStringLiteral("-list"), path("text.pdf")}).output.trimmed().split('\n').size(), 2);
    }

    /// The sheets' numbers are those of `telltale query`.
    void sheetsReadBackEqual()
    {
        QCOMPARE(report(QStringLiteral("sheets.xlsx")).exitCode, 0);
        const QJsonArray sheets = sheetsOf(path("sheets.xlsx"));
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QJsonArray rows;
        for (const QJsonValue &sheet : sheets) {
            for (const QJsonValue &row : sheet[u"rows"].toArray())
                QVERIFY(!row.toArray().contains(QStringLiteral("FORMULA")));
            if (sheet[u"name"].toString() != u"Features")
                continue;
            QCOMPARE(sheet[u"frozen"].toString(), QStringLiteral("A2"));
            rows = sheet[u"rows"].toArray();
        }
        const QJsonArray answers = rowsOf(path("stride.db"), scoped({QStringLiteral("features")}));
        QCOMPARE(rows.size(), answers.size() + 1);
        for (qsizetype i = 0; i < answers.size(); ++i) {
            const QJsonArray row = rows[i + 1].toArray();
            QCOMPARE(row[0].toString(), answers[i][QLatin1String("feature")].toString());
            QCOMPARE(row[1].toInteger(), answers[i][QLatin1String("events")].toInteger());
            QCOMPARE(row[2].toInteger(), answers[i][QLatin1String("users")].toInteger());
            QCOMPARE(row[3].toInteger(), answers[i][QLatin1String("sessions")].toInteger());
            QCOMPARE(row[4].toDouble(), answers[i][QLatin1String("share")].toDouble());
        }
    }

    void csvHoldsTheSameNumbers()
    {
        QCOMPARE(report(QStringLiteral("numbers.csv")).exitCode, 0);
        const QByteArray csv = contents(QStringLiteral("numbers.csv"));
        for (const QJsonValue &row : rowsOf(path("stride.db"), scoped({QStringLiteral("screens")}))) {
            const QByteArray line = row[QLatin1String("screen")].toString().toUtf8() + ',' +
                                    QByteArray::number(row[QLatin1String("views")].toInteger()) + ',' +
                                    QByteArray::number(row[QLatin1String("users")].toInteger()) + ',';
            QVERIFY2(csv.contains(QByteArray("\r\n" + line)), line.constData());
        }
    }

    void templatesSayTheSame()
    {
        QCOMPARE(report(QStringLiteral("line.csv"), {QStringLiteral("--sections"), QStringLiteral("errors,summary"), QStringLiteral("--title"),
                                                     QStringLiteral("T"), QStringLiteral("--save-template"), path("t.json")}).exitCode, 0);
        const Outcome outcome = runTelltale({QStringLiteral("report"), QStringLiteral("--cache"), path("stride.db"), QStringLiteral("--now"), m_now,
                                             QStringLiteral("--zone"), QStringLiteral("Europe/Berlin"), QStringLiteral("--lang"), QStringLiteral("en_GB"),
                                             QStringLiteral("--template"), path("t.json"), QStringLiteral("--out"), path("template.csv")});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        QCOMPARE(contents(QStringLiteral("template.csv")), contents(QStringLiteral("line.csv")));
    }

    /// The report of every Monday, word for word as README shows it, without waiting for one.
    void theWeeklyReportOfTheReadme()
    {
        QFile readme(QStringLiteral(TELLTALE_TEST_DATA "/../README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        const QTemporaryDir home;
        const QDir units(home.path());
        QStringList files;
        QRegularExpression unit(QStringLiteral("# ~/.config/systemd/user/(\\S+)\n(.*?)(?=\n# ~|\n```)"), QRegularExpression::DotMatchesEverythingOption);
        QString command;
        for (auto found = unit.globalMatch(text); found.hasNext();) {
            const auto one = found.next();
            QFile file(units.filePath(one.captured(1)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(one.captured(2).toUtf8() + '\n') > 20);
            files << file.fileName();
            for (const QString &line : one.captured(2).split(u'\n')) {
                if (line.startsWith(QLatin1String("ExecStart")))
                    command += (command.isEmpty() ? QString() : QStringLiteral(" && ")) + line.section(u'=', 1);
            }
        }
        QCOMPARE(files.size(), 2);
        if (!QStandardPaths::findExecutable(QStringLiteral("systemd-analyze")).isEmpty()) {
            const Outcome verified = runProgram(QStringLiteral("env"), QStringList{QStringLiteral("XDG_RUNTIME_DIR=") + home.path(), QStringLiteral("systemd-analyze"),
                                                                                   QStringLiteral("verify"), QStringLiteral("--user"), QStringLiteral("--man=no")} +
                                                                           files);
            QVERIFY2(verified.exitCode == 0, verified.errors.constData());
        }
        // What systemd would make of it.
        command.replace(QStringLiteral("%h"), home.path()).replace(QStringLiteral("%%"), QStringLiteral("%"));
        const QString sample = text.mid(text.indexOf(QStringLiteral("mkdir -p ~/.config/telltale\n")));
        const QString before = QStringLiteral("export HOME='%1' PATH='%2':$PATH; mkdir -p ~/.local/share/telltale; cp '%3' ~/.local/share/telltale/telltale.db; ")
                                   .arg(home.path(), QFileInfo(telltaleProgram()).path(), path("stride.db"));
        const Outcome made = runProgram(QStringLiteral("env"), {QStringLiteral("-u"), QStringLiteral("XDG_DATA_HOME"), QStringLiteral("sh"), QStringLiteral("-ec"),
                                                                before + sample.left(sample.indexOf(QStringLiteral("```"))) + u'\n' + command});
        QVERIFY2(made.exitCode == 0, made.errors.constData());
        const QStringList reports = QDir(home.filePath(QStringLiteral("reports"))).entryList({QStringLiteral("week-*.pdf")});
        QCOMPARE(reports.size(), 1);
        QVERIFY(QFileInfo(home.filePath(QStringLiteral("reports/") + reports.front())).size() > 10'000);
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString out = QStringLiteral("--out");
        QTest::newRow("no file") << QStringList{} << 2;
        QTest::newRow("no format") << QStringList{out, QStringLiteral("report.doc")} << 2;
        QTest::newRow("no such section") << QStringList{out, QStringLiteral("r.pdf"), QStringLiteral("--sections"), QStringLiteral("weather")} << 2;
        QTest::newRow("no such zone") << QStringList{out, QStringLiteral("r.pdf"), QStringLiteral("--zone"), QStringLiteral("Mars")} << 2;
        QTest::newRow("no such template") << QStringList{out, QStringLiteral("r.pdf"), QStringLiteral("--template"), QStringLiteral("/nowhere.json")} << 2;
        QTest::newRow("no such folder") << QStringList{out, QStringLiteral("/nowhere/r.pdf")} << 1;
        QTest::newRow("no such release") << QStringList{out, QStringLiteral("/tmp/never.pdf"), QStringLiteral("--release-after"), QStringLiteral("99")} << 1;
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const Outcome outcome = runTelltale(QStringList{QStringLiteral("report"), QStringLiteral("--cache"), path("stride.db")} + arguments);
        QCOMPARE(outcome.exitCode, code);
        QVERIFY(!outcome.errors.isEmpty());
    }

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QByteArray contents(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList scoped(const QStringList &arguments) const
    {
        return arguments + QStringList{QStringLiteral("--from"), QStringLiteral("-7d"), QStringLiteral("--to"), QStringLiteral("now"),
                                       QStringLiteral("--now"), m_now, QStringLiteral("--zone"), QStringLiteral("Europe/Berlin")};
    }
    Outcome report(const QString &file, const QStringList &more = {}) const
    {
        return runTelltale(scoped({QStringLiteral("report"), QStringLiteral("--cache"), path("stride.db")}) +
                           QStringList{QStringLiteral("--lang"), QStringLiteral("en_GB"), QStringLiteral("--out"), m_folder.filePath(file)} + more);
    }

    QTemporaryDir m_folder;
    QString m_now;
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
