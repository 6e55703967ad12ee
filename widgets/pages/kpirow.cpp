// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/kpirow.h"

#include <QHBoxLayout>

#include <algorithm>

namespace telltale {

KpiRow::KpiRow(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    for (int i = 0; i < kTiles; ++i) {
        auto *tile = new KpiTile(this);
        tile->setLoading(true);
        // Equal widths, whatever the words.
        tile->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        layout->addWidget(tile, 1);
        connect(tile, &KpiTile::activated, this, [this, i] { Q_EMIT activated(i); });
        m_tiles[static_cast<std::size_t>(i)] = tile;
    }
    m_patience.setSingleShot(true);
    m_patience.setInterval(400);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        for (KpiTile *tile : m_tiles)
            tile->setStale(m_wasAnswered);
    });
}

void KpiRow::begin()
{
    if (!m_patience.isActive())
        m_patience.start();
}

void KpiRow::fail()
{
    m_patience.stop();
    for (KpiTile *tile : m_tiles)
        tile->setFailed();
}

void KpiRow::setFigures(const std::array<KpiFigure, kTiles> &figures, const Formatter &formatter)
{
    m_patience.stop();
    m_wasAnswered = true;
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i]->setFormatter(formatter);
        m_tiles[i]->setLoading(false);
        m_tiles[i]->setStale(false);
        m_tiles[i]->setFigure(figures[i]);
    }
    decideSparklines();
}

void KpiRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    decideSparklines();
}

void KpiRow::decideSparklines()
{
    const bool fits = std::all_of(m_tiles.begin(), m_tiles.end(), [](const KpiTile *tile) {
        return tile->width() >= tile->widthForSparkline();
    });
    for (KpiTile *tile : m_tiles)
        tile->setSparklineVisible(fits);
}

} // namespace telltale
