// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/viewstate.h"
#include "models/telemetry/timeformat.h"

#include <QSignalSpy>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

class MovableClock final : public Clock
{
public:
    Instant now() const override { return m_now; }
    Instant m_now = *parseRfc3339("2025-11-18T13:32:10Z");
};

} // namespace

class TestViewState final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_shared<MovableClock>();
        m_state = std::make_unique<ViewState>(m_clock);
    }

    void liveFollowsAndPauseFreezes()
    {
        QCOMPARE(m_state->mode(), ViewState::Mode::Live);
        const TimeRange before = m_state->resolvedRange();
        m_clock->m_now = m_clock->m_now + 10s;
        QVERIFY(m_state->resolvedRange().to == before.to + 10s);
        m_state->setPaused(true);
        const TimeRange frozen = m_state->resolvedRange();
        m_clock->m_now = m_clock->m_now + 60s;
        QVERIFY(m_state->resolvedRange() == frozen);
        QCOMPARE(m_state->mode(), ViewState::Mode::Paused);
        m_state->setPaused(false);
        QVERIFY(m_state->resolvedRange().to == m_clock->m_now);
        QVERIFY(!m_state->canGoBack()); // neither time nor pausing is a step
    }

    void stepsKeepTheWidth()
    {
        m_state->stepEarlier();
        QCOMPARE(m_state->mode(), ViewState::Mode::History);
        const TimeRange first = m_state->resolvedRange();
        QVERIFY(first.to - first.from == 60min);
        QVERIFY(first.to == m_clock->m_now - 60min);
        m_state->stepEarlier();
        const TimeRange second = m_state->resolvedRange();
        QVERIFY(second.to == first.from && second.to - second.from == 60min);
        m_state->stepLater();
        QVERIFY(m_state->resolvedRange() == first);
        m_state->stepLater();
        QCOMPARE(m_state->mode(), ViewState::Mode::Live);
    }

    void zoomOutNeverEndsInTheFuture()
    {
        m_state->setRange(RangeSpec::history({m_clock->m_now - 10min, m_clock->m_now - 1min}));
        for (int i = 0; i < 40; ++i) {
            m_state->zoomOut();
            QVERIFY(m_state->resolvedRange().to <= m_clock->m_now);
            QVERIFY(m_state->resolvedRange().from < m_state->resolvedRange().to);
        }
        for (int i = 0; i < 80; ++i)
            m_state->zoomIn();
        QVERIFY(m_state->range().length() >= 1s);
    }

    void theWayBackIsExact()
    {
        QVERIFY(m_state->setFilterText(QStringLiteral("release:4.2.0")).has_value());
        m_state->setView(QStringLiteral("errors"));
        const RangeSpec range = m_state->range();
        m_state->setSelection(TimeRange{m_clock->m_now - 20min, m_clock->m_now - 10min});
        QVERIFY(m_state->effectiveRange() == *m_state->selection());
        m_state->commitSelection();
        QVERIFY(!m_state->selection());
        QVERIFY(m_state->resolvedRange().to == m_clock->m_now - 10min);
        m_state->goBack();
        QVERIFY(m_state->range() == range);
        QCOMPARE(m_state->view(), QStringLiteral("errors"));
        QCOMPARE(m_state->filterText(), QStringLiteral("release:4.2.0"));
        m_state->goBack();
        QCOMPARE(m_state->view(), QStringLiteral("overview"));
        m_state->goBack();
        QVERIFY(m_state->filter().isEmpty());
        QVERIFY(!m_state->canGoBack());
        m_state->goForward();
        QCOMPARE(m_state->filterText(), QStringLiteral("release:4.2.0"));
    }

    void filterTermsComeAndGo()
    {
        m_state->addFilterTerm(QStringLiteral("feature"), QStringLiteral("Live route map"));
        m_state->addFilterTerm(QStringLiteral("release"), QStringLiteral("4.2.0"));
        m_state->addFilterTerm(QStringLiteral("release"), QStringLiteral("4.2.0")); // once is enough
        const QStringList terms = m_state->filterTerms();
        QCOMPARE(terms.size(), 2);
        QCOMPARE(terms.at(0), QStringLiteral("feature:\"Live route map\""));
        m_state->removeFilterTerm(0);
        QCOMPARE(m_state->filterTerms(), QStringList{QStringLiteral("release:4.2.0")});
        m_state->addFilterTerm(QStringLiteral("screen"), QStringLiteral("Home"), true);
        QCOMPARE(m_state->filterTerms().last(), QStringLiteral("-screen:Home"));
        const auto wrong = m_state->setFilterText(QStringLiteral("colour:red"));
        QVERIFY(!wrong.has_value());
        QCOMPARE(m_state->filterTerms().size(), 2);
    }

    void productsAreOneMoreTerm()
    {
        m_state->setProduct(QStringLiteral("Stride"), QStringLiteral("production"));
        const Filter filter = m_state->scope().filter;
        QCOMPARE(filter.alternatives().size(), std::size_t(1));
        QCOMPARE(filter.alternatives().front().size(), std::size_t(2));
        QVERIFY(m_state->filter().isEmpty());
    }

    void changesAreSaidOnce()
    {
        QSignalSpy changed(m_state.get(), &ViewState::changed);
        m_state->setRange(RangeSpec::live(15min));
        QCOMPARE(changed.count(), 1);
        m_state->setRange(RangeSpec::live(15min));
        QCOMPARE(changed.count(), 1);
        m_state->setView(QStringLiteral("usage"));
        QCOMPARE(changed.count(), 1);
    }

    void heldAgainst_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("from"); // of what the range is held against
        QTest::addColumn<QString>("to");
        QTest::newRow("the period before") << int(Comparison::Kind::PreviousPeriod) << "2025-10-27T10:00:00Z" << "2025-10-27T11:00:00Z";
        // Berlin's clocks went back on 26 October: the same time of day a week before is 25 hours less seven days away.
        QTest::newRow("last week") << int(Comparison::Kind::LastWeek) << "2025-10-20T10:00:00Z" << "2025-10-20T11:00:00Z";
        QTest::newRow("releases") << int(Comparison::Kind::Releases) << "2025-10-27T11:00:00Z" << "2025-10-27T12:00:00Z";
        QTest::newRow("a baseline twice as long") << int(Comparison::Kind::Baseline) << "2025-10-01T00:00:00Z" << "2025-10-01T01:00:00Z";
    }
    void heldAgainst()
    {
        QFETCH(int, kind);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QVERIFY(m_state->setZone(QStringLiteral("Europe/Berlin")).has_value());
        Comparison with;
        with.kind = static_cast<Comparison::Kind>(kind);
        with.release = QStringLiteral("4.2.0");
        with.otherRelease = QStringLiteral("4.1.3");
        with.baseline = {*parseRfc3339("2025-10-01T00:00:00Z"), *parseRfc3339("2025-10-01T02:00:00Z")};
        m_state->setComparison(with);
        const TimeRange range{*parseRfc3339("2025-10-27T11:00:00Z"), *parseRfc3339("2025-10-27T12:00:00Z")};
        const TimeRange before = m_state->comparedRange(range);
        QCOMPARE(QString::fromStdString(formatRfc3339(before.from)), from);
        QCOMPARE(QString::fromStdString(formatRfc3339(before.to)), to);
        QVERIFY(m_state->comparedScope(range).range == before);
        QVERIFY(!m_state->comparisonName().isEmpty());
        QVERIFY(m_state->comparisonText(range).contains(m_state->rangeText(before))); // real dates
    }

    void releasesAreHeldAgainstEachOther()
    {
        QVERIFY(m_state->setFilterText(QStringLiteral("os:android")).has_value());
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        m_state->setComparison(pair); // without names
        QCOMPARE(m_state->comparison().kind, Comparison::Kind::PreviousPeriod);
        pair.release = QStringLiteral("4.2.0 beta");
        pair.otherRelease = QStringLiteral("4.1.3");
        m_state->setComparison(pair);
        const TimeRange range = m_state->resolvedRange();
        QCOMPARE(m_state->scope(range).filter.text(), std::string("os:android release:\"4.2.0 beta\""));
        QCOMPARE(m_state->comparedScope(range).filter.text(), std::string("os:android release:4.1.3"));
        QCOMPARE(m_state->filterText(), QStringLiteral("os:android")); // the chips stay as they are
        m_state->setComparing(false);
        QCOMPARE(m_state->scope(range).filter.text(), std::string("os:android"));
        m_state->setComparing(true); // with what was chosen last
        QCOMPARE(m_state->comparison(), pair);
        m_state->goBack();
        m_state->goBack();
        m_state->goBack();
        QCOMPARE(m_state->comparison().kind, Comparison::Kind::PreviousPeriod);
        m_state->goForward();
        QCOMPARE(m_state->comparison(), pair);
    }

    void whatIsShownBecomesTheBaseline()
    {
        QSignalSpy changed(m_state.get(), &ViewState::changed);
        Comparison open;
        open.kind = Comparison::Kind::Baseline;
        m_state->setComparison(open);
        QCOMPARE(changed.count(), 0); // nothing was pinned
        m_state->setComparing(false);
        m_state->setSelection(TimeRange{m_clock->m_now - 20min, m_clock->m_now - 10min});
        m_state->pinBaseline();
        QVERIFY(m_state->isComparing());
        QVERIFY(m_state->comparison().baseline == *m_state->selection());
        m_clock->m_now = m_clock->m_now + 2h; // it stays where it is
        QVERIFY(m_state->comparedRange(m_state->resolvedRange()).from == m_clock->m_now - 2h - 20min);
    }

    void names()
    {
        QCOMPARE(m_state->rangeText({m_clock->m_now - 10min, m_clock->m_now - 5min}),
                 QStringLiteral("13:22 – 13:27"));
    }

private:
    std::shared_ptr<MovableClock> m_clock;
    std::unique_ptr<ViewState> m_state;
};

QTEST_GUILESS_MAIN(TestViewState)
#include "tst_viewstate.moc"
