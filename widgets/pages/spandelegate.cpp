// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/spandelegate.h"

#include "models/items/tracemodel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kRow = 26;
constexpr int kIndent = 14;
constexpr int kDeepest = 12; ///< deeper ones are drawn no further right

void paintName(QPainter *painter, const QRectF &rect, const QModelIndex &index, const Tokens &tokens)
{
    const int depth = std::min(index.data(SpanModel::DepthRole).toInt(), kDeepest);
    const bool isFailed = index.data(SpanModel::StatusRole).toString() == u"error";
    double left = rect.left() + depth * scaled(kIndent);
    const double middle = rect.center().y();
    if (depth > 0 || index.data(SpanModel::OrphanRole).toBool()) {
        const bool isOrphan = depth == 0;
        painter->setPen(QPen(tokens.borderStrong, 1, isOrphan ? Qt::DotLine : Qt::SolidLine));
        const double from = isOrphan ? left : left - scaled(kIndent) / 2.0;
        const double to = isOrphan ? left + scaled(kIndent) - 3 : left - 3;
        if (!isOrphan)
            painter->drawLine(QPointF(from + 0.5, rect.top() + 2), QPointF(from + 0.5, middle));
        painter->drawLine(QPointF(from + 0.5, middle), QPointF(to, middle));
        if (isOrphan)
            left += scaled(kIndent);
    }
    if (isFailed) {
        const double size = scaled(11);
        paintIcon(painter, IconId::Close, QRectF(left, middle - size / 2, size, size), tokens.bad);
        left += size + 4;
    }
    paintText(painter, {left, rect.top(), rect.right() - left, rect.height()}, FontRole::Secondary,
              isFailed ? tokens.bad : tokens.text, index.data().toString());
}

void paintBar(QPainter *painter, const QRectF &rect, const QModelIndex &index, const Tokens &tokens)
{
    const double from = rect.left() + rect.width() * index.data(SpanModel::FromRole).toDouble();
    const double to = rect.left() + rect.width() * index.data(SpanModel::ToRole).toDouble();
    const bool isFailed = index.data(SpanModel::StatusRole).toString() == u"error";
    const QRectF bar(from, rect.center().y() - scaled(5), std::max(2.0, to - from), scaled(10));
    painter->setPen(Qt::NoPen);
    painter->setBrush(isFailed ? tokens.bad : tokens.series[0]);
    painter->drawRoundedRect(bar, size::kBarRadius, size::kBarRadius);
    const QString text = index.data().toString();
    const double width = QFontMetricsF(fontFor(FontRole::Axis)).horizontalAdvance(text) + 2;
    // Beside the bar where there is room, else before it, else in it.
    if (bar.right() + 4 + width <= rect.right())
        paintText(painter, {bar.right() + 4, rect.top(), width, rect.height()}, FontRole::Axis, tokens.text2, text);
    else if (bar.left() - 4 - width >= rect.left())
        paintText(painter, {bar.left() - 4 - width, rect.top(), width, rect.height()}, FontRole::Axis, tokens.text2, text);
    else
        paintText(painter, bar.adjusted(4, -4, -4, 4), FontRole::Axis, tokens.card, text,
                  Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

QSize SpanDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {scaled(120), scaled(kRow)};
}

void SpanDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.column() == SpanModel::Operation) // the waterfall is time: from left to right for everybody
        mirror(painter, option.rect, option.direction);
    paintRowGround(painter, option, tokens, index.column() == 0);
    const QRectF rect = QRectF(option.rect).adjusted(scaled(8), 0, -scaled(8), -1);
    if (index.column() == SpanModel::Operation)
        paintName(painter, rect, index, tokens);
    else
        paintBar(painter, rect, index, tokens);
    painter->restore();
}

} // namespace telltale
