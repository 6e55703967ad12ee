// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/seriespalette.h"

#include <QStyledItemDelegate>

#include <chrono>

namespace telltale {

/// A row of the session list: lamp while it runs, id, device, start; below a timeline in the screens' colours
/// and the length.
class SessionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `colours` is not owned and gives each screen the colour it has everywhere.
    explicit SessionDelegate(SeriesPalette *colours, QObject *parent = nullptr);
    /// The length that fills the width.
    void setLongest(std::chrono::nanoseconds longest) { m_longest = longest; }
    std::chrono::nanoseconds longest() const { return m_longest; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    SeriesPalette *m_colours;
    std::chrono::nanoseconds m_longest{};
};

} // namespace telltale
