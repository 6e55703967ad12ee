// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the window when its cache does not open, and what each button does.
#include "tests/widgets/window/pictures.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/banner.h"
#include "widgets/window/cachetrouble.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/toolbar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace telltale;

namespace {

class FakeRescue final : public CacheRescue
{
public:
    void examine() override { done.append(QStringLiteral("examine")); }
    void recover() override { done.append(QStringLiteral("recover")); }
    void cancel() override { done.append(QStringLiteral("cancel")); }
    void openRecovered() override { done.append(QStringLiteral("open")); }
    void startNew() override { done.append(QStringLiteral("new")); }
    QStringList done;
};

QStringList textsOf(const CacheTrouble &trouble)
{
    QStringList texts;
    for (const QPushButton *button : trouble.buttons())
        texts.append(button->text());
    return texts;
}

} // namespace

class TestCacheTrouble final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void conditions_data()
    {
        QTest::addColumn<CacheRescue::Condition>("condition");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QStringList>("buttons");
        using Condition = CacheRescue::Condition;
        const QString recover = QStringLiteral("Recover what is readable");
        const QString fresh = QStringLiteral("Start new, keep the old file");
        const QString other = QStringLiteral("Open another cache…");
        QTest::newRow("damaged") << Condition::Damaged << QStringLiteral("shown.db is damaged") << QStringList{recover, fresh, other};
        QTest::newRow("newer") << Condition::Newer << QStringLiteral("shown.db was written by a newer Telltale") << QStringList{fresh, other};
        QTest::newRow("foreign") << Condition::Foreign << QStringLiteral("shown.db is no cache of Telltale") << QStringList{other};
        QTest::newRow("garbage") << Condition::NoDatabase << QStringLiteral("shown.db is no cache of Telltale") << QStringList{fresh, other};
        QTest::newRow("unreadable") << Condition::Unreadable << QStringLiteral("shown.db can not be read") << QStringList{QStringLiteral("Try again"), other};
    }
    void conditions()
    {
        QFETCH(CacheRescue::Condition, condition);
        QFETCH(QString, title);
        QFETCH(QStringList, buttons);
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            FakeRescue rescue;
            WindowBench bench(m_theme, {1440, 900}, false, false, nullptr, &rescue);
            CacheTrouble *trouble = bench.window->trouble();
            QVERIFY(bench.settle());
            QVERIFY(!trouble->isVisible());
            Q_EMIT rescue.examined(condition);
            QVERIFY(trouble->isVisible());
            QVERIFY(!bench.window->currentPage()->isVisible());
            QVERIFY(!bench.window->toolbar()->isVisible());
            QVERIFY(!bench.window->banner()->isVisible());
            QCOMPARE(trouble->accessibleName(), title);
            QVERIFY(!trouble->accessibleDescription().isEmpty());
            QCOMPARE(textsOf(*trouble), buttons);
            for (const QPushButton *button : trouble->buttons())
                QVERIFY(button->isVisible() && !button->accessibleName().isEmpty());
            QTest::qWait(0); // laid out
            QCOMPARE(differenceOf(*bench.window, QStringLiteral("trouble-%1-%2").arg(QLatin1String(QTest::currentDataTag()), mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light"))), QString());
            // It may have been mended meanwhile.
            Q_EMIT rescue.examined(CacheRescue::Condition::Openable);
            QVERIFY(!trouble->isVisible());
            QVERIFY(bench.window->currentPage()->isVisible());
        }
    }

    void recovering()
    {
        m_theme.setMode(Theme::Mode::Light);
        FakeRescue rescue;
        WindowBench bench(m_theme, {1440, 900}, false, false, nullptr, &rescue);
        CacheTrouble *trouble = bench.window->trouble();
        QVERIFY(bench.settle());
        Q_EMIT rescue.examined(CacheRescue::Condition::Damaged);
        QCOMPARE(bench.window->focusWidget(), trouble->buttons()[0]);
        QTest::keyClick(trouble->buttons()[0], Qt::Key_Space);
        QTRY_COMPARE(rescue.done, QStringList{QStringLiteral("recover")});
        QCOMPARE(textsOf(*trouble), QStringList{QStringLiteral("Cancel")});
        Q_EMIT rescue.progressed(43);
        QTest::qWait(0);
        QCOMPARE(differenceOf(*bench.window, QStringLiteral("trouble-recovering-light")), QString());

        QTest::keyClick(trouble->buttons()[0], Qt::Key_Space);
        QTRY_COMPARE(rescue.done.last(), QStringLiteral("cancel"));
        Q_EMIT rescue.failed({});
        QCOMPARE(textsOf(*trouble).first(), QStringLiteral("Recover what is readable"));

        trouble->buttons()[0]->click();
        QTRY_COMPARE(rescue.done.size(), 3);
        Q_EMIT rescue.recovered({294'086, 74'051, 12, QStringLiteral("shown.db.kept-20251118T133210Z")});
        QCOMPARE(trouble->accessibleName(), QStringLiteral("294,086 records came over"));
        for (const char *word : {"74,051", "12 sessions", "shown.db.kept-20251118T133210Z"})
            QVERIFY(trouble->accessibleDescription().contains(QString::fromUtf8(word)));
        QCOMPARE(differenceOf(*bench.window, QStringLiteral("trouble-recovered-light")), QString());
        trouble->buttons()[0]->click();
        QTRY_COMPARE(rescue.done.last(), QStringLiteral("open"));
    }

    void aFailureIsSaidAndTheWayOutStays()
    {
        FakeRescue rescue;
        WindowBench bench(m_theme, {1440, 900}, false, false, nullptr, &rescue);
        CacheTrouble *trouble = bench.window->trouble();
        Q_EMIT rescue.examined(CacheRescue::Condition::Damaged);
        trouble->buttons()[0]->click();
        QTRY_COMPARE(rescue.done.size(), 1);
        Q_EMIT rescue.failed(QStringLiteral("the table of contents of the cache is damaged"));
        QVERIFY(trouble->accessibleDescription().contains(QStringLiteral("the table of contents")));
        trouble->buttons()[1]->click();
        QTRY_COMPARE(rescue.done.last(), QStringLiteral("new"));
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestCacheTrouble)
#include "tst_cachetrouble.moc"
