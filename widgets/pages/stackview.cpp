// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/stackview.h"

#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/style.h"

#include <QAbstractButton>
#include <QPainter>
#include <QVBoxLayout>

namespace telltale {

namespace {

/// A frame, or a folded run of them. Frames of the app are text, folds are buttons.
class FrameRow final : public QAbstractButton
{
public:
    FrameRow(const QString &left, const QString &right, bool isStrong, bool isFold, QWidget *parent)
        : QAbstractButton(parent)
        , m_right(right)
        , m_isStrong(isStrong)
        , m_isFold(isFold)
    {
        setText(left);
        setAccessibleName(right.isEmpty() ? left : left + QStringLiteral(", ") + right);
        setFocusPolicy(isFold ? Qt::TabFocus : Qt::NoFocus);
        if (isFold)
            setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setToolTip(left + (right.isEmpty() ? QString() : u'\n' + right));
    }

    QSize sizeHint() const override { return {scaled(120), scaled(m_isStrong ? 28 : 27)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_isStrong || (m_isFold && underMouse())) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_isStrong ? tokens.inset : tokens.hover);
            painter.drawRoundedRect(rect(), size::kBarRadius, size::kBarRadius);
        }
        const QRectF inner = QRectF(rect()).adjusted(scaled(10), 0, -scaled(10), 0);
        painter.setFont(fontFor(FontRole::Code));
        const double rightWidth =
            std::min(inner.width() * 0.5, painter.fontMetrics().horizontalAdvance(m_right) + 2.0);
        paintText(&painter,
                  {inner.left(), inner.top(), inner.width() - rightWidth - scaled(8), inner.height()},
                  FontRole::Code, m_isFold ? tokens.text3 : tokens.text, text());
        paintText(&painter, {inner.right() - rightWidth, inner.top(), rightWidth, inner.height()},
                  FontRole::Code, tokens.text3, m_right, Qt::AlignRight | Qt::AlignVCenter);
        if (showsFocus(this))
            drawFocusRing(&painter, rect(), size::kBarRadius, tokens);
    }

private:
    QString m_right;
    bool m_isStrong;
    bool m_isFold;
};

} // namespace

StackView::StackView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void StackView::setStack(const std::string &stack)
{
    if (stack == m_stack && m_layout->count() > 0)
        return;
    m_stack = stack;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    if (stack.empty()) {
        m_layout->addWidget(
            new PlainLabel(tr("This error came without a stack."), FontRole::Secondary, Ink::Text3));
        return;
    }
    const std::vector<ShownFrame> frames = shownFrames(stack);
    if (frames.empty()) {
        auto *code = new CodeView;
        code->setAccessibleName(tr("Stack trace"));
        code->setCode(QString::fromStdString(stack));
        code->setVisibleLines(12);
        m_layout->addWidget(code);
        return;
    }
    bool isFirst = true;
    std::vector<ShownFrame> folded;
    for (const ShownFrame &frame : frames) {
        if (!frame.isInApp) {
            folded.push_back(frame);
            continue;
        }
        if (!folded.empty())
            addFold(std::exchange(folded, {}));
        addFrame(frame, isFirst);
        isFirst = false;
    }
    if (!folded.empty())
        addFold(std::move(folded));
}

void StackView::addFrame(const ShownFrame &frame, bool isFirst)
{
    m_layout->addWidget(new FrameRow(frame.function, frame.place, isFirst, false, this));
}

void StackView::addFold(std::vector<ShownFrame> frames)
{
    auto *holder = new QWidget(this);
    auto *layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *fold = new FrameRow(tr("%n system frame(s)", nullptr, static_cast<int>(frames.size())),
                              frames.front().module, false, true, holder);
    fold->setCheckable(true);
    layout->addWidget(fold);
    m_layout->addWidget(holder);
    connect(fold, &QAbstractButton::toggled, holder,
            [layout, holder, frames = std::move(frames)](bool isOpen) {
                if (isOpen && layout->count() == 1) {
                    for (const ShownFrame &frame : frames)
                        layout->addWidget(new FrameRow(QStringLiteral("  ") + frame.function, frame.place,
                                                       false, false, holder));
                }
                for (int i = 1; i < layout->count(); ++i)
                    layout->itemAt(i)->widget()->setVisible(isOpen);
            });
}

} // namespace telltale
