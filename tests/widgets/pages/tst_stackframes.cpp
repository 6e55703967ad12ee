// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/stackview.h"

#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QTest>

using namespace telltale;

namespace {

const std::string kJava = "java.lang.NullPointerException: bpm\n"
                          "\tat app.stride.route.RouteRecorder.onLocation(RouteRecorder.kt:214)\n"
                          "\tat app.stride.location.LocationBus.dispatch(LocationBus.kt:88)\n"
                          "\tat android.os.Handler.handleCallback(Handler.java:958)\n"
                          "\tat android.os.Looper.loop(Looper.java:319)\n";

} // namespace

class TestStackFrames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesAreSaidShortly()
    {
        const auto frames = shownFrames(kJava);
        QCOMPARE(frames.size(), std::size_t(4));
        QCOMPARE(frames[0].function, QStringLiteral("RouteRecorder.onLocation"));
        QCOMPARE(frames[0].place, QStringLiteral("RouteRecorder.kt:214"));
        QVERIFY(frames[0].isInApp);
        QVERIFY(!frames[2].isInApp);
        QCOMPARE(frames[2].module, QStringLiteral("android.os"));
    }

    void systemFramesAreFoldedAndOpen()
    {
        StackView view;
        view.setStack(kJava);
        view.show();
        const auto rows = view.findChildren<QAbstractButton *>();
        QCOMPARE(rows.size(), 3); // two frames and one fold
        QAbstractButton *fold = nullptr;
        for (QAbstractButton *row : rows) {
            if (row->isCheckable())
                fold = row;
        }
        QVERIFY(fold);
        fold->click();
        QCOMPARE(view.findChildren<QAbstractButton *>().size(), 5);
    }

    void nonsenseIsShownAsItIs()
    {
        QVERIFY(shownFrames("no stack at all").empty());
        StackView view;
        view.setStack("no stack at all");
        QVERIFY(view.findChild<QWidget *>());
    }
};

QTEST_MAIN(TestStackFrames)
#include "tst_stackframes.moc"
