// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/fonts.h"
#include "widgets/theme/tokens.h"

#include <QWidget>

namespace telltale {

/// The one label: always plain text, font by role, colour by meaning, elided with the whole text as tooltip, at most 4 KiB.
/// One line unless setWordWrap(true). Accessible as static text.
class PlainLabel final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    static constexpr qsizetype kLongestText =
        4096; ///< UTF-16 units; what comes after is cut with an ellipsis

    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, FontRole role = FontRole::Body, Ink ink = Ink::Text,
                        QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void setRole(FontRole role);
    void setInk(Ink ink);
    /// Leading and vertically centred by default; mirrored in right-to-left layouts.
    void setAlignment(Qt::Alignment alignment);
    void setWordWrap(bool wrap);
    /// Digits in cells of equal width: for numbers that change in place.
    void setTabular(bool tabular);
    void setElideMode(Qt::TextElideMode mode);
    /// Text can be chosen with the mouse only in CodeView; a label is for reading.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return m_wraps; }
    int heightForWidth(int width) const override;
    bool isElided() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    FontRole m_role = FontRole::Body;
    Ink m_ink = Ink::Text;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode m_elideMode = Qt::ElideRight;
    bool m_wraps = false;
    bool m_isTabular = false;
};

} // namespace telltale
