// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/plainlabel.h"
#include "widgets/window/archivedialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace telltale;

class TestArchiveDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForWhatIsLookedAt()
    {
        ArchiveRequest seen;
        std::filesystem::path file;
        ArchiveDialog dialog(
            [&](const std::filesystem::path &out, const ArchiveRequest &request, const ArchiveProgress &progress, const std::stop_token &) {
                file = out;
                seen = request;
                progress(7, request.scope.range.to);
                ArchiveAbout about;
                about.records = 12;
                return Result<ArchiveAbout>(about);
            },
            scope(), QStringLiteral("Last 60 minutes"), QStringLiteral("release:4.2.0"), QStringLiteral("errors"), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QCOMPARE(dialog.focusWidget(), dialog.titleField());
        QTest::keyClicks(dialog.titleField(), QStringLiteral("Crash"));
        dialog.noteField()->setPlainText(QStringLiteral(" Look at 4.2.0\n"));
        dialog.redactBox()->click();
        QSignalSpy saved(&dialog, &ArchiveDialog::saved);
        dialog.saveTo(QStringLiteral("/tmp/crash.telltale"));
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE(saved[0][1].toLongLong(), 12);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(file, std::filesystem::path("/tmp/crash.telltale"));
        QCOMPARE(seen.title, std::string("Crash"));
        QCOMPARE(seen.note, std::string("Look at 4.2.0"));
        QCOMPARE(seen.view, std::string("errors"));
        QVERIFY(seen.isRedacted);
        QVERIFY(seen.scope.range == scope().range);
    }

    void problemsAreSaidAndCanBeTriedAgain()
    {
        Error::Code code = Error::Code::NotFound;
        ArchiveDialog dialog([&](const auto &, const auto &, const auto &, const auto &) { return Result<ArchiveAbout>(failure(code, "no room")); }, scope(),
                             QStringLiteral("Yesterday"), {}, QStringLiteral("usage"), nullptr);
        dialog.show();
        dialog.saveTo(QStringLiteral("a"));
        QVERIFY(dialog.isWriting() && !dialog.saveButton()->isEnabled());
        QTRY_VERIFY(!dialog.isWriting());
        QVERIFY(dialog.isVisible() && dialog.saveButton()->isEnabled());
        QVERIFY(dialog.problemLabel()->text().contains(QLatin1String("Nothing matches")));
        code = Error::Code::NoSpace;
        dialog.saveTo(QStringLiteral("a"));
        QVERIFY(!dialog.problemLabel()->isVisible());
        QTRY_VERIFY(!dialog.isWriting());
        QVERIFY(dialog.problemLabel()->isVisible() && dialog.problemLabel()->text().contains(QLatin1String("no room")));
    }

    void closingStopsTheWriting()
    {
        QSemaphore mayEnd;
        std::atomic<bool> wasStopped = false;
        ArchiveDialog dialog(
            [&](const auto &, const auto &, const auto &, const std::stop_token &stop) {
                mayEnd.acquire();
                wasStopped = stop.stop_requested();
                return Result<ArchiveAbout>(failure(Error::Code::Cancelled, "stopped"));
            },
            scope(), QStringLiteral("Yesterday"), {}, QStringLiteral("usage"), nullptr);
        dialog.show();
        dialog.saveTo(QStringLiteral("a"));
        dialog.cancelButton()->click();
        QVERIFY(dialog.isVisible()); // until the file is tidied away
        mayEnd.release();
        QTRY_VERIFY(!dialog.isVisible());
        QVERIFY(wasStopped);
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
    }

    /// The application may end in the middle.
    void destroyedWhileWriting()
    {
        std::atomic<bool> hasEnded = false;
        {
            ArchiveDialog dialog(
                [&](const auto &, const auto &, const auto &, const std::stop_token &stop) {
                    while (!stop.stop_requested())
                        std::this_thread::yield();
                    hasEnded = true;
                    return Result<ArchiveAbout>(failure(Error::Code::Cancelled, "stopped"));
                },
                scope(), QStringLiteral("Yesterday"), {}, QStringLiteral("usage"), nullptr);
            dialog.saveTo(QStringLiteral("a"));
        }
        QVERIFY(hasEnded);
    }

private:
    static Scope scope()
    {
        Scope scope;
        scope.range = {{1'000'000'000}, {9'000'000'000}};
        return scope;
    }
};

QTEST_MAIN(TestArchiveDialog)
#include "tst_archivedialog.moc"
