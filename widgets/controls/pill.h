// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QWidget>

namespace telltale {

/// What a pill or badge is about; ground and text come from the tone.
enum class Tone { Neutral, Accent, Ok, Warn, Bad };
Ink toneInk(Tone tone);
Ink toneGround(Tone tone);

/// Draws a pill, vertically centred, at the leading edge of `rect` (or right-aligned); answers the rectangle it took. For delegates.
QRectF paintPill(QPainter *painter, const QRectF &rect, const QString &text, Tone tone, const Tokens &tokens,
                 Qt::Alignment alignment = Qt::AlignLeft);
double pillWidth(const QString &text);

/// A state as a word on a soft ground: "New", "Regressed".
class Pill final : public QWidget
{
    Q_OBJECT

public:
    explicit Pill(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    QString text() const { return m_text; }
    void setText(const QString &text);
    void setTone(Tone tone);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone;
};

/// A count beside a name: "184". Hidden while it is 0.
class Badge final : public QWidget
{
    Q_OBJECT

public:
    explicit Badge(Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    qint64 count() const { return m_count; }
    void setCount(qint64 count);
    void setTone(Tone tone);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString shownText() const;
    qint64 m_count = 0;
    Tone m_tone;
};

} // namespace telltale
