// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyleOption>
#include <QToolButton>

namespace telltale {

namespace {

bool flag(const QWidget *widget, const char *name)
{
    return widget && widget->property(name).toBool();
}

} // namespace

void drawFocusRing(QPainter *painter, const QRectF &rect, double radius, const Tokens &tokens)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(tokens.accent, 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter->restore();
}

Style::Style(const Tokens &tokens, bool isMotionReduced)
    : QProxyStyle(QStringLiteral("fusion"))
    , m_tokens(tokens)
    , m_isMotionReduced(isMotionReduced)
{}

void Style::setTokens(const Tokens &tokens, bool isMotionReduced)
{
    m_tokens = tokens;
    m_isMotionReduced = isMotionReduced;
}

QPalette Style::standardPalette() const
{
    return m_tokens.palette();
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
        widget->inherits("QLineEdit") || widget->inherits("QScrollBar") || widget->inherits("QHeaderView"))
        widget->setAttribute(Qt::WA_Hover);
    // Tool tips carry data of strangers: never let Qt guess that it is rich text.
    if (widget->inherits("QTipLabel"))
        if (auto *label = qobject_cast<QLabel *>(widget))
            label->setTextFormat(Qt::PlainText);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange || qobject_cast<const QAbstractItemView *>(widget))
            drawFocusRing(painter, option->rect, qobject_cast<const QAbstractItemView *>(widget) ? 0 : 5,
                          m_tokens);
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonBevel:
    case PE_PanelButtonTool:
        drawButton(option, painter, widget);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        drawField(option, painter, widget);
        return;
    case PE_Frame: {
        const auto *text = qobject_cast<const QPlainTextEdit *>(widget);
        painter->setPen(text && !text->isReadOnly() ? m_tokens.borderStrong : m_tokens.border); // as fields have it
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    }
    case PE_FrameMenu:
        return; // part of the panel
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter->setPen(m_tokens.isDark ? m_tokens.borderStrong : m_tokens.border);
        painter->setBrush(m_tokens.card);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenuBar:
    case PE_FrameStatusBarItem:
    case PE_PanelToolBar:
    case PE_FrameTabBarBase:
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, m_tokens.sidebar);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheck(option, painter, true);
        return;
    case PE_PanelItemViewRow:
        if (option->state & State_Selected)
            painter->fillRect(option->rect, m_tokens.accentSoft);
        return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            painter->fillRect(option->rect, m_tokens.accentSoft);
        else if ((option->state & State_MouseOver) && (option->state & State_Enabled))
            painter->fillRect(option->rect, m_tokens.hover);
        return;
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header || header->sortIndicator == QStyleOptionHeader::None)
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_tokens.text2);
        const QPointF c = QRectF(option->rect).center();
        const double up = header->sortIndicator == QStyleOptionHeader::SortUp ? -1 : 1;
        painter->drawPolygon(
            QPolygonF({c + QPointF(-3.5, -2 * up), c + QPointF(3.5, -2 * up), c + QPointF(0, 2.5 * up)}));
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool isPrimary = flag(widget, "primary");
    const bool isFlat = flag(widget, "flat") || (qstyleoption_cast<const QStyleOptionToolButton *>(option) &&
                                                 (option->state & State_AutoRaise));
    const bool isEnabled = option->state & State_Enabled;
    const bool isOn = option->state & State_On;
    const bool isDown = option->state & State_Sunken;
    const bool isHovered = isEnabled && (option->state & State_MouseOver);
    const QString segment = widget ? widget->property("segment").toString() : QString();

    QColor fill = m_tokens.card, line = m_tokens.border;
    if (isPrimary) {
        fill = line = isEnabled ? m_tokens.accentFill : m_tokens.neutralSoft;
    } else if (isOn) {
        fill = m_tokens.accentSoft;
        line = m_tokens.accent;
    } else if (isFlat) {
        fill = line = Qt::transparent;
    }
    if (isHovered || isDown)
        fill = fill.alpha() == 0
                   ? (isDown ? colour::faded(m_tokens.hover, m_tokens.hover.alphaF() * 2) : m_tokens.hover)
                   : colour::over(
                         colour::faded(m_tokens.hover, m_tokens.hover.alphaF() * (isDown ? 2.5 : 1.2)), fill);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF rect = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = size::kControlRadius;
    QPainterPath shape;
    if (segment.isEmpty()) {
        shape.addRoundedRect(rect, radius, radius);
    } else {
        // Joined buttons share an edge: the outer ones reach under their neighbour's clip.
        const bool isRtl = option->direction == Qt::RightToLeft;
        const bool isLeftmost = segment == (isRtl ? QLatin1String("last") : QLatin1String("first"));
        const bool isRightmost = segment == (isRtl ? QLatin1String("first") : QLatin1String("last"));
        painter->setClipRect(option->rect);
        if (!isOn)
            rect.adjust(isLeftmost ? 0 : -1, 0, 0, 0);
        if (isLeftmost || isRightmost) {
            QRectF wide = rect;
            if (isLeftmost)
                wide.setRight(rect.right() + radius);
            else
                wide.setLeft(rect.left() - radius);
            QPainterPath rounded, box;
            rounded.addRoundedRect(wide, radius, radius);
            box.addRect(rect);
            shape = rounded.intersected(box);
        } else {
            shape.addRect(rect);
        }
    }
    painter->setPen(line.alpha() == 0 ? Qt::NoPen : QPen(line, 1));
    painter->setBrush(fill);
    painter->drawPath(shape);
    painter->restore();
}

