// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of errors by tab, by words, and in each order.
#include "widgets/pages/errorlist.h"

#include "models/items/itemroles.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace telltale;

namespace {

ErrorGroupRow group(const std::string &type, const std::string &state, std::uint64_t users, std::uint64_t events, int hour, const std::string &release)
{
    ErrorGroupRow row;
    row.group = row.type = type;
    row.state = state;
    row.users = users;
    row.events = events;
    row.lastSeen = Instant::fromSeconds(1'760'000'000 + hour * 3600);
    row.everFirstSeen = Instant::fromSeconds(1'750'000'000 - hour * 3600);
    row.releases = {release};
    return row;
}

QStringList groupsOf(const ErrorList &list)
{
    QStringList names;
    for (int row = 0; row < list.rowCount(); ++row)
        names.append(list.index(row, 0).data(KeyRole).toString());
    return names;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestErrorList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_groups = std::make_unique<ErrorGroupModel>();
        m_list = std::make_unique<ErrorList>(*m_groups);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_list.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_groups->setRows({group("Anr", "escalating", 5, 90, 1, "4.10.0"), group("Crash", "new", 40, 50, 2, "4.9.0"),
                           group("Broken", "ongoing", 7, 7, 3, "4.2.0"), group("Done", "resolved", 1, 1, 4, "1.0"),
                           group("Away", "archived", 2, 2, 5, "1.0"), group("Again", "regressed", 3, 60, 6, "4.1.0")});
    }
    void cleanup()
    {
        m_tester.reset();
        m_list.reset();
        m_groups.reset();
    }

    void tabs_data()
    {
        QTest::addColumn<int>("tab");
        QTest::addColumn<QStringList>("groups");
        QTest::newRow("unresolved") << int(ErrorList::Unresolved) << words("Crash Broken Anr Again");
        QTest::newRow("new") << int(ErrorList::New) << words("Crash");
        QTest::newRow("regressed") << int(ErrorList::Regressed) << words("Again");
        QTest::newRow("escalating") << int(ErrorList::Escalating) << words("Anr");
        QTest::newRow("resolved") << int(ErrorList::Resolved) << words("Done");
        QTest::newRow("archived") << int(ErrorList::Archived) << words("Away");
    }
    void tabs()
    {
        QFETCH(int, tab);
        m_list->setSort(ErrorList::ByUsers, false);
        m_list->setTab(tab);
        QTEST(groupsOf(*m_list), "groups");
    }

    void orders_data()
    {
        QTest::addColumn<int>("order");
        QTest::addColumn<QStringList>("groups");
        QTest::newRow("users") << int(ErrorList::ByUsers) << words("Crash Broken Anr Again");
        QTest::newRow("events") << int(ErrorList::ByEvents) << words("Anr Again Crash Broken");
        QTest::newRow("last seen") << int(ErrorList::ByLastSeen) << words("Again Broken Crash Anr");
        QTest::newRow("first seen") << int(ErrorList::ByFirstSeen) << words("Anr Crash Broken Again");
        QTest::newRow("issue") << int(ErrorList::ByIssue) << words("Again Anr Broken Crash");
        QTest::newRow("release, by its numbers") << int(ErrorList::ByRelease) << words("Anr Crash Broken Again");
    }
    void orders()
    {
        QFETCH(int, order);
        QFETCH(QStringList, groups);
        m_list->setSort(order, false);
        QCOMPARE(groupsOf(*m_list), groups);
        m_list->setSort(order, true);
        std::reverse(groups.begin(), groups.end());
        QCOMPARE(groupsOf(*m_list), groups);
    }

    void allWordsAreFound()
    {
        m_list->setSort(ErrorList::ByUsers, false);
        m_list->setWords(QStringLiteral("  an  "));
        QCOMPARE(groupsOf(*m_list), words("Anr"));
        m_list->setWords(QStringLiteral("crash nothing"));
        QVERIFY(groupsOf(*m_list).isEmpty());
        m_list->setWords({});
        QCOMPARE(m_list->rowCount(), 4);
        QVERIFY(!m_list->accepts(group("Done", "resolved", 1, 1, 1, "1")));
    }

private:
    std::unique_ptr<ErrorGroupModel> m_groups;
    std::unique_ptr<ErrorList> m_list;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TestErrorList)
#include "tst_errorlist.moc"
