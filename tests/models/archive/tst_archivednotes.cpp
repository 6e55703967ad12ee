// SPDX-License-Identifier: GPL-3.0-or-later
// Notes of a person go along into an archive, and from there into another cache.
#include "models/archive/archivecontent.h"
#include "models/archive/archivewriter.h"
#include "models/telemetry/note.h"
#include "models/telemetry/timeformat.h"
#include "tests/models/store/storetesting.h"

#include <QTest>

using namespace telltale;
using namespace telltale::testing;

class TestArchivedNotes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goAlong_data()
    {
        QTest::addColumn<bool>("isRedacted");
        QTest::newRow("as it is") << false;
        QTest::newRow("without identities") << true;
    }
    void goAlong()
    {
        QFETCH(bool, isRedacted);
        const ScratchFolder folder, elsewhere;
        const Note note{"note-1", *parseRfc3339("2026-11-20T08:15:00.25Z"), "Server \"B\" moved"};
        std::mt19937 random(3);
        {
            auto writer = openWriter(folder.cache());
            std::vector<Delivery> one;
            one.push_back(deliver(randomSketches(random, 20), note.at));
            QVERIFY(writer->commit(one));
            const std::vector<DocumentChange> documents{{documentOf(note), false}, {{"place", "app", {}, "of this machine alone"}, false}};
            QVERIFY(writer->putDocuments(documents));
        }
        const auto notesOf = [](const std::filesystem::path &file) {
            auto engine = openCacheEngine(file);
            const auto notes = engine ? (*engine)->notes({}) : Engine::Reply<std::vector<Note>>(tl::unexpected(engine.error()));
            return notes ? notes->value : std::vector<Note>();
        };
        QVERIFY(notesOf(folder.cache()) == std::vector{note});

        const auto out = elsewhere.path() / "kept.telltale";
        ArchiveRequest request;
        request.scope.range = {Instant::min(), Instant::max()};
        request.scope.now = note.at;
        request.isRedacted = isRedacted;
        const auto about = writeArchive(folder.cache(), out, request, {}, {});
        QVERIFY2(about, about ? "" : about.error().message.c_str());
        QVERIFY(notesOf(out) == std::vector{note});
        const auto beside = archiveDecisions(out);
        QVERIFY(beside);
        QCOMPARE(beside->documents.size(), std::size_t(1)); // the place in a file does not travel

        // Into a cache that has none, and again into one that has it.
        const auto taken = takeArchive(out, elsewhere.path() / "new.db", [](std::string &&) { return true; }, {});
        QVERIFY(taken);
        QCOMPARE(taken->documents.size(), std::size_t(1));
        QVERIFY(noteOf(taken->documents.front().document) == std::optional(note));
        const auto again = takeArchive(out, folder.cache(), [](std::string &&) { return true; }, {});
        QVERIFY(again);
        QVERIFY(again->documents.empty());
    }
};

QTEST_APPLESS_MAIN(TestArchivedNotes)
#include "tst_archivednotes.moc"
