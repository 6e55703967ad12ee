// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/popover.h"

#include "widgets/theme/colourmath.h"

#include <QPainter>

namespace telltale {

void paintPopover(QPainter *painter, const QRectF &rect, double radius, const Tokens &tokens)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    // Rings of falling strength: as good as a blur at this size, and cheap.
    for (int ring = kPopoverShadow; ring > 0; ring -= 2) {
        painter->setBrush(colour::faded(tokens.shadow, tokens.shadow.alphaF() * 0.16 *
                                                           (1.2 - double(ring) / kPopoverShadow)));
        painter->drawRoundedRect(rect.adjusted(-ring, -ring + 3, ring, ring), radius + ring, radius + ring);
    }
    painter->setBrush(tokens.card);
    painter->setPen(
        QPen(tokens.isDark ? colour::mixOklab(tokens.border, tokens.borderStrong, 0.4) : tokens.border, 1));
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

} // namespace telltale
