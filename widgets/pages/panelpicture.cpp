// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/panelpicture.h"

#include "widgets/controls/card.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/mirroring.h"

#include <QAbstractScrollArea>
#include <QBuffer>
#include <QCoreApplication>
#include <QEvent>
#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgGenerator>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kMargin = 14;
constexpr int kCaptionGap = 8;
constexpr double kMostCaption = 900; ///< a wide panel's lines would be too long to read

double captionLeading()
{
    return std::ceil(QFontMetricsF(fontFor(FontRole::Caption)).height() * 1.15);
}

/// As many as fit a line, one after the other.
QStringList captionLines(const std::vector<std::pair<QString, QString>> &asked, double width)
{
    const QFontMetricsF metrics(fontFor(FontRole::Caption));
    const QString between = QStringLiteral("  ·  ");
    QStringList lines;
    for (const auto &[what, value] : asked) {
        QString said = what + QStringLiteral(": ") + value;
        said.replace(u'\n', u' ');
        if (!lines.isEmpty() && metrics.horizontalAdvance(lines.back() + between + said) <= width)
            lines.back() += between + said;
        else
            lines << metrics.elidedText(said, Qt::ElideRight, width);
    }
    return lines;
}

/// The ⋯ buttons of all panels are not seen while it lives; what stands beside them stays where it is.
class HiddenButtons
{
public:
    explicit HiddenButtons(QWidget &widget)
    {
        QList<Card *> cards = widget.findChildren<Card *>();
        if (auto *card = qobject_cast<Card *>(&widget))
            cards << card;
        for (const Card *card : std::as_const(cards)) {
            QToolButton *button = card->menuButton();
            if (button->isHidden())
                continue;
            m_before.emplace_back(button, button->sizePolicy());
            QSizePolicy keepsRoom = button->sizePolicy();
            keepsRoom.setRetainSizeWhenHidden(true);
            button->setSizePolicy(keepsRoom);
            button->hide();
        }
    }
    ~HiddenButtons()
    {
        for (const auto &[button, policy] : m_before) {
            button->setVisible(true);
            button->setSizePolicy(policy);
        }
    }
    Q_DISABLE_COPY_MOVE(HiddenButtons)

private:
    std::vector<std::pair<QToolButton *, QSizePolicy>> m_before;
};

/// QSvgGenerator can not clip. What stands in a viewport is painted between two marks, which clip() turns into groups that are clipped.
class ClipMarks final : public QObject
{
public:
    /// Watches all that scrolls in `panel`, as long as it lives.
    ClipMarks(QWidget &panel, QPoint offset)
    {
        for (auto *area : panel.findChildren<QAbstractScrollArea *>()) {
            QWidget *viewport = area->viewport();
            const QRect rect = QRect(viewport->mapTo(&panel, QPoint()), viewport->size()).translated(offset);
            QList<QWidget *> scrolled = viewport->findChildren<QWidget *>();
            scrolled << viewport;
            for (QWidget *widget : std::as_const(scrolled)) {
                m_clips[widget] = rect;
                widget->installEventFilter(this);
            }
        }
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || m_isInside)
            return false;
        auto *widget = static_cast<QWidget *>(watched);
        m_isInside = true;
        mark(*widget, QStringLiteral("begin %1 %2 %3 %4").arg(m_clips[widget].x()).arg(m_clips[widget].y()).arg(m_clips[widget].width()).arg(m_clips[widget].height()));
        QCoreApplication::sendEvent(watched, event);
        mark(*widget, QStringLiteral("end"));
        m_isInside = false;
        return true;
    }
    /// QSvgGenerator opens a group for every state of the painter and closes it at the next one: a clipped group stands between two.
    static QByteArray clip(const QByteArray &svg)
    {
        static const QRegularExpression kMark(QStringLiteral("<text[^>]*>telltale-clip (begin|end)(?: (-?\\d+) (-?\\d+) (\\d+) (\\d+))?</text>"));
        const QString text = QString::fromUtf8(svg);
        QString out;
        qsizetype copied = 0;
        int number = 0;
        for (auto marks = kMark.globalMatch(text); marks.hasNext();) {
            const auto found = marks.next();
            out += QStringView(text).mid(copied, found.capturedStart() - copied);
            copied = found.capturedEnd();
            if (found.captured(1) == u"end") {
                out += QStringLiteral("</g>\n</g>\n<g>");
                continue;
            }
            ++number;
            out += QStringLiteral("</g>\n<clipPath id=\"clip%1\"><rect x=\"%2\" y=\"%3\" width=\"%4\" height=\"%5\"/></clipPath>\n"
                                  "<g clip-path=\"url(#clip%1)\">\n<g>")
                       .arg(number)
                       .arg(found.captured(2), found.captured(3), found.captured(4), found.captured(5));
        }
        out += QStringView(text).mid(copied);
        return out.toUtf8();
    }

private:
    static void mark(QWidget &widget, const QString &what)
    {
        QPainter painter(&widget);
        painter.drawText(0, 0, QStringLiteral("telltale-clip ") + what);
    }

    QHash<QObject *, QRect> m_clips;
    bool m_isInside = false;
};

} // namespace

PanelPicture::PanelPicture(QWidget &widget, QString title, std::vector<std::pair<QString, QString>> asked)
    : m_widget(widget)
    , m_title(std::move(title))
    , m_asked(std::move(asked))
    , m_caption(captionLines(m_asked, std::min<double>(widget.width(), kMostCaption)))
{
    const int caption = m_caption.isEmpty() ? 0 : kCaptionGap + static_cast<int>(static_cast<double>(m_caption.size()) * captionLeading());
    m_size = widget.size() + QSize(2 * kMargin, 2 * kMargin + caption);
}

QString PanelPicture::description() const
{
    QStringList lines;
    for (const auto &[what, value] : m_asked)
        lines << what + QStringLiteral(": ") + value;
    return lines.join(u'\n');
}

void PanelPicture::paint(QPainter &painter) const
{
    const Tokens &tokens = tokensOf(&m_widget);
    painter.fillRect(QRect(QPoint(), m_size), tokens.window);
    const HiddenButtons hidden(m_widget);
    m_widget.render(&painter, QPoint(kMargin, kMargin), {}, QWidget::DrawChildren);
    painter.setFont(fontFor(FontRole::Caption));
    painter.setPen(tokens.text2);
    double y = kMargin + m_widget.height() + kCaptionGap;
    for (const QString &line : m_caption) {
        drawWords(&painter, QRectF(kMargin, y, m_widget.width(), captionLeading()),
                  (m_widget.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, line);
        y += captionLeading();
    }
}

QImage PanelPicture::image(double scale) const
{
    QImage image((QSizeF(m_size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.setText(QStringLiteral("Title"), m_title);
    image.setText(QStringLiteral("Description"), description());
    image.setText(QStringLiteral("Software"), QStringLiteral("Telltale " TELLTALE_VERSION));
    QPainter painter(&image);
    paint(painter);
    return image;
}

QByteArray PanelPicture::svg() const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(m_widget.logicalDpiY()); // fonts are as large as on the screen
    generator.setSize(m_size);
    generator.setViewBox(QRect(QPoint(), m_size));
    generator.setTitle(m_title.toHtmlEscaped());
    generator.setDescription(description().toHtmlEscaped());
    const ClipMarks marks(m_widget, QPoint(kMargin, kMargin));
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    return ClipMarks::clip(bytes);
}

} // namespace telltale
