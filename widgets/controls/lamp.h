// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QWidget>

class QVariantAnimation;

namespace telltale {

/// What a lamp says. Each state has its own shape, not only its own colour.
enum class LampState { Waiting, Live, Late, Paused, Error, Off };

/// Draws the lamp of one state: the circle has `diameter`, the halo reaches 2.1 radii. `pulse` 0..1 widens the rings of Waiting.
void paintLamp(QPainter *painter, const QPointF &centre, double diameter, LampState state,
               const Tokens &tokens, double pulse = 0);
/// The translated word for a state: "Live", "Late", "Paused", "Error", "Offline", "Listening".
QString lampWord(LampState state);
Ink lampInk(LampState state);

/// The lamp: one drawing, six states. Pulses slowly while waiting, unless motion is reduced or it is hidden.
/// The word beside it is the owner's, or its own with setWordVisible(true).
class Lamp final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kSidebar = 9;
    static constexpr int kToolbar = 12;
    static constexpr int kOnboarding = 28;

    explicit Lamp(int diameter = kToolbar, QWidget *parent = nullptr);

    LampState state() const { return m_state; }
    void setState(LampState state);
    /// Replaces the standard word, as in "6 min late". Empty: the standard one.
    void setWord(const QString &word);
    void setWordVisible(bool visible);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updatePulse();
    void updateName();
    QString shownWord() const;

    int m_diameter;
    LampState m_state = LampState::Waiting;
    QString m_word;
    bool m_isWordVisible = false;
    double m_pulse = 0;
    QVariantAnimation *m_animation = nullptr;
};

} // namespace telltale
