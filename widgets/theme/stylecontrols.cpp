// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Style that draws whole controls: menus, headers, scroll bars, combo boxes.
#include "widgets/theme/style.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"

#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

namespace telltale {

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButton:
        drawControl(CE_PushButtonBevel, option, painter, widget);
        drawControl(CE_PushButtonLabel, option, painter, widget);
        if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
            drawFocusRing(painter, option->rect, size::kControlRadius - 1, m_tokens);
        return;
    case CE_PushButtonBevel:
        drawButton(option, painter, widget);
        return;
    case CE_PushButtonLabel: {
        QStyleOptionButton copy = *qstyleoption_cast<const QStyleOptionButton *>(option);
        QColor ink = m_tokens.text;
        if (!(option->state & State_Enabled))
            ink = m_tokens.text3;
        else if (widget && widget->property("primary").toBool())
            ink = m_tokens.onAccent;
        else if (widget && widget->property("danger").toBool())
            ink = m_tokens.bad;
        else if (option->state & State_On)
            ink = m_tokens.accent;
        if (!copy.icon.isNull() && !copy.text.isEmpty()) {
            drawIconAndText(&copy, copy.icon, copy.iconSize, copy.text, ink, painter);
            return;
        }
        copy.palette.setColor(QPalette::ButtonText, ink);
        QProxyStyle::drawControl(element, &copy, painter, widget);
        return;
    }
    case CE_ToolButtonLabel: {
        QStyleOptionToolButton copy = *qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool isAccent = (option->state & State_On) || (widget && widget->property("link").toBool());
        const QColor ink = !(option->state & State_Enabled) ? m_tokens.text3
                           : isAccent                       ? m_tokens.accent
                                                            : m_tokens.text;
        if (copy.toolButtonStyle == Qt::ToolButtonTextBesideIcon && !copy.icon.isNull() &&
            !copy.text.isEmpty()) {
            painter->setFont(copy.font);
            drawIconAndText(&copy, copy.icon, copy.iconSize, copy.text, ink, painter);
            return;
        }
        if (keepsShapes(*painter) && !copy.icon.isNull() && (copy.text.isEmpty() || copy.toolButtonStyle == Qt::ToolButtonIconOnly)) {
            copy.icon.paint(painter, copy.rect, Qt::AlignCenter, option->state & State_Enabled ? QIcon::Normal : QIcon::Disabled,
                            option->state & State_On ? QIcon::On : QIcon::Off);
            return;
        }
        copy.palette.setColor(QPalette::ButtonText, ink);
        QProxyStyle::drawControl(element, &copy, painter, widget);
        return;
    }
    case CE_CheckBoxLabel: {
        QStyleOptionButton copy = *qstyleoption_cast<const QStyleOptionButton *>(option);
        copy.text = copy.fontMetrics.elidedText(copy.text, Qt::ElideRight, copy.rect.width(), Qt::TextShowMnemonic);
        QProxyStyle::drawControl(element, &copy, painter, widget);
        return;
    }
    case CE_ItemViewItem: {
        QStyleOptionViewItem copy = *qstyleoption_cast<const QStyleOptionViewItem *>(option);
        copy.palette.setColor(QPalette::HighlightedText, m_tokens.text);
        QProxyStyle::drawControl(element, &copy, painter, widget);
        return;
    }
    case CE_MenuItem:
        drawMenuItem(option, painter, widget);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_tokens.sidebar);
        return;
    case CE_MenuBarItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        painter->fillRect(option->rect, m_tokens.sidebar);
        if (!item)
            return;
        if (option->state & (State_Selected | State_Sunken)) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour::faded(m_tokens.text, m_tokens.isDark ? 0.14 : 0.08));
            painter->drawRoundedRect(QRectF(option->rect).adjusted(0, 2, 0, -2), 5, 5);
            painter->restore();
        }
        painter->setPen(option->state & State_Enabled ? m_tokens.text2 : m_tokens.text3);
        painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                          item->text);
        return;
    }
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeader(option, painter);
        return;
    case CE_HeaderLabel: {
        QStyleOptionHeader copy = *qstyleoption_cast<const QStyleOptionHeader *>(option);
        copy.palette.setColor(QPalette::ButtonText, m_tokens.text2);
        copy.state.setFlag(State_On, false); // no bold for selected columns
        QProxyStyle::drawControl(element, &copy, painter, widget);
        return;
    }
    case CE_Splitter:
        if (option->state & State_MouseOver) {
            QRect line = option->rect;
            if (option->state & State_Horizontal)
                line = QRect(line.center().x(), line.top() + 8, 2, line.height() - 16);
            else
                line = QRect(line.left() + 8, line.center().y(), line.width() - 16, 2);
            painter->fillRect(line, m_tokens.border);
        }
        return;
    case CE_ProgressBarGroove:
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_tokens.neutralSoft);
        painter->drawRoundedRect(option->rect, 3, 3);
        painter->restore();
        return;
    case CE_ShapedFrame: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            QRect line = option->rect;
            if (frame->frameShape == QFrame::HLine)
                line = QRect(line.left(), line.center().y(), line.width(), 1);
            else
                line = QRect(line.center().x(), line.top(), 1, line.height());
            painter->fillRect(line, m_tokens.border);
            return;
        }
        break;
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawIconAndText(const QStyleOption *option, const QIcon &icon, const QSize &iconSize,
                            const QString &text, const QColor &ink, QPainter *painter) const
{
    constexpr int kGap = 6;
    const QFontMetrics metrics = painter->fontMetrics();
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text).width();
    const int width = std::min(iconSize.width() + kGap + textWidth, option->rect.width());
    const int left = option->rect.left() + (option->rect.width() - width) / 2;
    const QRect iconRect(left, option->rect.center().y() - iconSize.height() / 2 + 1, iconSize.width(),
                         iconSize.height());
    const QRect textRect(left + iconSize.width() + kGap, option->rect.top(), width - iconSize.width() - kGap,
                         option->rect.height());
    const bool isEnabled = option->state & State_Enabled;
    icon.paint(painter, visualRect(option->direction, option->rect, iconRect), Qt::AlignCenter,
               isEnabled ? QIcon::Normal : QIcon::Disabled,
               option->state & State_On ? QIcon::On : QIcon::Off);
    painter->setPen(ink);
    painter->drawText(visualRect(option->direction, option->rect, textRect),
                      Qt::AlignVCenter | Qt::AlignHCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, text);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        drawScrollBar(option, painter);
        return;
    }
    if (control == CC_ComboBox) {
        drawComboBox(option, painter, widget);
        return;
    }
    if (control == CC_ToolButton) {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (!button)
            return;
        drawButton(option, painter, widget);
        QStyleOptionToolButton label = *button;
        const bool hasArrow = (button->features & QStyleOptionToolButton::HasMenu) &&
                              !button->text.isEmpty() && button->toolButtonStyle != Qt::ToolButtonIconOnly;
        if (hasArrow)
            label.rect = visualRect(option->direction, option->rect, option->rect.adjusted(0, 0, -16, 0));
        drawControl(CE_ToolButtonLabel, &label, painter, widget);
        if (hasArrow) {
            const QRect corner(option->rect.right() - 21, option->rect.center().y() - 6, 13, 13);
            paintIcon(painter, IconId::ChevronDown, visualRect(option->direction, option->rect, corner),
                      m_tokens.text2);
        }
        if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
            drawFocusRing(painter, option->rect, size::kControlRadius - 1, m_tokens);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (combo && combo->editable) {
        QStyleOptionFrame frame;
        frame.QStyleOption::operator=(*option);
        frame.lineWidth = 1;
        drawField(&frame, painter, widget);
    } else {
        drawButton(option, painter, widget);
    }
    const QRect arrow = QRect(option->rect.right() - 24, option->rect.center().y() - 7, 14, 14);
    paintIcon(painter, IconId::ChevronDown, visualRect(option->direction, option->rect, arrow),
              option->state & State_Enabled ? m_tokens.text2 : m_tokens.text3);
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        drawFocusRing(painter, option->rect, size::kControlRadius - 1, m_tokens);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar) { // no arrows: the groove is everything
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const bool isHorizontal = bar->orientation == Qt::Horizontal;
        const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
        const double steps = double(bar->maximum) - bar->minimum + bar->pageStep;
        const int slider =
            bar->maximum == bar->minimum
                ? length
                : std::clamp(int(length * double(bar->pageStep) / steps),
                             std::min(length, pixelMetric(PM_ScrollBarSliderMin, option, widget)), length);
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - slider, bar->upsideDown);
        const auto along = [&](int from, int size) {
            const QRect r = isHorizontal
                                ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                                : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
            return isHorizontal ? visualRect(bar->direction, bar->rect, r) : r;
        };
        switch (part) {
        case SC_ScrollBarGroove:
            return bar->rect;
        case SC_ScrollBarSlider:
            return along(start, slider);
        case SC_ScrollBarSubPage:
            return along(0, start);
        case SC_ScrollBarAddPage:
            return along(start + slider, length - start - slider);
        default:
            return {};
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect, option->rect.adjusted(10, 2, -28, -2));
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return visualRect(option->direction, option->rect,
                          QRect(option->rect.right() - 28, option->rect.top(), 28, option->rect.height()));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum == bar->minimum)
        return;
    const bool isActive = option->state & (State_MouseOver | State_Sunken);
    QRectF handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    const double thickness = isActive ? 8 : 6;
    if (bar->orientation == Qt::Horizontal)
        handle =
            QRectF(handle.left() + 2, handle.center().y() - thickness / 2, handle.width() - 4, thickness);
    else
        handle =
            QRectF(handle.center().x() - thickness / 2, handle.top() + 2, thickness, handle.height() - 4);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour::faded(m_tokens.borderStrong, isActive ? 0.95 : 0.55));
    painter->drawRoundedRect(handle, thickness / 2, thickness / 2);
    painter->restore();
}

