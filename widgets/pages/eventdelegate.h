// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"
#include "widgets/theme/tokens.h"

#include <QStyledItemDelegate>

namespace telltale {

/// A row of a session's events: time from its start, icon, kind, what, detail. Errors stand on the error
/// ground.
class EventDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// What SessionRecordModel::iconName() says, as an icon and its colour.
IconId eventIcon(const QString &name);
Ink eventInk(const QString &name);
/// Pixels that the widest word of SessionRecordModel::kindText() needs.
double eventKindWidth();

} // namespace telltale
