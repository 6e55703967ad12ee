// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/codeview.h"

#include "widgets/controls/buttons.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <cmath>

namespace telltale {

namespace {

constexpr qsizetype kLongestShown = 1 << 20;
constexpr int kPadding = 12;

} // namespace

CodeView::CodeView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_copy(makeIconButton(IconId::Copy, tr("Copy"), this, true))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setLayoutDirection(Qt::LeftToRight); // code is, in every language
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    m_copy->setFixedSize(28, 28);
    connect(m_copy, &QToolButton::clicked, this, &CodeView::copyAll);
    // The numbers stand beside the viewport and do not scroll by themselves.
    connect(this, &QPlainTextEdit::updateRequest, this, [this] {
        if (m_firstLine > 0)
            update();
    });
    restyle();
}

void CodeView::setCode(const QString &code)
{
    if (code == m_code && !toPlainText().isEmpty())
        return;
    m_code = code;
    QString shown = code;
    if (shown.size() > kLongestShown) {
        shown.truncate(kLongestShown);
        shown += QLatin1Char('\n') + tr("… cut here; Copy takes all of it");
    }
    setPlainText(shown);
    restyle();
    updateGeometry();
}

void CodeView::setFirstLineNumber(int first)
{
    m_firstLine = first;
    restyle();
}

void CodeView::setMarkedLine(int number)
{
    m_markedLine = number;
    viewport()->update();
}

void CodeView::setVisibleLines(int lines)
{
    m_visibleLines = lines;
    updateGeometry();
}

void CodeView::setCommentPrefix(const QString &prefix)
{
    m_commentPrefix = prefix;
    restyle();
}

int CodeView::numbersWidth() const
{
    if (m_firstLine <= 0)
        return 0;
    const int digits = int(QString::number(m_firstLine + blockCount()).size());
    return int(
        std::ceil(QFontMetricsF(fontFor(FontRole::Code)).horizontalAdvance(QLatin1Char('0')) * (digits + 2)));
}

void CodeView::restyle()
{
    setFont(fontFor(FontRole::Code));
    setViewportMargins(kPadding + numbersWidth(), kPadding - 2, kPadding, kPadding - 2);
    const Tokens &tokens = tokensOf(this);
    QList<QTextEdit::ExtraSelection> comments;
    if (!m_commentPrefix.isEmpty()) {
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
            if (!block.text().trimmed().startsWith(m_commentPrefix))
                continue;
            QTextEdit::ExtraSelection grey;
            grey.cursor = QTextCursor(block);
            grey.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
            grey.format.setForeground(tokens.text3);
            comments.append(grey);
        }
    }
    setExtraSelections(comments);
}

QSize CodeView::sizeHint() const
{
    const QFontMetricsF metrics(fontFor(FontRole::Code));
    const int lines = std::clamp(blockCount(), 1, m_visibleLines > 0 ? m_visibleLines : 12);
    return {320, int(std::ceil(lines * metrics.lineSpacing())) + 2 * kPadding};
}

QSize CodeView::minimumSizeHint() const
{
    return {120, m_visibleLines > 0 ? sizeHint().height() : 60};
}

void CodeView::copyAll()
{
    QGuiApplication::clipboard()->setText(m_code);
    m_copy->setIcon(themedIcon(IconId::Check, Ink::Ok));
    Q_EMIT copied();
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const int bar = verticalScrollBar()->isVisible() ? verticalScrollBar()->width() : 0;
    m_copy->move(width() - m_copy->width() - 6 - bar, 6);
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

bool CodeView::event(QEvent *event)
{
    if (event->type() == QEvent::Paint) { // of the frame; the text's own comes to the viewport
        paintPanel();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void CodeView::paintPanel()
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    painter.setPen(QPen(hasFocus() ? tokens.accent : tokens.border, hasFocus() ? 2 : 1));
    painter.setBrush(tokens.inset);
    const double inset = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), size::kControlRadius,
                            size::kControlRadius);
    if (m_firstLine <= 0)
        return;
    painter.setFont(fontFor(FontRole::Code));
    painter.setClipRect(QRect(0, viewport()->y(), width(), viewport()->height()));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF line =
            blockBoundingGeometry(block).translated(contentOffset()).translated(0, viewport()->y());
        if (line.top() > viewport()->geometry().bottom())
            break;
        const int number = m_firstLine + block.blockNumber();
        if (number == m_markedLine)
            painter.fillRect(QRectF(2, line.top(), width() - 4, line.height()), tokens.badSoft);
        painter.setPen(number == m_markedLine ? tokens.text : tokens.text3);
        painter.drawText(QRectF(0, line.top(), viewport()->x() - kPadding, line.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
    }
}

void CodeView::paintEvent(QPaintEvent *event)
{
    const Tokens &tokens = tokensOf(this);
    {
        QPainter painter(viewport());
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF line = blockBoundingGeometry(block).translated(contentOffset());
            if (line.top() > viewport()->height())
                break;
            if (m_markedLine > 0 && m_firstLine + block.blockNumber() == m_markedLine)
                painter.fillRect(QRectF(0, line.top(), viewport()->width(), line.height()), tokens.badSoft);
        }
    }
    QPlainTextEdit::paintEvent(event);
}

} // namespace telltale
