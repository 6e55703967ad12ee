// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/errorgrouping.h"

#include <QTest>

using namespace telltale;

namespace {

struct Sample
{
    const char *type = "";
    const char *message = "";
    const char *stack = "";
};

ErrorGrouping groupOf(const Sample &sample)
{
    return errorGroup(sample.type, sample.message, sample.stack);
}

struct Pair
{
    const char *name;
    bool isSame;
    Sample a;
    Sample b;
};

constexpr Pair kPairs[] = {
    // The message changes, the place does not.
    {"js: other message",
     true,
     {"SyncError", "cannot sync 100",
      "SyncError: cannot sync 100\n    at sync (file:///srv/stride/a.mjs:52:79)"},
     {"SyncError", "cannot sync 101",
      "SyncError: cannot sync 101\n    at sync (file:///srv/stride/a.mjs:52:79)"}},
    {"js: other line and column",
     true,
     {"E", "m", "    at sync (file:///srv/stride/a.mjs:52:79)"},
     {"E", "m", "    at sync (file:///srv/stride/a.mjs:60:3)"}},
    {"js: other folder",
     true,
     {"E", "m", "    at sync (/srv/stride/a.mjs:52:79)"},
     {"E", "m", "    at sync (C:\\Users\\anna\\stride\\a.mjs:52:79)"}},
    {"js: webpack hash",
     true,
     {"E", "m", "    at sync (https://a.example/static/main.4f3a2b1c.js:1:79)"},
     {"E", "m", "    at sync (https://a.example/static/main.99aa00bb.js:1:79)"}},
    {"js: vite hash",
     true,
     {"E", "m", "    at sync (https://a.example/assets/index-BkJ8s9aX.js:1:79)"},
     {"E", "m", "    at sync (https://a.example/assets/index-C0f3Zq1L.js:1:79)"}},
    {"js: query of the file",
     true,
     {"E", "m", "    at sync (https://a.example/main.js?v=3:1:79)"},
     {"E", "m", "    at sync (https://a.example/main.js?v=4:1:79)"}},
    {"js: async",
     true,
     {"E", "m", "    at async sync (/srv/a.mjs:1:1)"},
     {"E", "m", "    at sync (/srv/a.mjs:1:1)"}},
    {"js: other node internals",
     true,
     {"E", "m", "    at sync (/srv/a.mjs:1:1)\n    at ModuleJob.run (node:internal/a:1:1)"},
     {"E", "m", "    at sync (/srv/a.mjs:1:1)\n    at process.tick (node:internal/b:1:1)"}},
    {"js: other library version",
     true,
     {"E", "m", "    at get (/srv/node_modules/x/old.js:1:1)\n    at sync (/srv/a.mjs:1:1)"},
     {"E", "m", "    at fetch (/srv/node_modules/x/new.js:1:1)\n    at sync (/srv/a.mjs:1:1)"}},
    {"js: chromium and firefox",
     true,
     {"E", "m", "E: m\n    at sync (https://a.example/a.js:1:1)\n    at run (https://a.example/a.js:2:1)"},
     {"E", "m", "sync@https://a.example/a.js:1:1\nrun@https://a.example/a.js:2:1"}},
    {"js: other cause",
     true,
     {"E", "m", "    at sync (/srv/a.mjs:1:1)\nCaused by: X: 1\n    at one (/srv/b.mjs:1:1)"},
     {"E", "m", "    at sync (/srv/a.mjs:1:1)\nCaused by: Y: 2\n    at two (/srv/c.mjs:1:1)"}},
    {"js: deeper recursion",
     true,
     {"E", "m", "    at walk (/srv/a.mjs:1:1)\n    at walk (/srv/a.mjs:2:1)\n    at main (/srv/a.mjs:9:1)"},
     {"E", "m",
      "    at walk (/srv/a.mjs:1:1)\n    at walk (/srv/a.mjs:2:1)\n    at walk (/srv/a.mjs:2:1)\n    at main "
      "(/srv/a.mjs:9:1)"}},
    {"js: only beyond the fifth frame",
     true,
     {"E", "m",
      "at a (/a.js:1:1)\nat b (/a.js:1:1)\nat c (/a.js:1:1)\nat d (/a.js:1:1)\nat e (/a.js:1:1)\nat f "
      "(/a.js:1:1)"},
     {"E", "m",
      "at a (/a.js:1:1)\nat b (/a.js:1:1)\nat c (/a.js:1:1)\nat d (/a.js:1:1)\nat e (/a.js:1:1)\nat g "
      "(/a.js:1:1)"}},
    {"js: other function",
     false,
     {"E", "m", "    at upload (/srv/a.mjs:1:1)"},
     {"E", "m", "    at download (/srv/a.mjs:1:1)"}},
    {"js: other file",
     false,
     {"E", "m", "    at run (/srv/a.mjs:1:1)"},
     {"E", "m", "    at run (/srv/b.mjs:1:1)"}},
    {"js: other caller",
     false,
     {"E", "m", "    at read (/srv/a.mjs:1:1)\n    at save (/srv/a.mjs:5:1)"},
     {"E", "m", "    at read (/srv/a.mjs:1:1)\n    at load (/srv/a.mjs:5:1)"}},
    {"js: numbered functions are names",
     false,
     {"E", "m", "    at step1 (/srv/a.mjs:1:1)"},
     {"E", "m", "    at step2 (/srv/a.mjs:1:1)"}},
    {"js: other type",
     false,
     {"TypeError", "m", "    at run (/srv/a.mjs:1:1)"},
     {"RangeError", "m", "    at run (/srv/a.mjs:1:1)"}},
    {"js: only system frames, other ones",
     false,
     {"E", "m", "    at connect (node:net:1:1)"},
     {"E", "m", "    at readFile (node:fs:1:1)"}},
    {"java: lambda numbers",
     true,
     {"X", "m", "\tat com.a.Main.lambda$run$0(Main.java:1)"},
     {"X", "m", "\tat com.a.Main.lambda$run$3(Main.java:9)"}},
    {"java: anonymous class numbers",
     true,
     {"X", "m", "\tat com.a.Main$1.onClick(Main.kt:1)"},
     {"X", "m", "\tat com.a.Main$2.onClick(Main.kt:1)"}},
    {"java: hidden lambda class",
     true,
     {"X", "m", "\tat com.a.Main$$Lambda$14/0x0000000800c03000.run(Unknown Source)"},
     {"X", "m", "\tat com.a.Main$$Lambda$27/0x0000000801d04111.run(Unknown Source)"}},
    {"java: module prefix",
     true,
     {"X", "m", "\tat app//com.a.Main.run(Main.java:1)"},
     {"X", "m", "\tat com.a.Main.run(Main.java:1)"}},
    {"java: other method",
     false,
     {"X", "m", "\tat com.a.Main.run(Main.java:1)"},
     {"X", "m", "\tat com.a.Main.stop(Main.java:1)"}},
    {"java: overloaded package",
     false,
     {"X", "m", "\tat com.a.Main.run(Main.java:1)"},
     {"X", "m", "\tat com.b.Main.run(Main.java:1)"}},
    {"python: other source line",
     true,
     {"V", "m", "Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in f\n    x = 1\nV: m"},
     {"V", "m", "Traceback (most recent call last):\n  File \"/opt/a.py\", line 9, in f\n    x = 2\nV: m"}},
    {"python: the innermost frame counts",
     false,
     {"V", "m",
      "Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in main\n  File \"/app/a.py\", line "
      "2, in f\nV: m"},
     {"V", "m",
      "Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in main\n  File \"/app/a.py\", line "
      "2, in g\nV: m"}},
    {"dotnet: generated class numbers",
     true,
     {"X", "m", "   at Stride.App.<>c__DisplayClass12_0.<Run>b__0(Int32 x) in C:\\a\\App.cs:line 5"},
     {"X", "m", "   at Stride.App.<>c__DisplayClass14_0.<Run>b__1(Int64 x) in D:\\b\\App.cs:line 7"}},
    {"dotnet: other method",
     false,
     {"X", "m", "   at Stride.App.Run()"},
     {"X", "m", "   at Stride.App.Stop()"}},
    {"go: arguments and addresses",
     true,
     {"*errors.errorString", "m", "goroutine 17 [running]:\nmain.upload(0x2a)\n\t/src/a.go:88 +0x1d4"},
     {"*errors.errorString", "m",
      "goroutine 99 [running]:\nmain.upload(0xff, 0x1)\n\t/home/b/a.go:90 +0x22"}},
    {"go: closures",
     true,
     {"E", "m", "main.run.func1()\n\t/src/a.go:88 +0x1d4"},
     {"E", "m", "main.run.func2()\n\t/src/a.go:90 +0x1"}},
    {"swift: addresses and offsets",
     true,
     {"EXC_BAD_ACCESS", "at 0x10", "0   Stride  0x0000000104a1c3f8 Stride.Sync.upload(id:) + 312"},
     {"EXC_BAD_ACCESS", "at 0x88", "0   Stride  0x00000001dd00c3f8 Stride.Sync.upload(id:) + 320"}},
    {"c++: addresses and paths",
     true,
     {"E", "m", "#0 0x55d0c8a1 in Stride::open(QString const&) /src/store.cpp:88:9"},
     {"E", "m", "#0 0x66d0c8a1 in Stride::open(QString const&) /home/b/store.cpp:90:1"}},
    {"c++: sanitizer and gdb",
     true,
     {"E", "m", "#0 0x55d0c8a1 in Stride::open(QString const&) /src/store.cpp:88:9"},
     {"E", "m", "#0  Stride::open (path=...) at /src/store.cpp:88"}},
    // Without frames the message decides.
    {"message: numbers", true, {"E", "cannot sync activity 42"}, {"E", "cannot sync activity 43"}},
    {"message: e-mail", true, {"E", "no user anna@example.com"}, {"E", "no user bo@example.org"}},
    {"message: uuid",
     true,
     {"E", "lost f1b05395-8d2d-4a79-ad3d-ded53caaa53e"},
     {"E", "lost 9dc8b1b9-cb41-4b32-a810-e4b047053c17"}},
    {"message: path", true, {"E", "open /home/anna/a.db"}, {"E", "open /var/b.db"}},
    {"message: url",
     true,
     {"E", "GET https://a.example/1 failed"},
     {"E", "GET https://b.example/x?y=2 failed"}},
    {"message: quoted", true, {"E", "no key 'a b'"}, {"E", "no key 'c'"}},
    {"message: words", false, {"E", "disk full"}, {"E", "disk missing"}},
    {"message: type", false, {"E", "disk full"}, {"F", "disk full"}},
    {"message or frames", false, {"E", "m"}, {"E", "m", "    at run (/srv/a.mjs:1:1)"}},
    {"a stack without frames is a message",
     true,
     {"E", "", "went wrong 17 times"},
     {"E", "", "went wrong 18 times"}},
    {"nothing at all", true, {}, {}},
};

} // namespace

