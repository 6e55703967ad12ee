// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/triagebook.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;
using Action = TriageDecision::Action;

namespace {

constexpr Instant kNow = Instant::fromSeconds(1'763'472'730);

TriageDecision decision(Action action, std::uint64_t group = 1)
{
    TriageDecision made;
    made.action = action;
    made.group = group;
    made.time = kNow - 2h;
    return made;
}

GroupSigns old(std::uint64_t lastDay = 0, std::uint64_t weekBefore = 0)
{
    GroupSigns signs;
    signs.firstSeen = kNow - 24h * 30;
    signs.now = kNow;
    signs.lastDay = lastDay;
    signs.weekBefore = weekBefore;
    return signs;
}

GroupSigns fresh()
{
    GroupSigns signs = old(500, 0);
    signs.firstSeen = kNow - 24h;
    return signs;
}

GroupSigns seenAgain()
{
    GroupSigns signs = old();
    signs.isSeenAgain = true;
    return signs;
}

GroupSigns since(std::uint64_t events, std::uint64_t users)
{
    GroupSigns signs = old();
    signs.eventsSince = events;
    signs.usersSince = users;
    return signs;
}

} // namespace

Q_DECLARE_METATYPE(std::optional<telltale::TriageDecision>)
Q_DECLARE_METATYPE(telltale::GroupSigns)

class TestTriageBook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Every state by every sign that matters to it.
    void states_data()
    {
        QTest::addColumn<std::optional<TriageDecision>>("decided");
        QTest::addColumn<GroupSigns>("signs");
        QTest::addColumn<QByteArray>("state");
        using Decided = std::optional<TriageDecision>;
        const Decided none;
        const Decided resolved = decision(Action::Resolve);
        const Decided archived = decision(Action::Archive);
        Decided untilPast = archived, untilFuture = archived, untilEvents = archived, untilUsers = archived, untilEscalating = archived;
        untilPast->until = kNow;
        untilFuture->until = kNow + 1h;
        untilEvents->events = 10;
        untilUsers->users = 3;
        untilEscalating->untilEscalating = true;
        QTest::newRow("seen first yesterday") << none << fresh() << QByteArray("new");
        GroupSigns week = old();
        week.firstSeen = kNow - 24h * 7;
        QTest::newRow("seven days old") << none << week << QByteArray("new");
        week.firstSeen = week.firstSeen - 1ns;
        QTest::newRow("a little older") << none << week << QByteArray("ongoing");
        QTest::newRow("quiet") << none << old() << QByteArray("ongoing");
        QTest::newRow("as ever") << none << old(100, 700) << QByteArray("ongoing");
        QTest::newRow("three times as often") << none << old(300, 700) << QByteArray("ongoing");
        QTest::newRow("more than that") << none << old(301, 700) << QByteArray("escalating");
        QTest::newRow("few say nothing") << none << old(19, 0) << QByteArray("ongoing");
        QTest::newRow("twenty out of nowhere") << none << old(20, 0) << QByteArray("escalating");
        QTest::newRow("new and many is new") << none << fresh() << QByteArray("new");
        QTest::newRow("reopened") << Decided(decision(Action::Reopen)) << old() << QByteArray("ongoing");
        QTest::newRow("reopened and new") << Decided(decision(Action::Reopen)) << fresh() << QByteArray("new");
        QTest::newRow("resolved") << resolved << old() << QByteArray("resolved");
        QTest::newRow("resolved, though many before") << resolved << old(500, 0) << QByteArray("resolved");
        QTest::newRow("seen again") << resolved << seenAgain() << QByteArray("regressed");
        QTest::newRow("archived for ever") << archived << old(5000, 0) << QByteArray("archived");
        QTest::newRow("archived until later") << untilFuture << old() << QByteArray("archived");
        QTest::newRow("archived until now") << untilPast << old() << QByteArray("ongoing");
        QTest::newRow("nine of ten events") << untilEvents << since(9, 9) << QByteArray("archived");
        QTest::newRow("ten of ten events") << untilEvents << since(10, 1) << QByteArray("ongoing");
        QTest::newRow("two of three users") << untilUsers << since(1000, 2) << QByteArray("archived");
        QTest::newRow("three of three users") << untilUsers << since(3, 3) << QByteArray("ongoing");
        QTest::newRow("calm") << untilEscalating << old(100, 700) << QByteArray("archived");
        QTest::newRow("escalates") << untilEscalating << old(301, 700) << QByteArray("escalating");
    }
    void states()
    {
        QFETCH(std::optional<TriageDecision>, decided);
        QFETCH(GroupSigns, signs);
        QFETCH(QByteArray, state);
        const auto found = triageState(decided ? &*decided : nullptr, signs);
        QCOMPARE(QByteArray(found.data(), static_cast<qsizetype>(found.size())), state);
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("resolvedIn");
        QTest::addColumn<bool>("isAfter");
        QTest::addColumn<QByteArray>("seen");
        QTest::addColumn<bool>("isBack");
        QTest::newRow("now, any") << QByteArray() << false << QByteArray("1.0") << true;
        QTest::newRow("now, none") << QByteArray() << false << QByteArray() << true;
        QTest::newRow("in R2, seen in R1") << QByteArray("4.2.0") << false << QByteArray("4.1.3") << false;
        QTest::newRow("in R2, seen in R2") << QByteArray("4.2.0") << false << QByteArray("4.2.0") << true;
        QTest::newRow("in R2, seen in R3") << QByteArray("4.2.0") << false << QByteArray("4.10.0") << true;
        QTest::newRow("in R2, nobody says") << QByteArray("4.2.0") << false << QByteArray() << false;
        QTest::newRow("after R2, seen in R2") << QByteArray("4.2.0") << true << QByteArray("4.2.0") << false;
        QTest::newRow("after R2, seen in R3") << QByteArray("4.2.0") << true << QByteArray("4.2.1") << true;
        QTest::newRow("after R2, seen in R1") << QByteArray("4.2.0") << true << QByteArray("4.1.9") << false;
        QTest::newRow("names, the same") << QByteArray("beta") << false << QByteArray("beta") << true;
        QTest::newRow("names, earlier") << QByteArray("beta") << false << QByteArray("alpha") << false;
    }
    void releases()
    {
        QFETCH(QByteArray, resolvedIn);
        QFETCH(bool, isAfter);
        QFETCH(QByteArray, seen);
        QFETCH(bool, isBack);
        TriageDecision resolved = decision(Action::Resolve);
        resolved.release = resolvedIn.toStdString();
        resolved.isAfter = isAfter;
        QCOMPARE(bringsBack(resolved, seen.toStdString()), isBack);
    }

