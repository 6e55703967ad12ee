// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/datatable.h"

namespace telltale {

/// A cell of the cohort table: the share on a ground as dark as the share is high; hatched while the period is not over, pale where
/// few people are behind it.
class CohortDelegate final : public DataCellDelegate
{
    Q_OBJECT

public:
    using DataCellDelegate::DataCellDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace telltale
