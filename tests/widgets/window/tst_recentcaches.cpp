// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/window/windowbench.h"
#include "translations/translator.h"
#include "widgets/window/recentcaches.h"
#include "widgets/window/recentmenu.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;

class TestRecentCaches final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installTranslations(*QCoreApplication::instance(), QLocale::c());
        m_theme.install(Theme::Mode::Light);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void newestFirstEachOnceAndNotTooMany()
    {
        RecentCaches recent(list());
        for (int i = 0; i < 12; ++i)
            recent.add(QStringLiteral("/c/%1.db").arg(i));
        recent.add(QStringLiteral("/c/5.db"));
        QTRY_VERIFY(recent.entries().size() == RecentCaches::kMost && recent.entries().front().path == u"/c/5.db");
        QCOMPARE(recent.entries()[1].path, QStringLiteral("/c/11.db"));
        QCOMPARE(std::count_if(recent.entries().begin(), recent.entries().end(), [](const auto &entry) { return entry.path == u"/c/5.db"; }), 1);
        QVERIFY(!recent.entries().front().isThere);
        QCOMPARE(QFile::permissions(list()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void windowsShareIt()
    {
        RecentCaches one(list());
        RecentCaches other(list());
        one.add(made("a.db"));
        QTRY_COMPARE(one.entries().size(), std::size_t(1));
        other.add(made("b.db"));
        QTRY_COMPARE(other.entries().size(), std::size_t(2));
        one.refresh();
        QTRY_COMPARE(one.entries().size(), std::size_t(2));
        QVERIFY(one.entries()[0].isThere && one.entries()[1].isThere);
        QFile::remove(one.entries()[1].path);
        one.refresh();
        QTRY_VERIFY(!one.entries()[1].isThere);
        other.clear();
        QTRY_VERIFY(other.entries().empty());
        one.refresh();
        QTRY_VERIFY(one.entries().empty());
    }

    void aBrokenListIsAnEmptyOne()
    {
        QFile file(list());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"what\": [\"relative.db\"");
        file.close();
        RecentCaches recent(list());
        recent.add(made("a.db"));
        QTRY_COMPARE(recent.entries().size(), std::size_t(1));
    }

    void theMenuOpensThem()
    {
        RecentCaches recent(list());
        const QString there = made("there & then.db");
        recent.add(QStringLiteral("/nowhere/gone.db"));
        recent.add(there);
        recent.add(QStringLiteral("/nowhere/shown.db"));
        WindowBench bench(m_theme, {1440, 900}, false, false, &recent);
        QVERIFY(bench.settle());
        RecentMenu *menu = bench.window->actions().recent;
        QTRY_COMPARE(menu->actions().size(), 5); // three, a line, and a way to forget them
        const QList<QAction *> actions = menu->actions();
        QVERIFY(actions[0]->isChecked() && !actions[0]->isEnabled()); // what is shown
        QVERIFY(actions[1]->isEnabled());
        QVERIFY(actions[1]->text().startsWith(QStringLiteral("there && then.db")));
        QVERIFY(!actions[2]->isEnabled());
        QVERIFY(actions[2]->toolTip().contains(QStringLiteral("/nowhere/gone.db")));
        actions[1]->trigger();
        QCOMPARE(bench.opened, QStringList{there});
        menu->actions().back()->trigger();
        QTRY_COMPARE(menu->actions().size(), 1);
        QVERIFY(!menu->actions().front()->isEnabled());
        bench.window->actions().newWindow->trigger();
        QCOMPARE(bench.newWindows, 1);
    }

private:
    QString list() const { return m_folder->filePath(QStringLiteral("recent.json")); }
    QString made(const char *name) const
    {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no room for a test file");
        return file.fileName();
    }

    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestRecentCaches)
#include "tst_recentcaches.moc"
