// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/eventdelegate.h"

#include "models/items/sessionrecordmodel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>

#include <algorithm>

namespace telltale {

IconId eventIcon(const QString &name)
{
    if (name == u"tap")
        return IconId::Tap;
    if (name == u"screen" || name == u"open")
        return IconId::ArrowRight;
    if (name == u"http")
        return IconId::Globe;
    if (name == u"span")
        return IconId::Bolt;
    return name == u"error" ? IconId::Warning : IconId::Log;
}

Ink eventInk(const QString &name)
{
    if (name == u"tap" || name == u"screen" || name == u"open")
        return Ink::Accent;
    return name == u"error" ? Ink::Bad : Ink::Text2;
}

double eventKindWidth()
{
    const QFontMetricsF metrics(fontFor(FontRole::Secondary));
    double widest = scaled(44);
    for (const QString &kind : SessionRecordModel::kindTexts())
        widest = std::max(widest, metrics.horizontalAdvance(kind) + 2);
    return widest;
}

QSize EventDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {scaled(300), scaled(size::kRowSmall) + 4};
}

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const QModelIndex source = sourceIndex(index);
    const auto *model = qobject_cast<const SessionRecordModel *>(source.model());
    if (!model)
        return;
    const SessionRecord &record = model->rowAt(source.row()).record;
    const bool isError = record.kind == RecordKind::Error;
    const Tokens &tokens = tokensOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    const QRect ground = option.rect;
    const bool isCurrent = option.state & QStyle::State_Selected;
    if (isError) {
        painter->fillRect(ground, tokens.badSoft);
        painter->fillRect(QRect(ground.left(), ground.top(), 3, ground.height()), tokens.bad);
        painter->fillRect(QRect(ground.left(), ground.bottom(), ground.width(), 1), tokens.border);
        if (isCurrent) {
            painter->setPen(QPen(tokens.bad, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -1.5));
        }
    } else {
        paintRowGround(painter, option, tokens);
    }
    const QRectF rect = QRectF(ground).adjusted(scaled(14), 0, -scaled(14), -1);
    const QString icon = SessionRecordModel::iconName(record);
    paintText(painter, {rect.left(), rect.top(), static_cast<double>(scaled(66)), rect.height()},
              FontRole::Code, tokens.text3,
              source.siblingAtColumn(SessionRecordModel::Time).data().toString());
    const double iconSize = scaled(15);
    paintIcon(painter, eventIcon(icon),
              {rect.left() + scaled(74), rect.center().y() - iconSize / 2, iconSize, iconSize},
              tokens.ink(eventInk(icon)));
    const double kindWidth = eventKindWidth();
    paintText(painter, {rect.left() + scaled(98), rect.top(), kindWidth, rect.height()},
              FontRole::Secondary, tokens.text2, SessionRecordModel::kindText(record));
    QString name = SessionRecordModel::nameText(record);
    if (isError && !record.detail.empty())
        name = tr("%1 · %2").arg(name, QString::fromStdString(record.detail));
    const QString detail = SessionRecordModel::detailText(record);
    painter->setFont(fontFor(FontRole::Secondary));
    const double detailWidth =
        std::min(rect.width() * 0.3, painter->fontMetrics().horizontalAdvance(detail) + 2.0);
    const double left = rect.left() + scaled(98) + kindWidth + scaled(14);
    paintText(painter, {left, rect.top(), rect.right() - left - detailWidth - scaled(12), rect.height()},
              isError ? FontRole::BodyStrong : FontRole::Body, tokens.text, name);
    paintText(painter, {rect.right() - detailWidth, rect.top(), detailWidth, rect.height()},
              FontRole::Secondary, isError ? tokens.text2 : tokens.text3, detail,
              Qt::AlignRight | Qt::AlignVCenter);
    paintRowFocus(painter, option, tokens);
    painter->restore();
}

} // namespace telltale
