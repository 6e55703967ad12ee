// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/kpitile.h"

#include "widgets/charts/sparkline.h"
#include "widgets/controls/tooltip.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace telltale {

namespace {

constexpr double kPadding = 14;
constexpr double kSparkWidth = 92;

Ink changeInk(const Change &change)
{
    return change.mood() > 0 ? Ink::Ok : change.mood() < 0 ? Ink::Bad : Ink::Text3;
}

bool hasArrow(const Change &change)
{
    return change.amount != 0 && (change.kind == Change::Kind::Ratio || change.kind == Change::Kind::Points ||
                                  change.kind == Change::Kind::Value);
}

} // namespace

KpiTile::KpiTile(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void KpiTile::setFormatter(const Formatter &formatter)
{
    m_formatter = formatter;
    updateAccessibility();
    update();
}

void KpiTile::setFigure(const KpiFigure &figure)
{
    if (!m_isLoading && !m_isStale && !m_isFailed && figure == m_figure)
        return;
    m_figure = figure;
    m_isLoading = m_isStale = m_isFailed = false;
    setToolTip(toolTipText(figure.explanation));
    updateAccessibility();
    update();
}

void KpiTile::setLoading(bool loading)
{
    m_isLoading = loading;
    update();
}

void KpiTile::setStale(bool stale)
{
    if (stale == m_isStale)
        return;
    m_isStale = stale;
    update();
}

void KpiTile::setFailed()
{
    m_isLoading = false;
    m_isStale = m_isFailed = true;
    updateAccessibility();
    update();
}

void KpiTile::setSparklineVisible(bool visible)
{
    if (visible == m_isSparklineVisible)
        return;
    m_isSparklineVisible = visible;
    update();
}

void KpiTile::updateAccessibility()
{
    setAccessibleName(m_figure.label);
    if (m_isFailed) {
        setAccessibleDescription(tr("Could not be read"));
        return;
    }
    if (!m_figure.value) {
        setAccessibleDescription(tr("No data"));
        return;
    }
    QString words = m_formatter.valueText(*m_figure.value, m_figure.kind);
    if (!m_figure.unit.isEmpty())
        words += QLatin1Char(' ') + m_figure.unit;
    if (!m_figure.span.isEmpty())
        words += QStringLiteral(", ") + m_figure.span;
    const QString change = m_figure.change.text(m_formatter);
    if (!change.isEmpty())
        words +=
            QStringLiteral(", ") + change + QLatin1Char(' ') +
            (m_figure.against.isEmpty() ? tr("vs prev.", "against the period before") : m_figure.against);
    setAccessibleDescription(words);
}

QSize KpiTile::sizeHint() const
{
    return {220, scaled(104)};
}

QSize KpiTile::minimumSizeHint() const
{
    return {scaled(130), scaled(104)};
}

int KpiTile::widthForSparkline() const
{
    const NumberText number =
        m_figure.value ? m_formatter.value(*m_figure.value, m_figure.kind) : NumberText{};
    const QString unit = m_figure.unit.isEmpty() ? number.unit : m_figure.unit;
    const double text = tabularWidth(fontFor(FontRole::KpiNumber), number.number) + 6 +
                        QFontMetricsF(fontFor(FontRole::Secondary)).horizontalAdvance(unit);
    return int(std::ceil(text + 2 * kPadding + 12 + kSparkWidth));
}

void KpiTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    painter.setPen(
        QPen(m_isHovered ? colour::mixOklab(tokens.border, tokens.borderStrong, 0.45) : tokens.border, 1));
    painter.setBrush(m_isPressed ? tokens.inset : tokens.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kCardRadius,
                            size::kCardRadius);
    if (m_isLoading)
        paintSkeleton(painter);
    else
        paintFigure(painter);
    if (m_isKeyboardFocus)
        drawFocusRing(&painter, rect(), size::kCardRadius - 1, tokens);
}

void KpiTile::paintSkeleton(QPainter &painter) const
{
    const Tokens &tokens = tokensOf(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.neutralSoft);
    const auto block = [&](double x, double y, double w, double h) {
        painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), QRectF(x, y, w, h).toRect()), 4,
                                4);
    };
    block(kPadding, scaled(14), 90, 9);
    block(kPadding, scaled(38), 74, 22);
    block(kPadding, scaled(79), 104, 9);
    if (m_isSparklineVisible && width() > 200)
        block(width() - kPadding - kSparkWidth, scaled(44), kSparkWidth, 16);
}

