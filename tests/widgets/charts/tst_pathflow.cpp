// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/pathflow.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QAccessibleTableInterface>
#include <QDir>
#include <QImage>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace telltale;

namespace {

/// Home 600 and Plan 400; 500 and 200 of them go on to Map, 50 of Home to Plan.
PathFlowData sample()
{
    using Kind = PathFlowData::Kind;
    PathFlowData data;
    data.sessions = 1000;
    data.steps = {{{Kind::Screen, QStringLiteral("Home"), SeriesSlot::Blue, 600, 500, 50},
                   {Kind::Screen, QStringLiteral("Plan"), SeriesSlot::Orange, 400, 300, 200}},
                  {{Kind::Feature, QStringLiteral("Map"), SeriesSlot::Green, 700, 600, 0},
                   {Kind::Screen, QStringLiteral("Plan"), SeriesSlot::Orange, 50, 50, 0}}};
    data.links = {{0, 0, 0, 500}, {0, 0, 1, 50}, {0, 1, 0, 200}};
    return data;
}

} // namespace

class TestPathFlow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bandsByKeys()
    {
        QSignalSpy links(m_flow.get(), &PathFlow::linkActivated), nodes(m_flow.get(), &PathFlow::nodeActivated);
        QTest::keyClick(m_flow.get(), Qt::Key_Down, Qt::ShiftModifier); // nothing is current yet
        QCOMPARE(m_flow->currentLink(), -1);
        QTest::keyClick(m_flow.get(), Qt::Key_Right); // Home
        QTest::keyClick(m_flow.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_flow->currentLink(), 0);
        QVERIFY(m_flow->cursorText().startsWith(QStringLiteral("Home → Map")));
        QTest::keyClick(m_flow.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_flow->currentLink(), 1);
        QTest::keyClick(m_flow.get(), Qt::Key_Return);
        QCOMPARE(links.count(), 1);
        QCOMPARE(links[0][0].toInt(), 1);
        QCOMPARE(nodes.count(), 0);
        QTest::keyClick(m_flow.get(), Qt::Key_Down, Qt::ShiftModifier); // behind the last comes the node itself
        QCOMPARE(m_flow->currentLink(), -1);
        QTest::keyClick(m_flow.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(m_flow->currentLink(), 1);
        QTest::keyClick(m_flow.get(), Qt::Key_Up);
        QCOMPARE(m_flow->currentLink(), -1);
        QTest::keyClick(m_flow.get(), Qt::Key_Return);
        QCOMPARE(nodes.count(), 1);
    }

    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->install(Theme::Mode::Light);
    }
    void init()
    {
        m_flow = std::make_unique<PathFlow>();
        m_flow->setFormatter(Formatter(QLocale::c()));
        m_flow->setChartName(QStringLiteral("Paths"));
        m_flow->resize(800, 420);
        m_flow->setData(sample());
        m_flow->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_flow.get()));
    }
    void cleanup()
    {
        m_flow.reset();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    /// What comes in is what goes out, in pixels too.
    void bandsFillTheBars()
    {
        const PathLayout::Room room{QRectF(0, 0, 600, 300), 10, 20, 8};
        const auto layout = PathLayout::of({{{600, 50}, {400, 200}}, {{700, 0}, {50, 0}}},
                                           {{0, 0, 0, 500}, {0, 0, 1, 50}, {0, 1, 0, 200}}, room);
        const double scale = layout.perSession;
        QVERIFY(scale > 0.25 && scale < 0.3); // 1000 sessions and one gap in 300 pixels
        QCOMPARE(layout.bars[0][0].bar.height(), 600 * scale);
        QCOMPARE(layout.bars[0][0].ended.bottom(), layout.bars[0][0].bar.bottom());
        QCOMPARE(layout.bars[0][0].ended.height(), 50 * scale);
        QCOMPARE(layout.bands[0].from.top(), layout.bars[0][0].bar.top());
        QCOMPARE(layout.bands[1].from.top(), layout.bands[0].from.bottom());
        QCOMPARE(layout.bands[1].from.bottom(), layout.bars[0][0].ended.top());
        QCOMPARE(layout.bands[2].to.top(), layout.bands[0].to.bottom());
        QCOMPARE(layout.bands[2].to.bottom(), layout.bars[1][0].bar.bottom());
        QCOMPARE(layout.bars[1][0].bar.left(), 300.0);
        QVERIFY(layout.bars[0][1].slot.bottom() <= 300.0001);
        QCOMPARE(layout.bars[1][1].slot.height(), 20.0); // the room of its label
    }

    void layoutOfNothing()
    {
        const PathLayout::Room room{QRectF(0, 0, 600, 300), 10, 20, 8};
        QVERIFY(PathLayout::of({}, {}, room).bars.empty());
        const auto zeros = PathLayout::of({{{0, 0}}}, {}, room);
        QCOMPARE(zeros.bars[0][0].bar.height(), 0.0);
        const auto crowd = PathLayout::of({std::vector<PathLayout::Node>(40, {1, 1})}, {}, room);
        QVERIFY(crowd.bars[0].back().slot.bottom() > 300); // not even the labels fit
    }

    void keysReachEveryNode()
    {
        QTest::keyClick(m_flow.get(), Qt::Key_Right);
        QCOMPARE(m_flow->current(), (PathFlow::Place{0, 0}));
        QTest::keyClick(m_flow.get(), Qt::Key_Down);
        QTest::keyClick(m_flow.get(), Qt::Key_Right);
        QCOMPARE(m_flow->current(), (PathFlow::Place{1, 1}));
        QTest::keyClick(m_flow.get(), Qt::Key_Down); // the last stays
        QTest::keyClick(m_flow.get(), Qt::Key_Right);
        QCOMPARE(m_flow->current(), (PathFlow::Place{1, 1}));
        QVERIFY(m_flow->cursorText().contains(QStringLiteral("Plan")));
        QTest::keyClick(m_flow.get(), Qt::Key_Home);
        QCOMPARE(m_flow->current().step, 0);
        QSignalSpy activated(m_flow.get(), &PathFlow::nodeActivated);
        QTest::keyClick(m_flow.get(), Qt::Key_Return);
        QTest::keyClick(m_flow.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(activated.size(), 2);
        QCOMPARE(activated[0][2].toBool(), false);
        QCOMPARE(activated[1][2].toBool(), true);
    }

    void clicksActivateNodesAndLinks()
    {
        QSignalSpy nodes(m_flow.get(), &PathFlow::nodeActivated);
        QSignalSpy links(m_flow.get(), &PathFlow::linkActivated);
        QTest::mouseClick(m_flow.get(), Qt::LeftButton, {}, m_flow->barRect({1, 0}).center().toPoint());
        QCOMPARE(nodes.size(), 1);
        QCOMPARE(nodes[0][0].toInt(), 1);
        QCOMPARE(nodes[0][1].toInt(), 0);
        QTest::mouseClick(m_flow.get(), Qt::LeftButton, Qt::ControlModifier, m_flow->linkCentre(2).toPoint());
        QCOMPARE(links.size(), 1);
        QCOMPARE(links[0][0].toInt(), 2);
        QCOMPARE(links[0][1].toBool(), true);
        QTest::mouseMove(m_flow.get(), m_flow->linkCentre(2).toPoint());
        QTRY_COMPARE(m_flow->currentLink(), 2);
        QVERIFY(m_flow->cursorText().contains(QStringLiteral("Plan → Map")));
    }

    void theTableSaysEverything()
    {
        const ChartTable table = m_flow->table();
        QCOMPARE(table.rows.size(), std::size_t(2 + 3 + 2)); // begins, links, ends
        QCOMPARE(table.values.size(), table.rows.size());
        double begun = 0, on = 0, ended = 0;
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const double sessions = table.values[i][3].toDouble();
            (table.rows[i][1].isEmpty() ? begun : i < 5 ? on : ended) += sessions;
        }
        QCOMPARE(begun, 1000.0);
        QCOMPARE(on, 750.0);
        QCOMPARE(ended, 250.0);
        QAccessibleInterface *shown = QAccessible::queryAccessibleInterface(m_flow.get());
        QVERIFY(shown && shown->tableInterface());
        QCOMPARE(shown->tableInterface()->rowCount(), 7);
        QVERIFY(m_flow->summary().contains(QStringLiteral("Home → Map")));
    }

    /// Backwards the first step is the last that happened: it stands at the right, and names are told in order of time.
    void backwardsEndsAtTheRight()
    {
        PathFlowData data = sample();
        data.isBackwards = true;
        m_flow->setData(data);
        QVERIFY(m_flow->barRect({0, 0}).left() > m_flow->barRect({1, 0}).left());
        QVERIFY(m_flow->summary().contains(QStringLiteral("Map → Home")));
        m_flow->setLayoutDirection(Qt::RightToLeft);
        QVERIFY(m_flow->barRect({0, 0}).left() < m_flow->barRect({1, 0}).left());
    }

    /// The stub of what ends is drawn, and nothing else changes with it.
    void whatEndsIsDrawn()
    {
        PathFlowData data = sample();
        const QImage with = m_flow->grab().toImage();
        data.steps[0][0].ended = 0;
        m_flow->setData(data);
        QVERIFY(m_flow->grab().toImage() != with);
    }

    void lessDataKeepsTheCursorInside()
    {
        QTest::keyClick(m_flow.get(), Qt::Key_End);
        QTest::keyClick(m_flow.get(), Qt::Key_End);
        QCOMPARE(m_flow->current().step, 1);
        PathFlowData data = sample();
        data.steps.pop_back();
        data.links.clear();
        m_flow->setData(data);
        QVERIFY(!m_flow->current().isValid());
        m_flow->setData({});
        QTest::keyClick(m_flow.get(), Qt::Key_Right);
        QVERIFY(!m_flow->current().isValid());
        QVERIFY(!m_flow->grab().isNull());
        QCOMPARE(m_flow->table().rows.size(), std::size_t(0));
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PathFlow> m_flow;
};

QTEST_MAIN(TestPathFlow)
#include "tst_pathflow.moc"