void Style::drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        frame && frame->lineWidth <= 0) // inside a combo box or spin box, or frameless
        return;
    const bool isFocused = option->state & State_HasFocus;
    const bool isInvalid = flag(widget, "invalid");
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(option->state & State_Enabled ? m_tokens.card : m_tokens.inset);
    const double width = isFocused ? 2 : 1;
    painter->setPen(QPen(isInvalid   ? m_tokens.bad
                         : isFocused ? m_tokens.accent
                                     : m_tokens.borderStrong,
                         width));
    const double inset = width / 2;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset),
                             size::kControlRadius - 1, size::kControlRadius - 1);
    painter->restore();
}

void Style::drawCheck(const QStyleOption *option, QPainter *painter, bool isRound) const
{
    const bool isOn = option->state & State_On;
    const bool isPartly = option->state & State_NoChange;
    const bool isEnabled = option->state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF box(option->rect);
    const double side = std::min({box.width(), box.height(), 16.0});
    box = QRectF(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side))
              .adjusted(0.75, 0.75, -0.75, -0.75);
    const bool isFilled = (isOn || isPartly) && !isRound;
    painter->setPen(QPen(isOn || isPartly ? (isEnabled ? m_tokens.accentFill : m_tokens.borderStrong)
                                          : m_tokens.borderStrong,
                         isRound && isOn ? 1.75 : 1.25));
    painter->setBrush(isFilled ? (isEnabled ? m_tokens.accentFill : m_tokens.borderStrong) : m_tokens.card);
    if (isRound)
        painter->drawEllipse(box);
    else
        painter->drawRoundedRect(box, 4, 4);
    if (isRound && isOn) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isEnabled ? m_tokens.accentFill : m_tokens.borderStrong);
        painter->drawEllipse(box.center(), 3.6, 3.6);
    } else if (isOn) {
        painter->setPen(QPen(m_tokens.onAccent, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        const QPointF c = box.center();
        painter->drawPolyline(
            QPolygonF({c + QPointF(-3.4, 0.2), c + QPointF(-1, 2.6), c + QPointF(3.6, -2.6)}));
    } else if (isPartly) {
        painter->setPen(QPen(m_tokens.onAccent, 1.75, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(box.center() - QPointF(3, 0), box.center() + QPointF(3, 0));
    }
    painter->restore();
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const int height = scaled(size::kControlHeight);
    switch (type) {
    case CT_PushButton: {
        const bool hasText = [&] {
            const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            return button && !button->text.isEmpty();
        }();
        return {std::max(hasText ? size.width() + 28 : size.width() + 14, height),
                std::max(height, size.height() + 8)};
    }
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool hasText =
            button && !button->text.isEmpty() && button->toolButtonStyle != Qt::ToolButtonIconOnly;
        const bool hasMenu = button && (button->features & QStyleOptionToolButton::HasMenu);
        return {std::max(size.width() + (hasText ? 22 : 14), height) + (hasMenu && hasText ? 14 : 0),
                std::max(height, size.height() + 6)};
    }
    case CT_LineEdit:
        return {size.width() + 12, std::max(height, size.height() + 8)};
    case CT_ComboBox:
        return {size.width() + 44, std::max(height, size.height() + 8)};
    case CT_HeaderSection: {
        QSize s = QProxyStyle::sizeFromContents(type, option, size, widget);
        s.setHeight(std::max(s.height(), scaled(size::kHeaderHeight)));
        return s;
    }
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), 9};
        QSize s = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {s.width() + 18, scaled(28)};
    }
    case CT_MenuBarItem:
        return {size.width() + 14, scaled(28)};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_MenuBarHMargin:
        return 8;
    case PM_MenuBarItemSpacing:
        return 2;
    case PM_MenuVMargin:
    case PM_MenuHMargin:
        return 5;
    case PM_MenuPanelWidth:
        return 1;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SplitterWidth:
        return size::kCardGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
        return 16;
    case PM_ToolBarIconSize:
        return 18;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_HeaderMargin:
        return 8;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_FocusFrameHMargin:
        return 2;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    // A field with a frame and nothing inside it but its text: that does not touch the frame.
    const auto *field = element == SE_LineEditContents ? qobject_cast<const QLineEdit *>(widget) : nullptr;
    return field && field->hasFrame() && field->textMargins().isNull() ? rect.adjusted(6, 0, -6, 0) : rect;
}

QIcon Style::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    return icon == SP_LineEditClearButton ? themedIcon(IconId::Close) : QProxyStyle::standardIcon(icon, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking:
    case SH_ItemView_ActivateItemOnSingleClick:
        return hint != SH_ItemView_ActivateItemOnSingleClick;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Widget_Animation_Duration:
        return m_isMotionReduced ? 0 : 120;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace telltale
