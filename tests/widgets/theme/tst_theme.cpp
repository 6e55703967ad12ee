// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleOptionButton>
#include <QTest>
#include <QToolTip>

using namespace telltale;

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.install(Theme::Mode::Light); }

    void switchesLive()
    {
        QWidget widget;
        widget.ensurePolished();
        QSignalSpy changed(&m_theme, &Theme::changed);
        m_theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(tokensOf(&widget).isDark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), Tokens::dark().window);
        QTRY_COMPARE(widget.palette().color(QPalette::Text), Tokens::dark().text);
        m_theme.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1); // nothing new, nothing said
        m_theme.setMode(Theme::Mode::Light);
        QVERIFY(!tokensOf(&widget).isDark);
    }

    void survivesAGuestsStyleSheet()
    {
        QWidget widget;
        widget.setStyleSheet(QStringLiteral("QLabel { padding: 1px }"));
        m_theme.setMode(Theme::Mode::Dark);
        QVERIFY(tokensOf(&widget).isDark);
        m_theme.setMode(Theme::Mode::Light);
    }

    void highContrastAndMotion()
    {
        m_theme.setHighContrast(true);
        QVERIFY(m_theme.tokens().isHighContrast);
        m_theme.setHighContrast(false);
        QVERIFY(!isMotionReduced());
        m_theme.setReducedMotion(true);
        QVERIFY(isMotionReduced());
        m_theme.setReducedMotion(false);
    }

    void fontsFollowTheTextSize()
    {
        const double body = fontFor(FontRole::Body).pointSizeF();
        QVERIFY(fontFor(FontRole::Body).pixelSize() < 0); // points, never pixels
        m_theme.setTextScale(2);
        QCOMPARE(fontFor(FontRole::Body).pointSizeF(), body * 2);
        QCOMPARE(scaled(30), 60 * 1);
        m_theme.setTextScale(1);
        QCOMPARE(fontFor(FontRole::Body).pointSizeF(), body);
        QCOMPARE(fontFor(FontRole::Body).hintingPreference(), QFont::PreferNoHinting);
    }

    void anotherThemeIsNotSmaller()
    {
        const double body = fontFor(FontRole::Body).pointSizeF();
        for (int i = 0; i < 3; ++i) { // a test or a second window may make its own
            Theme another;
            another.install(Theme::Mode::Dark);
            QCOMPARE(fontFor(FontRole::Body).pointSizeF(), body);
            QVERIFY(tokensOf().isDark);
        }
        m_theme.setMode(Theme::Mode::Dark);
        m_theme.setMode(Theme::Mode::Light);
    }

    void digitsStandInCells()
    {
        const QFont &font = fontFor(FontRole::KpiNumber);
        QCOMPARE(tabularWidth(font, QStringLiteral("1,111")), tabularWidth(font, QStringLiteral("8,888")));
        QVERIFY(tabularWidth(font, QStringLiteral("11")) >
                QFontMetricsF(font).horizontalAdvance(QLatin1Char('1')));
    }

    void everyIconExistsAndPaints()
    {
        for (int i = 0; i <= int(IconId::Drag); ++i) {
            const QImage image = iconPixmap(IconId(i), Qt::black, 24).toImage();
            bool isPainted = false;
            for (int y = 0; y < image.height() && !isPainted; ++y)
                for (int x = 0; x < image.width() && !isPainted; ++x)
                    isPainted = qAlpha(image.pixel(x, y)) > 100;
            QVERIFY2(isPainted, iconName(IconId(i)));
        }
    }

    void iconsFollowTheTheme()
    {
        const QIcon icon = themedIcon(IconId::Check, Ink::Text);
        const auto darkest = [&] {
            const QImage image = icon.pixmap(24, 24).toImage();
            int sum = 0, count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (qAlpha(image.pixel(x, y)) > 200) {
                        sum += qGray(image.pixel(x, y));
                        ++count;
                    }
            return count ? sum / count : -1;
        };
        const int light = darkest();
        m_theme.setMode(Theme::Mode::Dark);
        QVERIFY(darkest() > light + 60);
        m_theme.setMode(Theme::Mode::Light);
    }

    void toolTipsAreNeverRich()
    {
        QWidget widget;
        widget.resize(80, 40);
        widget.show();
        QVERIFY(QTest::qWaitForWindowExposed(&widget));
        QToolTip::showText(widget.mapToGlobal(QPoint(5, 5)), QStringLiteral("<b>bold</b>"), &widget);
        QLabel *tip = nullptr;
        for (QWidget *top : QApplication::topLevelWidgets())
            if (top->inherits("QTipLabel"))
                tip = qobject_cast<QLabel *>(top);
        QVERIFY(tip);
        QCOMPARE(tip->textFormat(), Qt::PlainText);
        QToolTip::hideText();
    }

    void focusRingIsSeen()
    {
        QPushButton button(QStringLiteral("Resolve"));
        button.resize(120, 30);
        QImage plain(button.size(), QImage::Format_RGB32), focused(button.size(), QImage::Format_RGB32);
        const auto draw = [&](QImage &image, bool hasFocus) {
            image.fill(m_theme.tokens().card);
            QPainter painter(&image);
            QStyleOptionButton option;
            option.initFrom(&button);
            option.text = button.text();
            option.rect = button.rect();
            if (hasFocus)
                option.state |= QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
            QApplication::style()->drawControl(QStyle::CE_PushButton, &option, &painter, &button);
        };
        draw(plain, false);
        draw(focused, true);
        int different = 0;
        for (int y = 0; y < plain.height(); ++y)
            for (int x = 0; x < plain.width(); ++x)
                different += plain.pixel(x, y) != focused.pixel(x, y);
        QVERIFY2(different >= 2 * 2 * (120 + 30) - 60, qPrintable(QString::number(different)));
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