class TestErrorGrouping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kPairs)); ++i)
            QTest::newRow(kPairs[i].name) << i;
    }
    void pairs()
    {
        QFETCH(int, index);
        const Pair &pair = kPairs[index];
        const ErrorGrouping a = groupOf(pair.a);
        const ErrorGrouping b = groupOf(pair.b);
        QVERIFY(a.key != 0);
        QCOMPARE(a.key == b.key, pair.isSame);
        QCOMPARE(groupOf(pair.a).key, a.key);
    }

    void culprits_data()
    {
        QTest::addColumn<QString>("stack");
        QTest::addColumn<QString>("culprit");
        QTest::newRow("function and file")
            << "    at sync (/srv/node_modules/x.js:1:1)\n    at run (/srv/a.mjs:1:1)"
            << "run (a.mjs)";
        QTest::newRow("anonymous") << "    at file:///srv/a.mjs:1:1"
                                   << "a.mjs";
        QTest::newRow("java") << "\tat java.util.List.get(List.java:1)\n\tat com.a.Main.run(Main.java:2)"
                              << "com.a.Main.run (Main.java)";
        QTest::newRow("only system") << "    at connect (node:net:1:1)"
                                     << "connect (node:net)";
        QTest::newRow("none") << ""
                              << "";
    }
    void culprits()
    {
        QFETCH(QString, stack);
        QFETCH(QString, culprit);
        QCOMPARE(QString::fromStdString(errorGroup("E", "m", stack.toStdString()).culprit), culprit);
    }

    /// Keys are stored: a change of rules needs a new kErrorGroupingVersion, and then new numbers here.
    void keysAreThoseOfVersion1()
    {
        QCOMPARE(kErrorGroupingVersion, 1U);
        QCOMPARE(errorGroup("E", "cannot sync 42", "").key, errorGroup("E", "cannot sync 7", "").key);
        QCOMPARE(QString::number(errorGroup("E", "cannot sync 42", "").key, 16),
                 QStringLiteral("1f1d1e09f43858b1"));
        QCOMPARE(QString::number(errorGroup("E", "", "    at run (/srv/a.mjs:1:1)").key, 16),
                 QStringLiteral("ed935e65e4204767"));
    }

    void onlyNothingIsUngrouped()
    {
        QVERIFY(isUngrouped("", "", ""));
        QVERIFY(!isUngrouped("E", "", ""));
        QVERIFY(!isUngrouped("", "m", ""));
        QVERIFY(!isUngrouped("", "", "s"));
    }
};

QTEST_APPLESS_MAIN(TestErrorGrouping)
#include "tst_errorgrouping.moc"
