// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessiondelegate.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "models/items/sessionlistmodel.h"
#include "widgets/charts/minitimeline.h"
#include "widgets/controls/lamp.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>

namespace telltale {

namespace {

/// A row that is on its way.
void paintComing(QPainter *painter, const QStyleOptionViewItem &option, const Tokens &tokens)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRowGround(painter, option, tokens);
    const QRectF rect = QRectF(option.rect).adjusted(scaled(14), scaled(11), -scaled(14), -scaled(10));
    const double bar = scaled(8);
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.border);
    painter->drawRoundedRect(QRectF(rect.left(), rect.top(), rect.width() * 0.45, bar), 3, 3);
    painter->drawRoundedRect(QRectF(rect.left(), rect.bottom() - bar, rect.width() * 0.75, bar), 3, 3);
    painter->restore();
}

} // namespace

SessionDelegate::SessionDelegate(SeriesPalette *colours, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_colours(colours)
{}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {scaled(200), scaled(size::kRowMiddle)};
}

void SessionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const QModelIndex source = sourceIndex(index);
    const auto *model = qobject_cast<const SessionListModel *>(source.model());
    if (!model)
        return;
    const Tokens &tokens = tokensOf(option.widget);
    const SessionRow *known = model->rowAt(source.row());
    if (!known) {
        paintComing(painter, option, tokens);
        return;
    }
    const SessionRow &row = *known;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    paintRowGround(painter, option, tokens);

    const QRectF rect = QRectF(option.rect).adjusted(scaled(14), scaled(7), -scaled(14), -scaled(6));
    const double line = scaled(19);
    double x = rect.left();
    if (model->isRunning(row)) {
        paintLamp(painter, {x + 4, rect.top() + line / 2}, Lamp::kSidebar, LampState::Live, tokens);
        x += scaled(15);
    }
    const double idWidth = scaled(58);
    const double timeWidth = scaled(46);
    const QString device = row.device.empty() ? itemtext::text(row.os) : itemtext::text(row.device);
    paintText(painter, {x, rect.top(), idWidth, line}, FontRole::Code, tokens.text,
              identity::shown(row.session));
    paintText(painter,
              {rect.left() + scaled(15) + idWidth, rect.top(),
               rect.width() - idWidth - timeWidth - scaled(18), line},
              FontRole::Secondary, tokens.text2, device);
    paintNumber(painter, {rect.right() - timeWidth, rect.top(), timeWidth, line}, FontRole::Secondary,
                tokens.text2, source.siblingAtColumn(SessionListModel::Start).data().toString());
    const QRectF lower(rect.left(), rect.top() + line, rect.width(), rect.height() - line);
    paintNumber(painter, {lower.right() - timeWidth, lower.top(), timeWidth, lower.height()},
                FontRole::Secondary, tokens.text, itemtext::clockDuration(SessionListModel::lengthMs(row)));

    MiniTimeline timeline;
    timeline.range = {row.start, row.end};
    timeline.longest = m_longest;
    for (const ScreenStretch &stretch : row.stretches)
        timeline.stretches.push_back(
            {{stretch.start, stretch.end}, m_colours->peek(itemtext::text(stretch.screen))});
    timeline.errors = row.errorTimes;
    paintMiniTimeline(painter, lower.adjusted(0, scaled(3), -timeWidth - scaled(4), -scaled(3)), timeline,
                      tokens);
    paintRowFocus(painter, option, tokens);
    painter->restore();
}

} // namespace telltale
