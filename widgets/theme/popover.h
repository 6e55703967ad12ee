// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

class QPainter;
class QRectF;

namespace telltale {

/// The ground of a popover or tooltip: card colour, 1 px outline, a soft shadow that reaches kPopoverShadow outside of `rect`.
void paintPopover(QPainter *painter, const QRectF &rect, double radius, const Tokens &tokens);
inline constexpr int kPopoverShadow = 10;

} // namespace telltale
