// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/archiveabout.h"

#include <QTest>

using namespace telltale;

class TestArchiveAbout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites()
    {
        ArchiveAbout about;
        about.title = "Crash on \"Start workout\"";
        about.note = "Line one\nline two\tü";
        about.made = {1'795'000'000'123'456'789};
        about.range = {{1'794'000'000'000'000'000}, {1'795'000'000'000'000'000}};
        about.held = {{1'794'000'000'000'000'005}, {1'794'999'999'000'000'000}};
        about.filter = "release:4.1.0 -screen:Home";
        about.zone = "Europe/Berlin";
        about.view = "errors";
        about.isRedacted = true;
        about.records = 12'345;
        about.notes = {"one", "two"};
        const auto read = ArchiveAbout::parse(about.toJson());
        QVERIFY(read);
        QVERIFY(*read == about);
        ArchiveAbout open;
        open.range = {Instant::min(), Instant::max()};
        QVERIFY(ArchiveAbout::parse(open.toJson()) && *ArchiveAbout::parse(open.toJson()) == open);
    }

    void refusals()
    {
        QCOMPARE(ArchiveAbout::parse("").error().code, Error::Code::InvalidArgument);
        QCOMPARE(ArchiveAbout::parse("[]").error().code, Error::Code::InvalidArgument);
        QCOMPARE(ArchiveAbout::parse("{\"title\":\"x\"}").error().code, Error::Code::InvalidArgument);
        QCOMPARE(ArchiveAbout::parse("{\"telltale_archive\":2}").error().code, Error::Code::Unsupported);
        QVERIFY(ArchiveAbout::parse("{\"telltale_archive\":1,\"from\":7,\"notes\":[1,\"a\"],\"records\":-4}")->records == 0);
    }
};

QTEST_APPLESS_MAIN(TestArchiveAbout)
#include "tst_archiveabout.moc"
