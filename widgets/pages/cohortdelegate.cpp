// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/cohortdelegate.h"

#include "models/items/cohortmodel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>

namespace telltale {

void CohortDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() < CohortModel::FirstPeriod) {
        DataCellDelegate::paint(painter, option, index);
        return;
    }
    const QVariant share = index.data(CohortModel::ShareRole);
    if (!share.isValid()) {
        if (!index.data().toString().isEmpty()) // a change
            DataCellDelegate::paint(painter, option, index);
        return;
    }
    const Tokens &tokens = tokensOf(option.widget);
    const QRectF cell = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const bool isFew = index.data(CohortModel::FewRole).toBool();
    QColor ground = share.toDouble() > 0 ? tokens.sequentialAt(share.toDouble()) : tokens.inset;
    if (isFew)
        ground = colour::mixOklab(ground, tokens.card, 0.65);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(cell, size::kBarRadius, size::kBarRadius);
    if (index.data(CohortModel::UnfinishedRole).toBool()) {
        painter->setBrush(QBrush(colour::faded(tokens.card, 0.5), Qt::BDiagPattern)); // the figure stays readable
        painter->drawRoundedRect(cell, size::kBarRadius, size::kBarRadius);
    }
    paintNumber(painter, cell.adjusted(4, 0, -scaled(7), 0), FontRole::Secondary,
                colour::readable(ground, tokens.text, tokens.isDark ? tokens.window : tokens.card), index.data().toString());
    if (option.state & QStyle::State_HasFocus)
        paintRowFocus(painter, option, tokens);
    painter->restore();
}

} // namespace telltale