void KpiTile::paintFigure(QPainter &painter) const
{
    const Tokens &tokens = tokensOf(this);
    const Qt::Alignment leading =
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
    const auto place = [&](const QRectF &r) {
        return layoutDirection() == Qt::RightToLeft
                   ? QRectF(width() - r.right(), r.top(), r.width(), r.height())
                   : r;
    };
    const bool isFew = m_figure.change.kind == Change::Kind::FewData;

    // Label, with its span in a lighter grey.
    painter.setFont(fontFor(FontRole::Secondary));
    const double labelWidth =
        std::min(QFontMetricsF(fontFor(FontRole::Secondary)).horizontalAdvance(m_figure.label) + 1,
                 width() - 2 * kPadding);
    const QRectF labelRow(kPadding, scaled(9), labelWidth, scaled(20));
    painter.setPen(tokens.text2);
    drawElided(&painter, place(labelRow), leading, m_figure.label);
    const double left = width() - kPadding - labelRow.right() - 7;
    if (!m_figure.span.isEmpty() && left > 20) {
        painter.setPen(tokens.text3);
        drawElided(&painter, place(QRectF(labelRow.right() + 7, labelRow.top(), left, labelRow.height())),
                   leading, m_figure.span);
    }

    // Number and unit share a baseline.
    const double numberTop = scaled(29), numberHeight = scaled(40);
    if (m_figure.value) {
        const NumberText text = m_formatter.value(*m_figure.value, m_figure.kind);
        const QString unit = m_figure.unit.isEmpty() ? text.unit : m_figure.unit;
        painter.setFont(fontFor(FontRole::KpiNumber));
        painter.setPen(m_isStale || isFew ? tokens.text3 : tokens.text);
        const double numberWidth = tabularWidth(fontFor(FontRole::KpiNumber), text.number);
        const QRectF numberRect(kPadding, numberTop, numberWidth, numberHeight);
        drawTabular(&painter, place(numberRect), Qt::AlignLeft | Qt::AlignVCenter, text.number);
        const QFontMetricsF big(fontFor(FontRole::KpiNumber));
        const double baseline = numberRect.center().y() + (big.ascent() - big.descent()) / 2;
        painter.setFont(fontFor(FontRole::Secondary));
        painter.setPen(tokens.text2);
        const QFontMetricsF small(fontFor(FontRole::Secondary));
        const QRectF unitRect(numberRect.right() + 4, baseline - small.ascent(),
                              small.horizontalAdvance(unit) + 2, small.height());
        painter.drawText(place(unitRect),
                         int(leading & ~Qt::AlignVCenter) | Qt::AlignTop | Qt::TextSingleLine, unit);
    } else {
        painter.setFont(fontFor(FontRole::KpiNumber));
        painter.setPen(tokens.text3);
        painter.drawText(place(QRectF(kPadding, numberTop, 80, numberHeight)), int(leading),
                         QString(QChar(0x2013)));
    }

    if (m_isSparklineVisible && width() >= kSparkWidth + 2 * kPadding + 60) {
        const QRectF spark(width() - kPadding - kSparkWidth, scaled(32), kSparkWidth, scaled(38));
        const QColor ink = m_isStale ? tokens.text3 : m_figure.change.mood() < 0 ? tokens.bad : tokens.accent;
        paintSparkline(&painter, place(spark), m_figure.trend, ink, tokens);
    }
    paintChange(painter, place(QRectF(kPadding, scaled(73), width() - 2 * kPadding, scaled(20))));
}

void KpiTile::paintChange(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = tokensOf(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const Qt::Alignment leading =
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
    painter.setFont(fontFor(FontRole::Secondary));
    if (m_isFailed) {
        painter.setPen(tokens.bad);
        drawElided(&painter, rect, leading, tr("could not be read"));
        return;
    }
    if (!m_figure.asOf.isEmpty()) {
        painter.setPen(tokens.text3);
        drawElided(&painter, rect, leading, m_figure.asOf);
        return;
    }
    if (!m_figure.value) {
        painter.setPen(tokens.text3);
        drawElided(&painter, rect, leading, tr("no data"));
        return;
    }
    const QString text = m_figure.change.text(m_formatter);
    if (text.isEmpty())
        return;
    const QColor ink = m_isStale ? tokens.text3 : tokens.ink(changeInk(m_figure.change));
    double used = 0;
    if (hasArrow(m_figure.change)) {
        const double x = isRtl ? rect.right() - 4 : rect.left() + 4;
        const double up = m_figure.change.amount > 0 ? 1 : -1;
        const QPointF c(x, rect.center().y());
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(
            QPolygonF({c + QPointF(-4, 3 * up), c + QPointF(4, 3 * up), c + QPointF(0, -3.5 * up)}));
        used = 13;
    }
    painter.setPen(ink);
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    const double width = tabularWidth(fontFor(FontRole::SecondaryStrong), text);
    const QRectF numberRect = isRtl ? QRectF(rect.right() - used - width, rect.top(), width, rect.height())
                                    : QRectF(rect.left() + used, rect.top(), width, rect.height());
    drawTabular(&painter, numberRect, Qt::AlignLeft | Qt::AlignVCenter, text);
    if (m_figure.change.kind == Change::Kind::FewData)
        return;
    const double start = used + width + 7;
    if (rect.width() - start < 16)
        return;
    painter.setPen(tokens.text2);
    painter.setFont(fontFor(FontRole::Secondary));
    const QRectF rest = isRtl ? QRectF(rect.left(), rect.top(), rect.width() - start, rect.height())
                              : rect.adjusted(start, 0, 0, 0);
    drawElided(&painter, rest, leading,
               m_figure.against.isEmpty() ? tr("vs prev.", "against the period before") : m_figure.against);
}

void KpiTile::mousePressEvent(QMouseEvent *event)
{
    m_isPressed = event->button() == Qt::LeftButton;
    update();
}

void KpiTile::mouseReleaseEvent(QMouseEvent *event)
{
    const bool wasPressed = std::exchange(m_isPressed, false);
    update();
    if (wasPressed && rect().contains(event->pos()))
        Q_EMIT activated();
}

void KpiTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT activated();
    else
        QWidget::keyPressEvent(event);
}

void KpiTile::enterEvent(QEnterEvent *)
{
    m_isHovered = true;
    update();
}

void KpiTile::leaveEvent(QEvent *)
{
    m_isHovered = false;
    update();
}

void KpiTile::focusInEvent(QFocusEvent *event)
{
    m_isKeyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    update();
}

void KpiTile::focusOutEvent(QFocusEvent *)
{
    m_isKeyboardFocus = false;
    update();
}

} // namespace telltale
