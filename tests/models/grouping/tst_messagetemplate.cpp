// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/messagetemplate.h"

#include <QTest>

using namespace telltale;

class TestMessageTemplate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesOutWhatChanges_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *message, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(message) << QString::fromUtf8(expected);
        };
        row("empty", "", "");
        row("words", "the disk is full", "the disk is full");
        row("number", "cannot sync activity 42", "cannot sync activity <n>");
        row("signed", "at -3.5e4 C", "at <n> C");
        row("unit", "timed out after 250ms", "timed out after <n>");
        row("percent", "disk 93% full", "disk <n> full");
        row("time", "at 2026-11-20T08:00:00Z", "at <n>");
        row("sentence end", "got 404.", "got <n>.");
        row("email", "no user anna@example.com, sorry", "no user <email>, sorry");
        row("url", "GET https://api.example.com/v2/a?b=1 failed", "GET <url> failed");
        row("uuid", "session f1b05395-8d2d-4a79-ad3d-ded53caaa53e lost", "session <id> lost");
        row("hex", "at 0x7ffd12ab", "at <hex>");
        row("hash", "commit 9dc8b1b9cb41 missing", "commit <hex> missing");
        row("token", "key sk_live_51H8sJf93kd02 refused", "key <id> refused");
        row("unix path", "open /home/anna/a.db: denied", "open <path>: denied");
        row("windows path", "open C:\\Users\\anna\\a.db", "open <path>");
        row("relative path", "open ../a.db", "open <path>");
        row("io is a word", "i/o timeout", "i/o timeout");
        row("quotes", "no key 'user 17' in \"map one\"", "no key <text> in <text>");
        row("apostrophe", "can't open it, doesn't exist", "can't open it, doesn't exist");
        row("unclosed", "it's \"open", "it's \"open");
        row("word with number", "user-17 and step2", "user-<n> and step<n>");
        row("brackets", "list[17] = (3, 4)", "list[<n>] = (<n>, <n>)");
        row("blanks", "  a \n\t b  ", "a b");
        row("unicode", "Läufer 🏃 100", "Läufer 🏃 <n>");
    }
    void takesOutWhatChanges()
    {
        QFETCH(QString, message);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(messageTemplate(message.toStdString())), expected);
    }

    void hugeMessagesAreCut()
    {
        const std::string quotes(1'000'000, '"');
        QVERIFY(messageTemplate(quotes).size() <= kMaximumTemplateBytes * 4);
    }
};

QTEST_APPLESS_MAIN(TestMessageTemplate)
#include "tst_messagetemplate.moc"
