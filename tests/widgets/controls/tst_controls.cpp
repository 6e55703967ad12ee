// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/banner.h"
#include "widgets/controls/card.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/emptystate.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/kpitile.h"
#include "widgets/controls/lamp.h"
#include "widgets/controls/pill.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/controls/tooltip.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>

#include <memory>

using namespace telltale;

namespace {

QImage lampShape(LampState state)
{
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Tokens::light().card);
    QPainter painter(&image);
    paintLamp(&painter, QPointF(20, 20), 12, state, Tokens::light());
    painter.end();
    return image.convertToFormat(QImage::Format_Grayscale8);
}

int differing(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 40;
    return count;
}

} // namespace

class TestControls final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->install(Theme::Mode::Light);
    }

    void labelsTakeTextAsItIs()
    {
        PlainLabel label(QStringLiteral("<img src=x> & <b>bold</b>"));
        QCOMPARE(label.text(), QStringLiteral("<img src=x> & <b>bold</b>"));
        QCOMPARE(label.accessibleName(), label.text());
        const QImage one = label.grab().toImage();
        label.setText(QStringLiteral("bold"));
        QVERIFY(label.grab().toImage() != one);
    }

    void labelsAreCapped()
    {
        PlainLabel label;
        label.setText(QString(1'000'000, QLatin1Char('x')));
        QCOMPARE(label.text().size(), PlainLabel::kLongestText);
        QVERIFY(label.text().endsWith(QChar(0x2026)));
        // A surrogate pair is not torn apart.
        QString pairs;
        for (int i = 0; i < 4000; ++i)
            pairs += QStringLiteral("\U0001F3C3");
        label.setText(QStringLiteral("x") + pairs);
        QVERIFY(label.text().toUtf8().indexOf("\xEF\xBF\xBD") < 0);
        QVERIFY(!label.text().at(label.text().size() - 2).isHighSurrogate());
    }

    void labelsElide()
    {
        PlainLabel label(QStringLiteral("RouteRecorder.onLocation is a long name"));
        label.resize(60, 20);
        QVERIFY(label.isElided());
        label.resize(label.sizeHint());
        QVERIFY(!label.isElided());
        QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width());
    }

    void tabularLabelsDoNotMove()
    {
        PlainLabel label;
        label.setTabular(true);
        label.setText(QStringLiteral("1,111"));
        const QSize size = label.sizeHint();
        label.setText(QStringLiteral("9,888"));
        QCOMPARE(label.sizeHint(), size);
    }

    void lampShapesDifferInGrey()
    {
        const QList<LampState> states{LampState::Waiting, LampState::Live,  LampState::Late,
                                      LampState::Paused,  LampState::Error, LampState::Off};
        for (const LampState one : states)
            for (const LampState other : states)
                if (one != other)
                    QVERIFY2(differing(lampShape(one), lampShape(other)) >= 6,
                             qPrintable(lampWord(one) + QStringLiteral(" and ") + lampWord(other)));
        QCOMPARE(differing(lampShape(LampState::Live), lampShape(LampState::Live)), 0);
    }

    void lampsHaveWords()
    {
        Lamp lamp;
        QCOMPARE(lamp.accessibleName(), QStringLiteral("Listening"));
        lamp.setState(LampState::Late);
        lamp.setWord(QStringLiteral("6 min late"));
        QCOMPARE(lamp.accessibleName(), QStringLiteral("6 min late"));
        lamp.setWord({});
        QCOMPARE(lamp.accessibleName(), QStringLiteral("Late"));
    }

    void waitingLampStandsStillWithReducedMotion()
    {
        m_theme->setReducedMotion(true);
        Lamp lamp(Lamp::kOnboarding);
        lamp.show();
        QVERIFY(QTest::qWaitForWindowExposed(&lamp));
        const QImage first = lamp.grab().toImage();
        for (int frame = 0; frame < 20; ++frame) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            QCOMPARE(lamp.grab().toImage(), first);
        }
        m_theme->setReducedMotion(false);
    }

    void segmentsByMouseAndKeys()
    {
        SegmentedControl tabs;
        tabs.addSegment(QStringLiteral("Unresolved"), 1);
        tabs.addSegment(QStringLiteral("New"), 2);
        tabs.addSegment(QStringLiteral("Off"), 3);
        tabs.addSegment(QStringLiteral("Archived"), 4);
        tabs.setSegmentEnabled(2, false);
        tabs.resize(tabs.sizeHint());
        QSignalSpy changed(&tabs, &SegmentedControl::currentChanged);
        QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.segmentRect(1).center());
        QCOMPARE(tabs.currentData(), QVariant(2));
        QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.segmentRect(2).center());
        QCOMPARE(tabs.currentIndex(), 1); // disabled
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.currentIndex(), 3); // jumped over
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.currentIndex(), 3);
        QTest::keyClick(&tabs, Qt::Key_Home);
        QCOMPARE(tabs.currentIndex(), 0);
        QCOMPARE(changed.count(), 3);
        const int narrow = tabs.sizeHint().width();
        tabs.setCountAt(0, 1'234);
        QVERIFY(tabs.sizeHint().width() > narrow);
        QCOMPARE(tabs.indexOfData(4), 3);
        QCOMPARE(tabs.indexOfData(99), -1);
        tabs.setLayoutDirection(Qt::RightToLeft);
        QVERIFY(tabs.segmentRect(0).left() > tabs.segmentRect(1).left());
        QTest::keyClick(&tabs, Qt::Key_Left);
        QCOMPARE(tabs.currentIndex(), 1);
    }

    void chipsAreEditedAndRemoved()
    {
        FilterChip chip(QStringLiteral("Release 4.2.0"));
        chip.resize(chip.sizeHint());
        QSignalSpy removed(&chip, &FilterChip::removeRequested), clicked(&chip, &FilterChip::clicked);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(20, 15));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(removed.count(), 0);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 12, 15));
        QCOMPARE(removed.count(), 1);
        QCOMPARE(clicked.count(), 1);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
        QTest::keyClick(&chip, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2);
    }

    void searchFieldsHaveNames()
    {
        SearchField field(QStringLiteral("Search sessions"), QStringLiteral("User, device"));
        field.show();
        QCOMPARE(field.accessibleName(), QStringLiteral("Search sessions"));
        for (QToolButton *inner : field.findChildren<QToolButton *>())
            QVERIFY(!inner->accessibleName().isEmpty());
        QSignalSpy left(&field, &SearchField::left);
        field.setText(QStringLiteral("x"));
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QCOMPARE(left.count(), 0);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
        field.setProblem(QStringLiteral("Not a time"));
        QCOMPARE(field.accessibleDescription(), QStringLiteral("Not a time"));
    }

    void tilesSayTheWholeSentence()
    {
        KpiTile tile;
        tile.setFormatter(Formatter(QLocale(QLocale::English, QLocale::UnitedKingdom)));
        KpiFigure figure;
        figure.label = QStringLiteral("Crash-free sessions");
        figure.value = 0.9861;
        figure.kind = ValueKind::Ratio;
        figure.change = Change::points(0.9861, 0.9954, Change::Better::Higher, 1000, 1000);
        tile.setFigure(figure);
        QCOMPARE(tile.accessibleName(), QStringLiteral("Crash-free sessions"));
        QCOMPARE(tile.accessibleDescription(), QStringLiteral("98.61\u00A0%, \u22120.93 pt vs prev."));
        QSignalSpy activated(&tile, &KpiTile::activated);
        tile.resize(220, 104);
        QTest::mouseClick(&tile, Qt::LeftButton);
        QTest::keyClick(&tile, Qt::Key_Space);
        QCOMPARE(activated.count(), 2);
        figure.value.reset();
        tile.setFigure(figure);
        QCOMPARE(tile.accessibleDescription(), QStringLiteral("No data"));
        for (const QSize size : {QSize(1, 1), QSize(80, 104), QSize(500, 104)}) {
            tile.resize(size);
            tile.grab();
        }
    }

    void codeIsCopiedWhole()
    {
        CodeView code;
        const QString text = QString(2'000'000, QLatin1Char('x')) + QStringLiteral("<b>end</b>");
        code.setCode(text);
        QVERIFY(code.toPlainText().size() < 1'100'000);
        code.copyAll();
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        code.setCode(QStringLiteral("<b>plain</b>"));
        QCOMPARE(code.toPlainText(), QStringLiteral("<b>plain</b>"));
        QVERIFY(code.isReadOnly());
    }

    void emptyStatesOfferHelp()
    {
        EmptyState empty;
        QSignalSpy asked(&empty, &EmptyState::actionRequested);
        empty.setContent(QStringLiteral("Nothing"), QStringLiteral("because"), QStringLiteral("Go there"));
        empty.show();
        QTest::mouseClick(empty.button(), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        empty.setContent(QStringLiteral("Nothing"));
        QVERIFY(!empty.button()->isVisible());
    }

    void bannersCloseAndForgetTheirButtons()
    {
        Banner banner;
        banner.setContent(Tone::Bad, QStringLiteral("No data"), QStringLiteral("why"));
        banner.setClosable(true);
        banner.addButton(QStringLiteral("Restart"));
        banner.show();
        QCOMPARE(banner.findChildren<QPushButton *>().size(), 1);
        banner.clearButtons();
        QTRY_COMPARE(banner.findChildren<QPushButton *>().size(), 0);
        QSignalSpy closed(&banner, &Banner::closed);
        QTest::mouseClick(banner.findChild<QToolButton *>(), Qt::LeftButton);
        QCOMPARE(closed.count(), 1);
        QVERIFY(!banner.isVisible());
    }

    void badgesHideAtZero()
    {
        QWidget parent;
        auto *badge = new Badge(Tone::Bad, &parent);
        parent.show();
        badge->setCount(7);
        QVERIFY(badge->isVisible());
        QCOMPARE(badge->accessibleName(), QStringLiteral("7"));
        badge->setCount(0);
        QVERIFY(!badge->isVisible());
    }

    void cardsNameThemselves()
    {
        Card card(QStringLiteral("Live activity"), QStringLiteral("15 s buckets"));
        QCOMPARE(card.accessibleName(), QStringLiteral("Live activity"));
        card.setTitle(QStringLiteral("Other"));
        QCOMPARE(card.accessibleName(), QStringLiteral("Other"));
    }

    void tooltipsAreShort()
    {
        QVERIFY(toolTipText(QString(5000, QLatin1Char('x'))).size() <= 1001);
        QVERIFY(toolTipText(QString(500, QLatin1Char('\n'))).count(QLatin1Char('\n')) < 12);
        QCOMPARE(toolTipText(QStringLiteral("short")), QStringLiteral("short"));
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
