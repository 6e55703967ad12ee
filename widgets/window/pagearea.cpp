// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/pagearea.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/tokens.h"

#include <QEvent>

namespace telltale {
namespace {

constexpr double kLargeText = 1.2;
constexpr double kReadableHeight = 500; ///< of a page, at the usual size of text

} // namespace

PageArea::PageArea(QWidget *pages, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // pages fit themselves to any width
    setFocusPolicy(Qt::NoFocus);
    setWidget(pages);
    viewport()->setAutoFillBackground(false);
    pages->setAutoFillBackground(false);
    followTextSize();
}

void PageArea::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        followTextSize();
}

void PageArea::followTextSize()
{
    // Any minimum of one's own is instead of what the layout would like.
    if (widget())
        widget()->setMinimumHeight(fontScale() > kLargeText ? scaled(kReadableHeight) : 1);
}

} // namespace telltale
