// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QRegion>
#include <QString>
#include <QTransform>
#include <QWidget>

#include <vector>

namespace telltale {

/// A run of text as it was painted.
struct PaintedText
{
    QString text;
    QRectF place; ///< in coordinates of the window
    QRectF clip;  ///< what could be seen of it at most
    QRectF seen() const { return place & clip; }
    /// Pixels at the left or right that nobody sees, though something of the line is seen.
    double cut() const
    {
        return seen().isEmpty() ? 0 : std::max(clip.left() - place.left(), place.right() - clip.right());
    }
};

/// A paint device that keeps the words and forgets the rest.
class TextCollector final : public QPaintDevice
{
public:
    explicit TextCollector(const QWidget &window)
        : m_size(window.size())
        , m_engine(*this)
    {}

    QPaintEngine *paintEngine() const override { return &m_engine; }

    std::vector<PaintedText> texts;

protected:
    int metric(PaintDeviceMetric what) const override
    {
        switch (what) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmWidthMM:
            return m_size.width() * 254 / 960;
        case PdmHeightMM:
            return m_size.height() * 254 / 960;
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return int(devicePixelRatioFScale());
        }
        return 0;
    }

private:
    class Engine final : public QPaintEngine
    {
    public:
        explicit Engine(TextCollector &owner)
            : QPaintEngine(AllFeatures)
            , m_owner(owner)
        {}
        bool begin(QPaintDevice *) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState &) override {}
        void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
        void drawImage(const QRectF &, const QImage &, const QRectF &, Qt::ImageConversionFlags) override {}
        void drawTiledPixmap(const QRectF &, const QPixmap &, const QPointF &) override {}
        void drawPath(const QPainterPath &) override {}
        void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
        void drawPolygon(const QPoint *, int, PolygonDrawMode) override {}
        void drawTextItem(const QPointF &at, const QTextItem &item) override
        {
            const QRectF box(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
            const QTransform toWindow = painter()->deviceTransform();
            QRectF clip(QPointF(0, 0), QSizeF(m_owner.m_size));
            if (!systemClip().isEmpty())
                clip &= QRectF(systemClip().boundingRect());
            if (painter()->hasClipping())
                clip &= toWindow.mapRect(painter()->clipBoundingRect());
            m_owner.texts.push_back({item.text(), toWindow.mapRect(box), clip});
        }
        Type type() const override { return User; }

    private:
        TextCollector &m_owner;
    };

    QSize m_size;
    mutable Engine m_engine;
};

/// Every word that a widget and its children paint now, from pictures that they kept too if those are forgotten first.
inline std::vector<PaintedText> paintedTexts(QWidget &window)
{
    TextCollector collector(window);
    window.render(&collector);
    return std::move(collector.texts);
}

} // namespace telltale
