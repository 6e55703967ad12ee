// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/samples.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/trackstack.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <memory>

using namespace telltale;
using Cell = HeatmapView::Cell;

class TestHeatmapView final : public QObject
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
        m_view = std::make_unique<HeatmapView>();
        m_view->setFormatter(samples::formatter());
        m_view->setChartName(QStringLiteral("Feature usage"));
        m_view->resize(800, 260);
        m_view->setGrid(samples::features());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void alignsWithTheTracksAbove()
    {
        TrackStack stack;
        stack.setFormatter(samples::formatter());
        stack.setData(samples::tracks());
        stack.resize(800, 300);
        stack.grab(); // a hidden widget gets its size when it is drawn
        m_view->setPlotEdges(stack.plotEdges());
        const int last = int(m_view->grid().columns.size()) - 1;
        QCOMPARE(m_view->cellRect({0, 0}).left(), stack.plotRect(0).left());
        QCOMPARE(m_view->cellRect({0, last}).right(), stack.plotRect(0).right());
        // A column's edge is where the tracks have that time.
        const TimeRange range = *m_view->grid().columns[10].range;
        QVERIFY(std::abs(m_view->cellRect({0, 10}).left() - stack.timeScale().x(range.from)) <= 0.51);
    }

    void cellsAreWholePixelsWithOneBetween()
    {
        for (int column = 1; column + 1 < int(m_view->grid().columns.size()); ++column)
            QCOMPARE(m_view->cellRect({0, column - 1}).right() + 2, m_view->cellRect({0, column}).left());
        for (int row = 1; row < int(m_view->grid().rows.size()); ++row)
            QCOMPARE(m_view->cellRect({row - 1, 0}).bottom() + 2, m_view->cellRect({row, 0}).top());
        for (int row = 0; row < int(m_view->grid().rows.size()); ++row)
            for (int column = 0; column < int(m_view->grid().columns.size()); ++column)
                QCOMPARE(m_view->cellAt(m_view->cellRect({row, column}).center()), (Cell{row, column}));
        QVERIFY(!m_view->cellAt(QPoint(2, 2)).isValid());
    }

    void zeroMissingAndValueLookDifferent()
    {
        HeatGrid grid = samples::weekdays();
        grid.values[0] = 0;
        grid.values[1] = std::nan("");
        grid.values[2] = 400;
        m_view->setGrid(grid);
        QVERIFY(m_view->hasZero());
        QVERIFY(m_view->hasMissing());
        const QImage image = m_view->grab().toImage();
        const auto corner = [&](int column) {
            return QColor(image.pixel(m_view->cellRect({0, column}).topLeft() + QPoint(2, 2)));
        };
        QCOMPARE(corner(0), m_theme->tokens().inset);
        QCOMPARE(corner(1), m_theme->tokens().card);
        QCOMPARE(corner(2), m_theme->tokens().sequentialAt(400 / m_view->domainHighest()));
        // The hairline crosses the missing cell.
        const QRect missing = m_view->cellRect({0, 1});
        bool hasLine = false;
        for (int x = missing.left(); x <= missing.right(); ++x)
            hasLine = hasLine || QColor(image.pixel(x, missing.center().y())) != m_theme->tokens().card;
        QVERIFY(hasLine);
    }

    void domainEndsAtThe98thPercentile()
    {
        HeatGrid grid;
        for (int c = 0; c < 100; ++c)
            grid.columns.push_back({QString::number(c), {}, false});
        grid.rows.push_back({QStringLiteral("r"), QStringLiteral("r"), {}});
        for (int c = 0; c < 100; ++c)
            grid.values.push_back(c == 99 ? 10'000 : c + 1);
        m_view->setGrid(grid);
        QCOMPARE(m_view->domainHighest(), 98.0);
        QVERIFY(m_view->isClipped());
        std::fill(grid.values.begin(), grid.values.end(), 5);
        m_view->setGrid(grid);
        QCOMPARE(m_view->domainHighest(), 5.0);
        QVERIFY(!m_view->isClipped());
        std::fill(grid.values.begin(), grid.values.end(), 0);
        grid.values[7] = 3; // rare, but must be seen
        m_view->setGrid(grid);
        QCOMPARE(m_view->domainHighest(), 3.0);
    }

    void keysReachAllCells()
    {
        QSignalSpy activated(m_view.get(), &HeatmapView::cellActivated);
        QSignalSpy changed(m_view.get(), &HeatmapView::currentCellChanged);
        const int rows = int(m_view->grid().rows.size()), columns = int(m_view->grid().columns.size());
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentCell(), (Cell{0, 0}));
        QSet<QPair<int, int>> seen;
        for (int row = 0; row < rows; ++row) {
            QTest::keyClick(m_view.get(), Qt::Key_Home);
            for (int column = 0; column < columns; ++column) {
                seen.insert({m_view->currentCell().row, m_view->currentCell().column});
                QTest::keyClick(m_view.get(), Qt::Key_Right);
            }
            QTest::keyClick(m_view.get(), Qt::Key_Down);
        }
        QCOMPARE(seen.size(), rows * columns);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].value<Cell>(), m_view->currentCell());
        QVERIFY(changed.count() >= rows * columns - 1);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(!m_view->currentCell().isValid());
    }

    void shiftSelectsABlock()
    {
        QSignalSpy block(m_view.get(), &HeatmapView::blockSelected);
        m_view->setCurrentCell({2, 3});
        QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(block.last()[0].value<Cell>(), (Cell{1, 3}));
        QCOMPARE(block.last()[1].value<Cell>(), (Cell{2, 4}));
    }

    void hoverSharesItsTime()
    {
        QSignalSpy moved(m_view.get(), &HeatmapView::cursorTimeChanged);
        QTest::mouseMove(m_view.get(), m_view->cellRect({1, 5}).center());
        QVERIFY(moved.count() >= 1);
        const auto at = moved.last()[0].value<std::optional<Instant>>();
        QVERIFY(at && m_view->grid().columns[5].range->contains(*at));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_view.get(), &leave);
        QVERIFY(!moved.last()[0].value<std::optional<Instant>>().has_value());
    }

    void namesFilter()
    {
        QSignalSpy activated(m_view.get(), &HeatmapView::rowActivated);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ControlModifier,
                          QPoint(20, m_view->cellRect({1, 0}).center().y()));
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 1);
        QCOMPARE(activated[0][1].value<Qt::KeyboardModifiers>(), Qt::ControlModifier);
    }

    void currentCellStaysWithItsRowAndTime()
    {
        m_view->setCurrentCell({1, 6});
        HeatGrid later = samples::features(); // ten minutes on, two rows swapped
        std::swap(later.rows[0], later.rows[1]);
        later.columns.erase(later.columns.begin(), later.columns.begin() + 5);
        later.values.assign(later.rows.size() * later.columns.size(), 4);
        m_view->setGrid(later);
        QCOMPARE(m_view->currentCell(), (Cell{0, 1}));
    }

    void brokenDataIsHarmless()
    {
        HeatGrid grid = samples::features();
        grid.values.resize(3);
        m_view->setGrid(grid);
        m_view->grab();
        m_view->setGrid({});
        m_view->grab();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QVERIFY(!m_view->currentCell().isValid());
        QTest::mouseMove(m_view.get(), QPoint(300, 100));
        m_view->resize(20, 10);
        m_view->setGrid(samples::features());
        m_view->grab();
    }

    void isReadAloud()
    {
        QAccessibleInterface *chart = QAccessible::queryAccessibleInterface(m_view.get());
        QCOMPARE(chart->role(), QAccessible::Chart);
        QCOMPARE(chart->text(QAccessible::Name), QStringLiteral("Feature usage"));
        auto *table =
            static_cast<QAccessibleTableInterface *>(chart->interface_cast(QAccessible::TableInterface));
        QCOMPARE(table->rowCount(), 8);
        QCOMPARE(table->columnCount(), int(m_view->grid().columns.size()) + 1);
        QCOMPARE(table->rowDescription(1), QStringLiteral("Live route map"));
        m_view->setCurrentCell({1, 2});
        QVERIFY(chart->text(QAccessible::Value).startsWith(QStringLiteral("Live route map, 13:")));
        QVERIFY(chart->text(QAccessible::Value).endsWith(QStringLiteral("users")));
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HeatmapView> m_view;
};

QTEST_MAIN(TestHeatmapView)
#include "tst_heatmapview.moc"
