// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <functional>
#include <string>

namespace telltale {

struct ErrorGroupRow;

/// From which bar on a group's trend is drawn in the error colour; -1: none.
using FirstBadSlice = std::function<int(const ErrorGroupRow &)>;

/// One row of "Errors to look at": level, type over culprit, trend, users.
class TopIssueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TopIssueDelegate(FirstBadSlice firstBad, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    FirstBadSlice m_firstBad;
};

/// The cells of the errors table, two lines a row.
class IssueCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit IssueCellDelegate(FirstBadSlice firstBad, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    FirstBadSlice m_firstBad;
};

} // namespace telltale
