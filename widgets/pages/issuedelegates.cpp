// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/issuedelegates.h"

#include "models/items/errorgroupmodel.h"
#include "models/items/itemtext.h"
#include "widgets/charts/minitimeline.h"
#include "widgets/charts/sparkline.h"
#include "widgets/controls/pill.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace telltale {

namespace {

const ErrorGroupRow *groupAt(const QModelIndex &index)
{
    const QModelIndex source = sourceIndex(index);
    const auto *model = qobject_cast<const ErrorGroupModel *>(source.model());
    return model ? &model->rowAt(source.row()) : nullptr;
}

/// OpenTelemetry's number for the mark's shape, so that what was not handled is never a small dot.
int markSeverity(const ErrorGroupRow &row)
{
    switch (ErrorGroupModel::levelOf(row)) {
    case ErrorGroupModel::Level::Error:
        return 17;
    case ErrorGroupModel::Level::Warning:
        return 13;
    case ErrorGroupModel::Level::Info:
        break;
    }
    return 9;
}

void paintTrend(QPainter *painter, const QRectF &rect, const ErrorGroupRow &row, int firstBad,
                const Tokens &tokens)
{
    const std::vector<double> values(row.trend.begin(), row.trend.end());
    paintSparkBars(painter, rect, values, firstBad, tokens);
}

Tone stateTone(const ErrorGroupRow &row)
{
    if (row.state == "new")
        return Tone::Accent;
    return row.state == "regressed" || row.state == "escalating" ? Tone::Bad : Tone::Neutral;
}

} // namespace

TopIssueDelegate::TopIssueDelegate(FirstBadSlice firstBad, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_firstBad(std::move(firstBad))
{}

QSize TopIssueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    // The rows share the card: five, or as many whole ones as a low window has room for.
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int room = view ? view->viewport()->height() : 0;
    const int rows = std::clamp(room / scaled(46), 1, 5);
    return {200, std::clamp(room / rows, scaled(46), scaled(68))};
}

void TopIssueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const ErrorGroupRow *row = groupAt(index);
    if (!row)
        return;
    const Tokens &tokens = tokensOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    const QRectF rect = option.rect;
    if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, tokens.hover);
    if (index.row() > 0)
        painter->fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), tokens.border);

    const double middle = rect.center().y();
    const double line = scaled(18);
    const double numberWidth = scaled(52);
    const double trendWidth = rect.width() > scaled(250) ? scaled(56) : 0;
    const double textLeft = rect.left() + scaled(20);
    const double textWidth = rect.width() - scaled(20) - numberWidth - trendWidth - scaled(12);
    paintLevelMark(painter, {rect.left() + scaled(7), middle - line / 2}, markSeverity(*row), tokens);
    paintText(painter, {textLeft, middle - line, textWidth, line}, FontRole::BodyStrong, tokens.text,
              itemtext::text(row->type));
    paintText(painter, {textLeft, middle, textWidth, line}, FontRole::Secondary, tokens.text2,
              ErrorGroupModel::culpritText(*row));
    if (trendWidth > 0)
        paintTrend(painter,
                   {textLeft + textWidth + scaled(4), middle - scaled(11), trendWidth,
                    static_cast<double>(scaled(22))},
                   *row, m_firstBad ? m_firstBad(*row) : -1, tokens);
    const QRectF number(rect.right() - numberWidth, middle - line, numberWidth, line);
    paintNumber(painter, number, FontRole::BodyStrong, tokens.text, itemtext::count(row->users));
    paintText(painter, number.translated(0, line), FontRole::Caption, tokens.text2, tr("users"),
              Qt::AlignRight | Qt::AlignVCenter);
    painter->setRenderHint(QPainter::Antialiasing);
    paintRowFocus(painter, option, tokens);
    painter->restore();
}

IssueCellDelegate::IssueCellDelegate(FirstBadSlice firstBad, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_firstBad(std::move(firstBad))
{}

QSize IssueCellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {index.column() == ErrorGroupModel::Issue ? scaled(220) : scaled(84), scaled(size::kRowTall)};
}

void IssueCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const ErrorGroupRow *row = groupAt(index);
    if (!row)
        return;
    const Tokens &tokens = tokensOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    mirror(painter, option.rect, option.direction);
    paintRowGround(painter, option, tokens, index.column() == ErrorGroupModel::Issue);

    const QRectF rect = QRectF(option.rect).adjusted(scaled(8), 0, -scaled(8), -1);
    const double line = scaled(18);
    const double middle = rect.center().y();
    const QRectF upper(rect.left(), middle - line, rect.width(), line);
    const QRectF lower(rect.left(), middle, rect.width(), line);
    switch (index.column()) {
    case ErrorGroupModel::Issue: {
        const double shift = scaled(24);
        paintLevelMark(painter, {rect.left() + scaled(10), upper.center().y()}, markSeverity(*row), tokens);
        paintText(painter, upper.adjusted(shift, 0, 0, 0), FontRole::BodyStrong, tokens.text,
                  itemtext::text(row->type));
        paintText(painter, lower.adjusted(shift, 0, 0, 0), FontRole::Code, tokens.text2,
                  ErrorGroupModel::culpritText(*row));
        break;
    }
    case ErrorGroupModel::Trend:
        paintTrend(painter,
                   {rect.left(), middle - scaled(14), std::min<double>(rect.width(), scaled(82)),
                    static_cast<double>(scaled(26))},
                   *row, m_firstBad ? m_firstBad(*row) : -1, tokens);
        break;
    case ErrorGroupModel::Events: {
        const QString change = index.data(ChangeRole).toString();
        paintNumber(painter, change.isEmpty() ? rect : upper, FontRole::Body, tokens.text, itemtext::count(row->events));
        const int mood = index.data(MoodRole).toInt();
        if (!change.isEmpty())
            paintNumber(painter, lower, FontRole::Caption, mood < 0 ? tokens.bad : mood > 0 ? tokens.ok : tokens.text3, change);
        break;
    }
    case ErrorGroupModel::Users:
        paintNumber(painter, rect, FontRole::BodyStrong, tokens.text, itemtext::count(row->users));
        break;
    case ErrorGroupModel::Release:
        paintText(painter, rect, FontRole::Code, tokens.text2, index.data().toString());
        break;
    case ErrorGroupModel::LastSeen:
        paintText(painter, upper, FontRole::Body, tokens.text, index.data().toString());
        paintText(painter, lower, FontRole::Secondary, tokens.text2,
                  index.data(ErrorGroupModel::AgeRole).toString());
        break;
    case ErrorGroupModel::State:
        if (const QRectF pill = paintPill(painter, rect, index.data().toString(), stateTone(*row), tokens);
            stateTone(*row) == Tone::Accent && option.state.testFlag(QStyle::State_Selected)) {
            // The ground of a chosen row is the pill's own.
            painter->setPen(QPen(tokens.accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2, pill.height() / 2);
        }
        break;
    default:
        break;
    }
    painter->restore();
}

} // namespace telltale
