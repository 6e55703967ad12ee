// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/samples.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <set>

using namespace telltale;

class TestSessionTimeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->install(Theme::Mode::Dark);
    }
    void init()
    {
        m_timeline = std::make_unique<SessionTimeline>();
        m_timeline->setFormatter(samples::formatter());
        m_timeline->setData(samples::session());
        m_timeline->resize(800, 460);
        m_timeline->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_timeline.get()));
    }
    void cleanup() { m_timeline.reset(); }

    void pointReachesEachEventOnce()
    {
        std::set<Instant> events;
        const SessionTimelineData data = samples::session();
        for (const auto &screen : data.screens)
            events.insert(screen.range.from);
        for (const auto &tick : data.interactions)
            events.insert(tick.at);
        for (const auto &mark : data.errors)
            events.insert(mark.at);
        for (const auto &span : data.spans)
            events.insert(span.range.from);
        std::vector<Instant> visited;
        QSignalSpy moved(m_timeline.get(), &SessionTimeline::playheadChanged);
        for (std::size_t i = 0; i < events.size() + 3; ++i) // more often than there are events
            QTest::keyClick(m_timeline.get(), Qt::Key_Period);
        QCOMPARE(std::size_t(moved.count()), events.size());
        QCOMPARE(m_timeline->playhead(), std::optional(*events.rbegin()));
        QTest::keyClick(m_timeline.get(), Qt::Key_Comma);
        QCOMPARE(m_timeline->playhead(), std::optional(*std::next(events.rbegin())));
    }

    void nextErrorWrapsAround()
    {
        QTest::keyClick(m_timeline.get(), Qt::Key_E);
        QCOMPARE(m_timeline->playhead(),
                 std::optional(samples::session().errors[2].at)); // not the warning before it
        QVERIFY(m_timeline->cursorText().contains(QStringLiteral("NullPointerException")));
        QTest::keyClick(m_timeline.get(), Qt::Key_E);
        QCOMPARE(m_timeline->playhead(), std::optional(samples::session().errors[2].at));
    }

    void clickingAnErrorStandsExactlyOnIt()
    {
        QSignalSpy activated(m_timeline.get(), &SessionTimeline::errorActivated);
        const int x = int(m_timeline->timeScale().x(samples::session().errors[2].at)) + 4;
        for (int y = 0; y < m_timeline->height() && activated.isEmpty(); y += 4)
            QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, QPoint(x, y));
        QCOMPARE(activated.count(), 1);
        QCOMPARE(m_timeline->playhead(), std::optional(samples::session().errors[2].at));
    }

    void fitAndWhole()
    {
        QTest::keyClick(m_timeline.get(), Qt::Key_E);
        QTest::keyClick(m_timeline.get(), Qt::Key_F);
        QCOMPARE(m_timeline->visibleRange().to - m_timeline->visibleRange().from,
                 std::chrono::nanoseconds(std::chrono::minutes(1)));
        QVERIFY(m_timeline->visibleRange().contains(*m_timeline->playhead()));
        m_timeline->grab();
        // Stepping out of what is shown brings it along.
        QTest::keyClick(m_timeline.get(), Qt::Key_Home);
        QCOMPARE(m_timeline->visibleRange().from, samples::session().range.from);
        QTest::keyClick(m_timeline.get(), Qt::Key_0);
        QCOMPARE(m_timeline->visibleRange(), samples::session().range);
    }

    void growingSessionKeepsThePlayhead()
    {
        QTest::keyClick(m_timeline.get(), Qt::Key_E);
        const auto before = m_timeline->playhead();
        SessionTimelineData more = samples::session();
        more.range.to = more.range.to + std::chrono::minutes(1);
        m_timeline->setData(more);
        QCOMPARE(m_timeline->playhead(), before);
        QCOMPARE(m_timeline->visibleRange(), more.range);
        more.range.from = more.range.from + std::chrono::seconds(1); // another session
        m_timeline->setData(more);
        QVERIFY(!m_timeline->playhead());
    }

    void emptyIsHarmless()
    {
        m_timeline->setData({});
        m_timeline->grab();
        QTest::keyClick(m_timeline.get(), Qt::Key_Period);
        QTest::keyClick(m_timeline.get(), Qt::Key_E);
        SessionTimelineData instant;
        instant.range = {samples::kNow, samples::kNow};
        instant.errors = {{samples::kNow, QStringLiteral("Error"), 17}};
        m_timeline->setData(instant);
        m_timeline->grab();
        QTest::keyClick(m_timeline.get(), Qt::Key_F);
    }

    void tableHasEveryEvent()
    {
        const SessionTimelineData data = samples::session();
        const ChartTable table = m_timeline->table();
        std::size_t points = 0;
        for (const auto &lane : data.lanes)
            points += lane.points.size();
        QVERIFY(points > 100);
        QCOMPARE(table.rows.size(),
                 data.screens.size() + data.interactions.size() + data.errors.size() + data.spans.size() + points);
        QVERIFY(m_timeline->summary().contains(QStringLiteral("28 min 12 s")));
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SessionTimeline> m_timeline;
};

QTEST_MAIN(TestSessionTimeline)
#include "tst_sessiontimeline.moc"
