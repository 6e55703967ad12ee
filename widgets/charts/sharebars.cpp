// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/sharebars.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kRowHeight = 28;
constexpr double kLabelWidth = 64;
constexpr double kLeastWidth = 14;
constexpr int kMostParts = 4;

} // namespace

ShareBars::ShareBars(QWidget *parent)
    : ChartWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBars::setRows(std::vector<Row> rows)
{
    for (Row &row : rows)
        std::stable_sort(row.parts.begin(), row.parts.end(),
                         [](const Part &a, const Part &b) { return a.count > b.count; });
    if (rows == m_rows)
        return;
    m_rows = std::move(rows);
    updateGeometry();
    update();
}

std::vector<ShareBars::Piece> ShareBars::pieces() const
{
    std::vector<Piece> made;
    const double label = scaled(kLabelWidth);
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        double total = 0;
        for (const Part &part : m_rows[r].parts)
            total += part.count;
        if (total <= 0)
            continue;
        const double room = width() - label, top = double(r) * scaled(kRowHeight) + 3,
                     high = scaled(kRowHeight) - 6;
        double x = label, other = 0;
        int shown = 0;
        for (const Part &part : m_rows[r].parts) {
            const double wide = room * part.count / total;
            if (shown >= kMostParts || wide < kLeastWidth) {
                other += part.count;
                continue;
            }
            made.push_back(
                {QRectF(x, top, wide - 2, high), int(r), part.label, part.count, part.count / total, false});
            x += wide;
            ++shown;
        }
        if (other > 0)
            made.push_back({QRectF(x, top, std::max(3.0, width() - x), high), int(r), tr("other"), other,
                            other / total, true});
    }
    for (Piece &piece : made)
        if (layoutDirection() == Qt::RightToLeft)
            piece.rect.moveLeft(width() - piece.rect.right());
    return made;
}

QString ShareBars::summary() const
{
    QStringList sentences;
    for (const Row &row : m_rows) {
        double total = 0;
        for (const Part &part : row.parts)
            total += part.count;
        if (total <= 0)
            continue;
        //: %1 is a tag as "Release", %2 its most frequent value, %3 that value's share
        sentences << tr("%1: %2 with %3.")
                         .arg(row.label, row.parts.front().label,
                              formatter().percent(row.parts.front().count / total));
    }
    return sentences.isEmpty() ? tr("No data") : sentences.join(QLatin1Char(' '));
}

QString ShareBars::cursorText() const
{
    const std::vector<Piece> all = pieces();
    if (std::size_t(m_current) >= all.size()) // also none
        return {};
    const Piece &piece = all[std::size_t(m_current)];
    return m_rows[std::size_t(piece.row)].label + QStringLiteral(", ") + pieceText(piece);
}

ChartTable ShareBars::table() const
{
    ChartTable table;
    table.columns << tr("Tag") << tr("Value") << tr("Count");
    for (const Row &row : m_rows)
        for (const Part &part : row.parts)
            table.rows.push_back({row.label, part.label, formatter().count(part.count)});
    return table;
}

QSize ShareBars::sizeHint() const
{
    return {360, int(std::max<std::size_t>(1, m_rows.size())) * scaled(kRowHeight)};
}

QSize ShareBars::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

void ShareBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    painter.setFont(fontFor(FontRole::Secondary));
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        painter.setPen(tokens.text2);
        const QRectF label(isRtl ? width() - scaled(kLabelWidth) : 0, double(r) * scaled(kRowHeight),
                           scaled(kLabelWidth) - 6, scaled(kRowHeight));
        drawElided(&painter, label, (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                   m_rows[r].label);
    }
    int rank = 0, row = -1;
    for (const Piece &piece : pieces()) {
        rank = piece.row == row ? rank + 1 : 0;
        row = piece.row;
        // One hue that weakens with the rank: shares of one whole are no series.
        const QColor ground =
            piece.isOther ? tokens.neutralSoft
                          : colour::mixOklab(tokens.isDark ? tokens.sequential[2] : tokens.sequential[6],
                                             tokens.isDark ? tokens.card : tokens.sequential[1],
                                             std::min(0.66, rank * 0.3));
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(piece.rect, size::kBarRadius, size::kBarRadius);
        const QString text = piece.label + QStringLiteral("  ") + formatter().percent(piece.share);
        painter.setFont(fontFor(FontRole::AxisStrong));
        painter.setPen(colour::readable(ground, tokens.text, tokens.isDark ? tokens.window : tokens.card));
        if (piece.rect.width() > 30)
            drawElided(&painter, piece.rect.adjusted(8, 0, -5, 0),
                       (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text);
    }
    const std::vector<Piece> all = pieces();
    if (std::size_t(m_current) < all.size() && hasFocus())
        drawFocusRing(&painter, all[std::size_t(m_current)].rect.adjusted(-1, -1, 1, 1), size::kBarRadius, tokens);
    else if (hasKeyboardFocus())
        drawFocusRing(&painter, rect(), 4, tokens);
}

QString ShareBars::pieceText(const Piece &piece) const
{
    //: %1 value of a tag, %2 count, %3 share
    return tr("%1: %2, %3").arg(piece.label, formatter().count(piece.count), formatter().percent(piece.share, 1));
}

void ShareBars::moveTo(int piece)
{
    if (piece == m_current)
        return;
    m_current = piece;
    update();
    announceCursor();
}

void ShareBars::keyPressEvent(QKeyEvent *event)
{
    const std::vector<Piece> all = pieces();
    const bool isAt = std::size_t(m_current) < all.size();
    const int forward = isRightToLeft() ? -1 : 1;
    const auto rowOf = [&](int row) { // its first piece; where there is none, this one
        const auto found = std::find_if(all.begin(), all.end(), [row](const Piece &piece) { return piece.row == row; });
        return found == all.end() ? m_current : int(found - all.begin());
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!all.empty())
            moveTo(isAt ? std::clamp(m_current + (event->key() == Qt::Key_Right ? forward : -forward), 0, int(all.size()) - 1) : 0);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!all.empty())
            moveTo(isAt ? rowOf(all[std::size_t(m_current)].row + (event->key() == Qt::Key_Down ? 1 : -1)) : 0);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isAt && !all[std::size_t(m_current)].isOther) {
            Q_EMIT partActivated(m_rows[std::size_t(all[std::size_t(m_current)].row)].label, all[std::size_t(m_current)].label, event->modifiers());
            return;
        }
        break;
    case Qt::Key_Escape:
        if (isAt) {
            moveTo(-1);
            return;
        }
        break;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

void ShareBars::focusOutEvent(QFocusEvent *event)
{
    m_current = -1;
    ChartWidget::focusOutEvent(event);
}

void ShareBars::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (const Piece &piece : pieces())
        if (piece.rect.contains(event->position()) && !piece.isOther)
            Q_EMIT partActivated(m_rows[std::size_t(piece.row)].label, piece.label, event->modifiers());
}

bool ShareBars::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QString text;
        QRect where;
        for (const Piece &piece : pieces()) {
            if (!piece.rect.contains(help->pos()))
                continue;
            text = pieceText(piece);
            where = piece.rect.toAlignedRect();
        }
        if (Qt::mightBeRichText(text))
            text = text.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), text, this, where);
        return true;
    }
    return ChartWidget::event(event);
}

} // namespace telltale
