// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace telltale {

/// The steps of a funnel as somebody puts them together: names in their order, no more than kMost.
class FunnelSteps final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int kMost = 12;

    using QAbstractListModel::QAbstractListModel;

    const QStringList &names() const { return m_names; }
    void setNames(const QStringList &names);
    /// False when there are kMost already.
    bool add(const QString &name);
    void remove(int row);
    /// One place up (-1) or down (+1). False at the ends.
    bool moveBy(int row, int step);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void changed();

private:
    QStringList m_names;
};

} // namespace telltale
