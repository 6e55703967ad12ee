// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/samples.h"
#include "widgets/charts/trackstack.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <random>

using namespace telltale;

class TestTrackStack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->install(Theme::Mode::Light);
    }
    void init()
    {
        m_stack = std::make_unique<TrackStack>();
        m_stack->setFormatter(samples::formatter());
        m_stack->setChartName(QStringLiteral("Live activity"));
        m_stack->setData(samples::tracks());
        m_stack->resize(800, 340);
        m_stack->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_stack.get()));
    }
    void cleanup() { m_stack.reset(); }

    void tracksShareTheirEdges()
    {
        const PlotEdges edges = m_stack->plotEdges();
        for (int track = 0; track < 3; ++track) {
            QCOMPARE(m_stack->plotRect(track).left(), edges.left);
            QCOMPARE(m_stack->plotRect(track).right() + 1, m_stack->width() - edges.rightInset);
            QVERIFY(m_stack->plotRect(track).height() > 20);
        }
        QVERIFY(m_stack->plotRect(0).bottom() < m_stack->plotRect(1).top());
        QCOMPARE(m_stack->plotRect(7), QRect());
    }

    void movingSetsTheCursorToItsBucket()
    {
        QSignalSpy moved(m_stack.get(), &TrackStack::cursorTimeChanged);
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(1).center());
        QVERIFY(m_stack->cursorTime().has_value());
        QCOMPARE(moved.count(), 1);
        const Track &track = m_stack->data().tracks[0];
        const auto bucket =
            std::size_t(std::upper_bound(track.starts.begin(), track.starts.end(), *m_stack->cursorTime()) -
                        track.starts.begin() - 1);
        QCOMPARE(*m_stack->cursorTime(), track.starts[bucket] + std::chrono::milliseconds(7500));
        QVERIFY(m_stack->cursorText().contains(samples::formatter().count(track.values[bucket])));
        // A pixel in the same bucket says nothing new.
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(1).center() + QPoint(0, 2));
        QCOMPARE(moved.count(), 1);
    }

    void leavingHidesTheCursorUnlessPinned()
    {
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(0).center());
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_stack.get(), &leave);
        QVERIFY(m_stack->cursorTime().has_value()); // not at once
        QTRY_VERIFY(!m_stack->cursorTime().has_value());
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(0).center() + QPoint(5, 0));
        QTest::keyClick(m_stack.get(), Qt::Key_P);
        QVERIFY(m_stack->isCursorPinned());
        const auto pinned = m_stack->cursorTime();
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(0).center() + QPoint(90, 0));
        QCOMPARE(m_stack->cursorTime(), pinned);
        QTest::keyClick(m_stack.get(), Qt::Key_P);
        QVERIFY(!m_stack->isCursorPinned());
    }

    void cursorFromElsewhereIsSilent()
    {
        QSignalSpy moved(m_stack.get(), &TrackStack::cursorTimeChanged);
        m_stack->setCursorTime(samples::kNow - std::chrono::minutes(10));
        QCOMPARE(m_stack->cursorTime(), std::optional(samples::kNow - std::chrono::minutes(10)));
        QCOMPARE(moved.count(), 0);
        QVERIFY(m_stack->tooltipRect().isEmpty());
    }

    void lineStandsAtTheSamePixelInAllTracks()
    {
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(0).center());
        const QImage image = m_stack->grab().toImage();
        const int x = int(m_stack->timeScale().x(*m_stack->cursorTime()));
        for (int track = 0; track < 3; ++track) // the ends of each plot, clear of dots and the tooltip
            QCOMPARE(QColor(image.pixel(x, m_stack->plotRect(track).top() + 1)), m_theme->tokens().crosshair);
    }

    void tooltipKeepsOffLineAndPointerAndStaysInItsTrack()
    {
        std::mt19937 random(1);
        int shown = 0;
        for (int i = 0; i < 1000; ++i) {
            const int track = int(random() % 3);
            const QRect plot = m_stack->plotRect(track);
            const QPoint at(plot.left() + int(random() % unsigned(plot.width())),
                            plot.top() + int(random() % unsigned(plot.height())));
            QTest::mouseMove(m_stack.get(), at);
            const QRect tip = m_stack->tooltipRect();
            if (tip.isEmpty())
                continue;
            ++shown;
            const int line = int(m_stack->timeScale().x(*m_stack->cursorTime()));
            QVERIFY(!tip.contains(at));
            QVERIFY(tip.left() > line + 12 || tip.right() < line - 12);
            QVERIFY(m_stack->rect().contains(tip));
            QVERIFY(tip.top() >= plot.top() - 10 && tip.bottom() <= plot.bottom() + 8);
        }
        QVERIFY(shown > 900);
    }

    void dragSelectsEnterCommitsEscapeClears()
    {
        QSignalSpy changed(m_stack.get(), &TrackStack::selectionChanged);
        QSignalSpy committed(m_stack.get(), &TrackStack::selectionCommitted);
        const QRect plot = m_stack->plotRect(0);
        drag(plot.left() + 100, plot.left() + 240);
        QVERIFY(m_stack->selection().has_value());
        QVERIFY(changed.count() > 0);
        const TimeScale scale = m_stack->timeScale();
        QVERIFY(std::abs(scale.x(m_stack->selection()->from) - (plot.left() + 100)) < 3);
        QVERIFY(std::abs(scale.x(m_stack->selection()->to) - (plot.left() + 240)) < 3);
        // Whole buckets: the numbers of a selection can be had exactly.
        const auto &starts = m_stack->data().tracks[0].starts;
        QVERIFY(std::find(starts.begin(), starts.end(), m_stack->selection()->from) != starts.end());
        QTest::keyClick(m_stack.get(), Qt::Key_Return);
        QCOMPARE(committed.count(), 1);
        QCOMPARE(committed[0][0].value<TimeRange>(), *m_stack->selection());
        QTest::keyClick(m_stack.get(), Qt::Key_Escape);
        if (m_stack->selection()) // the first Esc may have closed a tooltip
            QTest::keyClick(m_stack.get(), Qt::Key_Escape);
        QVERIFY(!m_stack->selection().has_value());
        QVERIFY(!changed.last()[0].value<std::optional<TimeRange>>().has_value());
    }

    void draggingBackwardsIsTheSame()
    {
        const QRect plot = m_stack->plotRect(0);
        drag(plot.left() + 240, plot.left() + 100);
        const auto backwards = m_stack->selection();
        m_stack->setSelection(std::nullopt);
        drag(plot.left() + 100, plot.left() + 240);
        QCOMPARE(m_stack->selection(), backwards);
    }

    void handlesResizeAndInsideMoves()
    {
        const QRect plot = m_stack->plotRect(0);
        drag(plot.left() + 100, plot.left() + 240);
        const TimeRange first = *m_stack->selection();
        drag(plot.left() + 240, plot.left() + 300);
        QCOMPARE(m_stack->selection()->from, first.from);
        QVERIFY(first.to < m_stack->selection()->to);
        const TimeRange second = *m_stack->selection();
        drag(plot.left() + 200, plot.left() + 150);
        QCOMPARE(m_stack->selection()->to - m_stack->selection()->from, second.to - second.from);
        QVERIFY(m_stack->selection()->from < second.from);
        drag(plot.left() + 200, plot.left() - 500); // never out of the range
        QCOMPARE(m_stack->selection()->from, m_stack->data().range.from);
        QCOMPARE(m_stack->selection()->to - m_stack->selection()->from, second.to - second.from);
    }

    void clickBesideDropsDoubleClickInsideCommits()
    {
        QSignalSpy committed(m_stack.get(), &TrackStack::selectionCommitted);
        const QRect plot = m_stack->plotRect(0);
        drag(plot.left() + 100, plot.left() + 240);
        QTest::mouseDClick(m_stack.get(), Qt::LeftButton, {}, QPoint(plot.left() + 160, plot.bottom() - 20));
        QCOMPARE(committed.count(), 1);
        QTest::mouseClick(m_stack.get(), Qt::LeftButton, {}, QPoint(plot.left() + 400, plot.bottom() - 20));
        QVERIFY(!m_stack->selection().has_value());
    }

    void keysDoWhatTheMouseDoes()
    {
        m_stack->setFocus();
        QSignalSpy committed(m_stack.get(), &TrackStack::selectionCommitted);
        const Track &track = m_stack->data().tracks[0];
        QTest::keyClick(m_stack.get(), Qt::Key_Home);
        QCOMPARE(*m_stack->cursorTime(), track.starts[0] + (track.starts[1] - track.starts[0]) / 2);
        QTest::keyClick(m_stack.get(), Qt::Key_Right);
        QTest::keyClick(m_stack.get(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(*m_stack->cursorTime(), track.starts[11] + (track.starts[12] - track.starts[11]) / 2);
        QTest::keyClick(m_stack.get(), Qt::Key_Left);
        QVERIFY(!m_stack->selection());
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(m_stack.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(m_stack->selection());
        QCOMPARE(m_stack->selection()->from, track.starts[10]);
        QCOMPARE(m_stack->selection()->to, track.starts[15]);
        for (int i = 0; i < 8; ++i) // back over the anchor
            QTest::keyClick(m_stack.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(m_stack->selection()->from, track.starts[6]);
        QCOMPARE(m_stack->selection()->to, track.starts[11]);
        QTest::keyClick(m_stack.get(), Qt::Key_Enter);
        QCOMPARE(committed.count(), 1);
        QTest::keyClick(m_stack.get(), Qt::Key_End);
        QTest::keyClick(m_stack.get(), Qt::Key_Right); // no step past the end
        QVERIFY(*m_stack->cursorTime() <= m_stack->data().range.to);
    }

    void flagsThatOverlapShareOne()
    {
        TrackStackData data = samples::tracks();
        for (int i = 0; i < 3; ++i)
            data.markers.push_back({TimeMarker::Kind::Release,
                                    data.markers[0].at + std::chrono::minutes(i),
                                    QStringLiteral("4.2.%1").arg(i),
                                    {}});
        data.markers.push_back(
            {TimeMarker::Kind::Note, data.range.from + std::chrono::minutes(5), QStringLiteral("note"), {}});
        m_stack->setData(data);
        m_stack->grab();
        QCOMPARE(m_stack->markerRect(0), m_stack->markerRect(2));
        QVERIFY(!m_stack->markerRect(4).isEmpty());
        QVERIFY(!m_stack->markerRect(4).intersects(m_stack->markerRect(0)));
        QSignalSpy activated(m_stack.get(), &TrackStack::markerActivated);
        QTest::mouseClick(m_stack.get(), Qt::LeftButton, {}, m_stack->markerRect(4).center());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].value<TimeMarker>().text, QStringLiteral("note"));
    }

    void flagsAreReachedByKeys()
    {
        TrackStackData data = samples::tracks();
        data.markers = {{TimeMarker::Kind::Note, data.range.from + std::chrono::minutes(5), QStringLiteral("note"), {}},
                        {TimeMarker::Kind::Release, data.range.to - std::chrono::minutes(5), QStringLiteral("4.3.0"), {}}};
        m_stack->setData(data);
        QVERIFY(m_stack->summary().contains(QStringLiteral("note")) && m_stack->summary().contains(QStringLiteral("4.3.0")));
        QSignalSpy activated(m_stack.get(), &TrackStack::markerActivated);
        QTest::keyClick(m_stack.get(), Qt::Key_Up); // without a cursor: the newest
        QVERIFY2(m_stack->cursorText().endsWith(QStringLiteral("4.3.0")), qPrintable(m_stack->cursorText()));
        QTest::keyClick(m_stack.get(), Qt::Key_Left);
        QVERIFY(m_stack->cursorText().endsWith(QStringLiteral("note")));
        QTest::keyClick(m_stack.get(), Qt::Key_Left); // there is none before
        QVERIFY(!m_stack->cursorTime().has_value());
        QTest::keyClick(m_stack.get(), Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].value<TimeMarker>().text, QStringLiteral("note"));
        // Down leads back to the tracks, where keys move the cursor; up again to the flag nearest to it.
        QTest::keyClick(m_stack.get(), Qt::Key_Down);
        QTest::keyClick(m_stack.get(), Qt::Key_Home);
        QVERIFY(m_stack->cursorTime().has_value());
        QTest::keyClick(m_stack.get(), Qt::Key_Up);
        QVERIFY(m_stack->cursorText().endsWith(QStringLiteral("note")));
        // A flag that is gone is no place to be.
        data.markers.clear();
        m_stack->setData(data);
        QVERIFY(!m_stack->cursorText().endsWith(QStringLiteral("note")));
        QTest::keyClick(m_stack.get(), Qt::Key_Right);
        QCOMPARE(activated.count(), 1);
    }

    void brokenDataIsHarmless()
    {
        TrackStackData data = samples::tracks();
        data.tracks[0].values.resize(3);
        data.tracks[1].starts.clear();
        data.tracks[2].previous = {1};
        m_stack->setData(data);
        m_stack->grab();
        QTest::mouseMove(m_stack.get(), m_stack->plotRect(1).center());
        m_stack->setData({});
        m_stack->grab();
        QTest::keyClick(m_stack.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(!m_stack->cursorTime().has_value() || m_stack->data().tracks.empty());
        m_stack->resize(10, 10);
        m_stack->setData(samples::tracks());
        m_stack->grab();
    }

    void isReadAloud()
    {
        QAccessibleInterface *chart = QAccessible::queryAccessibleInterface(m_stack.get());
        QVERIFY(chart);
        QCOMPARE(chart->role(), QAccessible::Chart);
        QCOMPARE(chart->text(QAccessible::Name), QStringLiteral("Live activity"));
        QVERIFY(chart->text(QAccessible::Description).contains(QStringLiteral("Interactions per minute")));
        auto *table =
            static_cast<QAccessibleTableInterface *>(chart->interface_cast(QAccessible::TableInterface));
        QVERIFY(table);
        QCOMPARE(table->rowCount(), int(m_stack->data().tracks[0].starts.size()));
        QCOMPARE(table->columnCount(), 6); // time, three series, two of them with the period before
        QCOMPARE(table->columnDescription(1), QStringLiteral("Interactions per minute"));
        QCOMPARE(table->cellAt(3, 1)->text(QAccessible::Name),
                 samples::formatter().count(m_stack->data().tracks[0].values[3]));
        QVERIFY(!table->cellAt(-1, 0) && !table->cellAt(0, 99));
        auto *value =
            static_cast<QAccessibleValueInterface *>(chart->interface_cast(QAccessible::ValueInterface));
        QVERIFY(value->currentValue().toString().isEmpty());
        m_stack->setCursorTime(samples::kNow - std::chrono::minutes(10));
        QVERIFY(value->currentValue().toString().contains(QStringLiteral("Interactions")));
    }

private:
    void drag(int fromX, int toX)
    {
        const int y = m_stack->plotRect(0).bottom() - 20;
        QTest::mousePress(m_stack.get(), Qt::LeftButton, {}, QPoint(fromX, y));
        for (int step = 1; step <= 4; ++step)
            QTest::mouseMove(m_stack.get(), QPoint(fromX + (toX - fromX) * step / 4, y));
        QTest::mouseRelease(m_stack.get(), Qt::LeftButton, {}, QPoint(toX, y));
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TrackStack> m_stack;
};

QTEST_MAIN(TestTrackStack)
#include "tst_trackstack.moc"