    void theNewestDecisionHolds()
    {
        const TriageBook book({decision(Action::Resolve), decision(Action::Archive), decision(Action::Resolve, 2)});
        QCOMPARE(book.decisionOf(1)->action, Action::Archive);
        QCOMPARE(book.decisionOf(2)->action, Action::Resolve);
        QVERIFY(!book.decisionOf(3));
        QCOMPARE(book.historyOf(1).size(), std::size_t(2));
        QVERIFY(!TriageBook({decision(Action::Resolve), decision(Action::Reset)}).decisionOf(1));
    }

    void mergedGroupsFollowOneAnother()
    {
        auto merge = [](std::uint64_t group, std::uint64_t target) {
            TriageDecision made = decision(Action::Merge, group);
            made.target = target;
            return made;
        };
        const TriageBook book({merge(1, 2), merge(2, 3), merge(4, 3), merge(3, 1) /* a circle: refused */});
        QCOMPARE(book.canonical(1), std::uint64_t(3));
        QCOMPARE(book.canonical(3), std::uint64_t(3));
        QCOMPARE(book.canonical(9), std::uint64_t(9));
        QVERIFY((book.membersOf(3) == std::vector<std::uint64_t>{3, 1, 2, 4}));
        const TriageBook parted({merge(1, 2), merge(2, 3), decision(Action::Unmerge, 2)});
        QCOMPARE(parted.canonical(1), std::uint64_t(2));
        QVERIFY((parted.membersOf(3) == std::vector<std::uint64_t>{3}));
    }
};

QTEST_GUILESS_MAIN(TestTriageBook)
#include "tst_triagebook.moc"
