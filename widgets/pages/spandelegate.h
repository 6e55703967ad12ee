// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace telltale {

/// A span of a waterfall: its name at its depth in the tree, and a bar where it lies in the trace with its duration beside it. A failed
/// one has a cross and the error colour, one without its parent a broken line before it.
class SpanDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace telltale