void Style::drawHeader(const QStyleOption *option, QPainter *painter) const
{
    painter->fillRect(option->rect, m_tokens.card);
    if (option->state & State_MouseOver)
        painter->fillRect(option->rect, m_tokens.hover);
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      m_tokens.border);
}

void Style::drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(
            QRect(option->rect.left() + 8, option->rect.center().y(), option->rect.width() - 16, 1),
            m_tokens.border);
        return;
    }
    const bool isEnabled = option->state & State_Enabled;
    const auto place = [&](const QRect &r) { return visualRect(option->direction, option->rect, r); };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if ((option->state & State_Selected) && isEnabled) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_tokens.accentSoft);
        painter->drawRoundedRect(QRectF(option->rect), 5, 5);
    }
    const QRect r = option->rect;
    const QRect markRect = place(QRect(r.left() + 8, r.center().y() - 8, 16, 16));
    if (item->checkType != QStyleOptionMenuItem::NotCheckable) {
        if (item->checked)
            paintIcon(painter, IconId::Check, markRect, m_tokens.accent);
    } else if (!item->icon.isNull()) {
        item->icon.paint(painter, markRect, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    }
    painter->setFont(item->font);
    painter->setPen(isEnabled ? m_tokens.text : m_tokens.text3);
    const qsizetype tab = item->text.indexOf(QLatin1Char('\t'));
    const QRect textRect = place(r.adjusted(32, 0, -12, 0));
    const int flags = Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine | Qt::AlignLeading;
    painter->drawText(textRect,
                      int(visualAlignment(option->direction, Qt::AlignLeft | Qt::AlignVCenter)) | flags,
                      tab < 0 ? item->text : item->text.left(tab));
    if (tab >= 0) {
        painter->setPen(m_tokens.text3);
        painter->drawText(textRect,
                          int(visualAlignment(option->direction, Qt::AlignRight)) | Qt::AlignVCenter |
                              Qt::TextSingleLine,
                          item->text.mid(tab + 1));
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect corner = place(QRect(r.right() - 20, r.center().y() - 7, 14, 14));
        paintIcon(painter, option->direction == Qt::RightToLeft ? IconId::ChevronLeft : IconId::ChevronRight,
                  corner, m_tokens.text2);
    }
    painter->restore();
}

} // namespace telltale
