// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/kpitile.h"

#include <QTimer>
#include <QWidget>

#include <array>

namespace telltale {

/// Five tiles side by side. Sparklines are shown in all of them or in none.
class KpiRow final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kTiles = 5;

    explicit KpiRow(QWidget *parent = nullptr);
    const KpiTile &tile(int index) const { return *m_tiles[static_cast<std::size_t>(index)]; }
    KpiTile &tile(int index) { return *m_tiles[static_cast<std::size_t>(index)]; }
    void setFigures(const std::array<KpiFigure, kTiles> &figures, const Formatter &formatter);
    /// A question was asked: shows blocks the first time, grey numbers when an answer is late.
    void begin();
    /// There is no answer: the figures of the one before stay, grey and with a word.
    void fail();

Q_SIGNALS:
    void activated(int tile);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void decideSparklines();

    std::array<KpiTile *, kTiles> m_tiles{};
    QTimer m_patience;
    bool m_wasAnswered = false;
};

} // namespace telltale
