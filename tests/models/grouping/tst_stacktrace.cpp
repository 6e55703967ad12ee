// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/stacktrace.h"

#include <QTest>

using namespace telltale;

namespace {

/// "function|file|line|a" with a for in-app, s for system, c added for causes; one line a frame.
QString summary(std::string_view stack)
{
    QStringList lines;
    for (const StackFrame &frame : parseStack(stack)) {
        lines.append(QStringLiteral("%1|%2|%3|%4%5")
                         .arg(QString::fromStdString(frame.function), QString::fromStdString(frame.file))
                         .arg(frame.line)
                         .arg(frame.isInApp ? QLatin1Char('a') : QLatin1Char('s'))
                         .arg(frame.isCause ? QStringLiteral("c") : QString()));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestStackTrace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEachLanguage_data()
    {
        QTest::addColumn<QString>("stack");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *stack, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(stack) << QString::fromUtf8(expected);
        };
        row("node",
            "SyncError: cannot sync\n"
            "    at syncWatch (file:///srv/stride/lib/common.mjs:52:79)\n"
            "    at async Object.run [as go] (C:\\stride\\app.js:10:2)\n"
            "    at file:///srv/stride/otlp-js.mjs:325:20\n"
            "    at Array.map (<anonymous>)\n"
            "    at async Promise.all (index 0)\n"
            "    at new Store (/srv/stride/node_modules/store/index.js:5:7)\n"
            "    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)\n"
            "Caused by: RangeError: x\n"
            "    at readSensor (file:///srv/stride/lib/common.mjs:50:33)",
            "syncWatch|file:///srv/stride/lib/common.mjs|52|a\n"
            "Object.run|C:\\stride\\app.js|10|a\n"
            "|file:///srv/stride/otlp-js.mjs|325|a\n"
            "Array.map|<anonymous>|0|s\n"
            "Promise.all|<anonymous>|0|s\n"
            "new Store|/srv/stride/node_modules/store/index.js|5|s\n"
            "ModuleJob.run|node:internal/modules/esm/module_job|325|s\n"
            "readSensor|file:///srv/stride/lib/common.mjs|50|ac");
        row("eval", "    at eval (eval at load (https://a.example/app.js:3:9), <anonymous>:1:1)",
            "eval|https://a.example/app.js|3|a");
        row("firefox",
            "upload@https://stride.example/static/app.js:10:5\n"
            "async*sync/<@https://stride.example/static/app.js:20:7\n"
            "@https://stride.example/:1:1",
            "upload|https://stride.example/static/app.js|10|a\n"
            "sync|https://stride.example/static/app.js|20|a\n"
            "|https://stride.example/|1|a");
        row("safari", "global code@https://a.example/x.js:1:2\nmap@[native code]",
            "global code|https://a.example/x.js|1|a\nmap|[native code]|0|s");
        row("java",
            "com.example.stride.SyncException: cannot sync activity 42\n"
            "\tat com.example.stride.Sync.upload(Sync.java:88)\n"
            "\tat com.example.stride.MainActivity$onResume$1.invokeSuspend(MainActivity.kt:41)\n"
            "\tat java.base/java.lang.Thread.run(Thread.java:829)\n"
            "\tat android.os.Handler.dispatchMessage(Handler.java:106)\n"
            "\tat com.example.stride.Native.call(Native Method)\n"
            "\t... 2 more\n"
            "Caused by: java.io.IOException: closed\n"
            "\tat com.example.stride.Sync.read(Sync.java:12)",
            "com.example.stride.Sync.upload|Sync.java|88|a\n"
            "com.example.stride.MainActivity$onResume$1.invokeSuspend|MainActivity.kt|41|a\n"
            "java.lang.Thread.run|Thread.java|829|s\n"
            "android.os.Handler.dispatchMessage|Handler.java|106|s\n"
            "com.example.stride.Native.call|Native Method|0|a\n"
            "com.example.stride.Sync.read|Sync.java|12|ac");
        row("python",
            "Traceback (most recent call last):\n"
            "  File \"/app/stride/sync.py\", line 31, in upload\n"
            "    sensor.read(7)\n"
            "ValueError: sensor 7\n"
            "\n"
            "The above exception was the direct cause of the following exception:\n"
            "\n"
            "Traceback (most recent call last):\n"
            "  File \"/app/stride/main.py\", line 12, in main\n"
            "    upload(42)\n"
            "  File \"/usr/lib/python3.11/json/__init__.py\", line 346, in loads\n"
            "  File \"/app/stride/sync.py\", line 33, in upload\n"
            "stride.errors.SyncError: cannot sync activity 42",
            "upload|/app/stride/sync.py|33|a\n"
            "loads|/usr/lib/python3.11/json/__init__.py|346|s\n"
            "main|/app/stride/main.py|12|a\n"
            "upload|/app/stride/sync.py|31|ac");
        row("dotnet",
            "Stride.SyncException: cannot sync activity 42\n"
            " ---> System.TimeoutException: The operation has timed out.\n"
            "   at Stride.Net.Client.SendAsync(HttpRequestMessage r) in C:\\src\\Stride\\Net\\Client.cs:line "
            "57\n"
            "   --- End of inner exception stack trace ---\n"
            "   at Stride.Sync.UploadAsync(Int32 id) in C:\\src\\Stride\\Sync.cs:line 88\n"
            "   at System.Threading.Tasks.Task.Execute()\n"
            "   at Stride.App.OnResume()",
            "Stride.Sync.UploadAsync|C:\\src\\Stride\\Sync.cs|88|a\n"
            "System.Threading.Tasks.Task.Execute||0|s\n"
            "Stride.App.OnResume||0|a\n"
            "Stride.Net.Client.SendAsync|C:\\src\\Stride\\Net\\Client.cs|57|ac");
        row("go",
            "goroutine 17 [running]:\n"
            "runtime/debug.Stack()\n"
            "\t/usr/local/go/src/runtime/debug/stack.go:26 +0x5e\n"
            "example.com/stride/sync.(*Engine).Upload(0xc000012345, 0x2a)\n"
            "\t/src/stride/sync/upload.go:88 +0x1d4\n"
            "main.main()\n"
            "\t/src/stride/main.go:12 +0x2c\n"
            "\n"
            "goroutine 18 [select]:\n"
            "main.worker()\n"
            "\t/src/stride/worker.go:5 +0x1",
            "runtime/debug.Stack|/usr/local/go/src/runtime/debug/stack.go|26|s\n"
            "example.com/stride/sync.(*Engine).Upload|/src/stride/sync/upload.go|88|a\n"
            "main.main|/src/stride/main.go|12|a\n"
            "main.worker|/src/stride/worker.go|5|ac");
        row("swift",
            "0   Stride                              0x0000000104a1c3f8 StrideApp.SyncEngine.upload(id:) + "
            "312\n"
            "1   Stride                              0x0000000104a1b100 StrideApp.MainView.body.getter + 84\n"
            "2   SwiftUI                             0x00000001a2b3c4d0 0x1a2a00000 + 1262800\n"
            "3   libdispatch.dylib                   0x00000001a2b3c4d0 _dispatch_call_block + 24",
            "StrideApp.SyncEngine.upload(id:)|Stride|0|a\n"
            "StrideApp.MainView.body.getter|Stride|0|a\n"
            "|SwiftUI|0|s\n"
            "_dispatch_call_block|libdispatch.dylib|0|s");
        row("sanitizer",
            "#0 0x55d0c8a1 in Stride::Store::open(QString const&) /src/stride/store.cpp:88:9\n"
            "#1 0x55d0c7f2 in Stride::App::App(int&, char**) /src/stride/app.cpp:41:3\n"
            "#2 0x7f01 in QMetaObject::activate(QObject*, int, void**) (/usr/lib/libQt6Core.so.6+0x1d)\n"
            "#3 0x7f02  (/lib/x86_64-linux-gnu/libc.so.6+0x2d0)",
            "Stride::Store::open|/src/stride/store.cpp|88|a\n"
            "Stride::App::App|/src/stride/app.cpp|41|a\n"
            "QMetaObject::activate|/usr/lib/libQt6Core.so.6|0|s\n"
            "|/lib/x86_64-linux-gnu/libc.so.6|0|s");
        row("gdb",
            "#0  Stride::Store::open (this=0x0, path=...) at store.cpp:88\n"
            "#1  0x00007f in QObject::event(QEvent*) () from /lib/libQt6Core.so.6\n"
            "#2  0x000055 in main (argc=1, argv=0x7ffd) at /src/main.cpp:12",
            "Stride::Store::open|store.cpp|88|a\n"
            "QObject::event(QEvent*)|/lib/libQt6Core.so.6|0|s\n"
            "main|/src/main.cpp|12|a");
        row("glibc",
            "./stride(_ZN6Stride4openEv+0x1a) [0x55d0c8a1]\n/lib/x86_64-linux-gnu/libc.so.6(+0x3bd60) "
            "[0x7f01]",
            "_ZN6Stride4openEv|./stride|0|a\n|/lib/x86_64-linux-gnu/libc.so.6|0|s");
        row("dart",
            "#0      Sync.upload (package:stride/sync.dart:88:9)\n"
            "#1      StatefulElement.build (package:flutter/src/widgets/framework.dart:4:1)\n"
            "#2      _rootRun (dart:async/zone.dart:1:2)",
            "Sync.upload|package:stride/sync.dart|88|a\n"
            "StatefulElement.build|package:flutter/src/widgets/framework.dart|4|s\n"
            "_rootRun|dart:async/zone.dart|1|s");
        row("nothing", "", "");
        row("prose", "The server said no.\nMail anna@example.com at 12:30.\nat noon\n(really)", "");
    }
    void readsEachLanguage()
    {
        QFETCH(QString, stack);
        QFETCH(QString, expected);
        QCOMPARE(summary(stack.toStdString()), expected);
        QString windows = stack;
        QCOMPARE(summary(windows.replace(QLatin1Char('\n'), QStringLiteral("\r\n")).toStdString()), expected);
    }

    void keepsTheLineForTheView()
    {
        const auto frames = parseStack("main.main()\n\t/src/stride/main.go:12 +0x2c\n");
        QCOMPARE(frames.size(), std::size_t{1});
        QCOMPARE(frames[0].text, std::string("main.main() /src/stride/main.go:12 +0x2c"));
    }

    void workIsBounded_data()
    {
        QTest::addColumn<QByteArray>("line");
        int number = 0;
        for (const char *line : {"    at f (a.js:1:2)\n", "((((((((((", "))))))))))", "at at at at ", "f@",
                                 "#1 0x1 in f(", "\n", "a.b()\n", "Traceback (most recent call last):\n",
                                 "File \"/a.py\", line 1, in f\n", "| | | | ", "Caused by: "})
            QTest::addRow("%d", ++number) << QByteArray(line);
    }
    void workIsBounded()
    {
        QFETCH(QByteArray, line);
        std::string stack;
        while (stack.size() < 1'000'000)
            stack += line.toStdString();
        const auto frames = parseStack(stack);
        QVERIFY(frames.size() <= kMaximumStackFrames);
        for (const StackFrame &frame : frames)
            QVERIFY(frame.text.size() <= kMaximumStackBytes);
    }

    void aLongPythonTraceEndsWhereItHappened()
    {
        std::string stack = "Traceback (most recent call last):\n";
        for (int i = 0; i < 3'000; ++i)
            stack += "  File \"/app/loop.py\", line " + std::to_string(i) + ", in again\n";
        stack += "  File \"/app/end.py\", line 7, in crash\nRecursionError: too deep\n";
        QVERIFY(stack.size() > kMaximumStackBytes);
        const auto frames = parseStack(stack);
        QCOMPARE(frames.front().function, std::string("crash"));
    }

    void baseNames()
    {
        QCOMPARE(std::string(baseName("C:\\src\\Sync.cs")), std::string("Sync.cs"));
        QCOMPARE(std::string(baseName("https://a.example/x/app.js?v=3#top")), std::string("app.js"));
        QCOMPARE(std::string(baseName("a.js")), std::string("a.js"));
        QCOMPARE(std::string(baseName("/a/b/")), std::string("b"));
        QCOMPARE(std::string(baseName("")), std::string());
    }
};

QTEST_APPLESS_MAIN(TestStackTrace)
#include "tst_stacktrace.moc"
