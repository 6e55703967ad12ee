// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/support/historycache.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/types.h>

using namespace telltale;
using namespace telltale::test;

/// Ctrl+C while a file is made, early and late: there is the whole file or none, and nothing beside it.
class TestCancel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        HistoryShape shape;
        shape.records = 120'000;
        const auto filled = fillHistory(m_folder.filePath(QStringLiteral("history.db")).toStdString(), shape);
        QVERIFY2(filled, filled ? "" : filled.error().message.c_str());
    }

    void leavesNoPart_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("file");
        for (const char *suffix : {"pdf", "html", "xlsx", "csv"})
            QTest::addRow("report %s", suffix) << QStringList{QStringLiteral("report")} << QStringLiteral("report.") + QString::fromLatin1(suffix);
        for (const char *suffix : {"jsonl", "csv", "xlsx"})
            QTest::addRow("export %s", suffix) << QStringList{QStringLiteral("export")} << QStringLiteral("export.") + QString::fromLatin1(suffix);
        QTest::addRow("export otlp") << QStringList{QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("otlp")} << QStringLiteral("otlp.jsonl");
        QTest::addRow("archive") << QStringList{QStringLiteral("archive")} << QStringLiteral("all.telltale");
        QTest::addRow("snapshot") << QStringList{QStringLiteral("snapshot"), QStringLiteral("overview")} << QStringLiteral("overview.png");
    }
    void leavesNoPart()
    {
        QFETCH(QStringList, command);
        QFETCH(QString, file);
        int cancelled = 0;
        for (const int delay : {0, 60, 250, 1000}) {
            const QTemporaryDir out;
            QProcess process;
            process.start(telltaleProgram(), command + QStringList{QStringLiteral("--cache"), m_folder.filePath(QStringLiteral("history.db")), QStringLiteral("--out"),
                                                                   out.filePath(file)});
            QVERIFY(process.waitForStarted());
            if (command.front() != QLatin1String("snapshot")) // but while it writes, it ends at a signal like any program
                QVERIFY(waitForHandler(process) || process.state() == QProcess::NotRunning);
            QTest::qSleep(delay);
            if (process.state() != QProcess::NotRunning)
                ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished(110'000));
            const QStringList left = QDir(out.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
            const bool isWhole = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
            cancelled += !isWhole;
            if (process.exitStatus() == QProcess::CrashExit && left == QStringList{file}) // the signal came after the picture
                QVERIFY(!QImage(out.filePath(file)).isNull());
            else
                QCOMPARE(left, isWhole ? QStringList{file} : QStringList());
            if (!isWhole && process.exitStatus() == QProcess::NormalExit) {
                QCOMPARE(process.exitCode(), 1);
                QVERIFY2(process.readAllStandardError().contains("nothing was written"), qPrintable(file));
            }
        }
        QVERIFY2(cancelled > 0, "each time it was done before it was stopped");
    }

    /// From the moment on when anything of it can be seen.
    void aPictureIsWholeOrNotThere()
    {
        for (int time = 0; time < 3; ++time) {
            const QTemporaryDir out;
            const auto files = [&] { return QDir(out.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot); };
            QProcess process;
            process.start(telltaleProgram(), {QStringLiteral("snapshot"), QStringLiteral("settings"), QStringLiteral("--cache"),
                                              m_folder.filePath(QStringLiteral("history.db")), QStringLiteral("--out"), out.filePath(QStringLiteral("settings.png"))});
            QVERIFY(process.waitForStarted());
            while (files().isEmpty() && !process.waitForFinished(1)) {
            }
            if (process.state() != QProcess::NotRunning)
                ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished(110'000));
            for (const QString &file : files()) {
                QCOMPARE(file, QStringLiteral("settings.png"));
                QVERIFY(!QImage(out.filePath(file)).isNull());
            }
        }
    }

    /// What was there before stays when a new one is stopped.
    void whatWasThereStays()
    {
        const QString path = m_folder.filePath(QStringLiteral("before.csv"));
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("precious") > 0);
        before.close();
        QProcess process;
        process.start(telltaleProgram(), {QStringLiteral("export"), QStringLiteral("--cache"), m_folder.filePath(QStringLiteral("history.db")), QStringLiteral("--out"), path});
        QVERIFY(process.waitForStarted() && waitForHandler(process));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(110'000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("precious"));
    }

    void progressOnATerminal_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("export") << QStringLiteral("export --out p.xlsx") << QByteArray(" records, until 20");
        QTest::newRow("report") << QStringLiteral("report --out p.pdf") << QByteArray("Asking: 1 of ");
        QTest::newRow("archive") << QStringLiteral("archive --out p.telltale") << QByteArray(" records, until 20");
    }
    /// And only there.
    void progressOnATerminal()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, word);
        if (QStandardPaths::findExecutable(QStringLiteral("script")).isEmpty())
            QSKIP("needs script (bsdutils)");
        const QTemporaryDir out;
        const QString line = u'\'' + telltaleProgram() + QStringLiteral("' ") + command + QStringLiteral(" --cache '") +
                             m_folder.filePath(QStringLiteral("history.db")) + u'\'';
        const Outcome shown = runProgram(QStringLiteral("script"), {QStringLiteral("-qec"), line, QStringLiteral("/dev/null")}, out.path());
        QCOMPARE(shown.exitCode, 0);
        QVERIFY2(shown.output.contains(word), shown.output.constData());
        const Outcome piped = runProgram(QStringLiteral("sh"), {QStringLiteral("-c"), line}, out.path());
        QCOMPARE(piped.exitCode, 0);
        QVERIFY2(!piped.errors.contains(word), piped.errors.constData());
    }

private:
    /// Waits until it listens to SIGINT, by a handler or by waiting for it.
    static bool waitForHandler(QProcess &process)
    {
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 30'000 && process.state() != QProcess::NotRunning) {
            const QString folder = QStringLiteral("/proc/%1/").arg(process.processId());
            QFile status(folder + QStringLiteral("status"));
            const bool isItself = QFileInfo(QFile::symLinkTarget(folder + QStringLiteral("exe"))) == QFileInfo(telltaleProgram()); // no longer us
            if (isItself && status.open(QIODevice::ReadOnly)) {
                quint64 heard = 0;
                for (const QByteArray &line : status.readAll().split('\n')) {
                    if (line.startsWith("SigCgt:") || line.startsWith("SigBlk:"))
                        heard |= line.mid(7).trimmed().toULongLong(nullptr, 16);
                }
                if (heard & (quint64(1) << (SIGINT - 1)))
                    return true;
            }
            process.waitForFinished(2);
        }
        return false;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCancel)
#include "tst_cancel.moc"
