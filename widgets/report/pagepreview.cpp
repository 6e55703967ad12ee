// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pagepreview.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace telltale {
namespace {

constexpr double kMargin = 14;
constexpr int kShadow = 8;
constexpr int kNotch = 120; ///< of a wheel

} // namespace

PagePreview::PagePreview(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Preview of the report"));
    setMinimumSize(220, 280);
}

void PagePreview::setPages(std::shared_ptr<const ReportPages> pages)
{
    m_pages = std::move(pages);
    m_page = std::clamp(m_page, 0, std::max(0, pageCount() - 1));
    showChange();
}

void PagePreview::setPage(int page)
{
    page = std::clamp(page, 0, std::max(0, pageCount() - 1));
    if (page == m_page)
        return;
    m_page = page;
    showChange();
}

void PagePreview::showChange()
{
    m_picture = {};
    setAccessibleDescription(m_pages ? tr("Page %1 of %2. %3").arg(m_page + 1).arg(pageCount()).arg(pageText()) : QString());
    update();
    Q_EMIT pageChanged(m_page, pageCount());
}

QString PagePreview::pageText() const
{
    QStringList texts;
    if (m_pages && !m_pages->pages.empty()) {
        for (const Shape &shape : m_pages->pages[static_cast<std::size_t>(m_page)]) {
            if (shape.kind == Shape::Kind::Text)
                texts << shape.text;
        }
    }
    return texts.join(QLatin1Char(' '));
}

QRectF PagePreview::sheet() const
{
    const QSizeF paper = m_pages ? m_pages->paper : paperSize(ReportPaper::A4);
    const QSizeF fits = paper.scaled(QSizeF(size()) - QSizeF(2 * kMargin, 2 * kMargin), Qt::KeepAspectRatio);
    return {QPointF(std::floor((width() - fits.width()) / 2), std::floor((height() - fits.height()) / 2)), fits};
}

void PagePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    const QRectF paper = sheet();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = kShadow; i > 0; --i) {
        QColor shadow = tokens.shadow;
        shadow.setAlphaF(static_cast<float>(shadow.alphaF() * 0.16 * (1 - i / (kShadow + 1.0))));
        painter.setBrush(shadow);
        painter.drawRoundedRect(paper.adjusted(-i, -i + 2, i, i + 2), i, i);
    }
    painter.fillRect(paper, Tokens::light().card); // paper is white in every theme
    if (m_pages && !m_pages->pages.empty()) {
        const double ratio = paintRatio(painter);
        const QSize pixels = (paper.size() * ratio).toSize();
        if (m_picture.size() != pixels) {
            m_picture = QPixmap(pixels);
            m_picture.fill(Tokens::light().card);
            QPainter page(&m_picture);
            const double scale = pixels.width() / m_pages->paper.width();
            page.scale(scale, scale);
            paintDrawing(page, m_pages->pages[static_cast<std::size_t>(m_page)], Tokens::light());
        }
        painter.drawPixmap(paper, m_picture, QRectF(m_picture.rect()));
    }
    if (hasFocus())
        drawFocusRing(&painter, paper.adjusted(-3, -3, 3, 3), 4, tokens);
}

void PagePreview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_picture = {};
}

void PagePreview::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_PageDown:
    case Qt::Key_Right:
    case Qt::Key_Down:
        setPage(m_page + 1);
        break;
    case Qt::Key_PageUp:
    case Qt::Key_Left:
    case Qt::Key_Up:
        setPage(m_page - 1);
        break;
    case Qt::Key_Home:
        setPage(0);
        break;
    case Qt::Key_End:
        setPage(pageCount() - 1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PagePreview::wheelEvent(QWheelEvent *event)
{
    m_wheel += event->angleDelta().y();
    while (m_wheel <= -kNotch) {
        setPage(m_page + 1);
        m_wheel += kNotch;
    }
    while (m_wheel >= kNotch) {
        setPage(m_page - 1);
        m_wheel -= kNotch;
    }
    event->accept();
}

} // namespace telltale
