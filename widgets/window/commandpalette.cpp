// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/commandpalette.h"

#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kWidth = 640;
constexpr int kTop = 110;
constexpr int kField = 54;
constexpr int kFoot = 34;
constexpr int kRow = 36;
constexpr int kHeading = 28;
constexpr int kMostRows = 11;
constexpr int kMostRemembered = 20;

class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {scaled(200), scaled(index.data(PaletteModel::HeadingRole).toBool() ? kHeading : kRow)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        const QRectF rect = QRectF(option.rect).adjusted(scaled(8), 1, -scaled(8), -1);
        if (index.data(PaletteModel::HeadingRole).toBool()) {
            paintText(painter, rect.adjusted(scaled(10), 4, 0, 0), FontRole::GroupLabel, tokens.text2, index.data().toString().toUpper());
            painter->restore();
            return;
        }
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.accentSoft);
            painter->drawRoundedRect(rect, size::kControlRadius, size::kControlRadius);
        }
        const double icon = scaled(16);
        paintIcon(painter, static_cast<IconId>(index.data(PaletteModel::IconRole).toInt()),
                  QRectF(rect.left() + scaled(12), rect.center().y() - icon / 2, icon, icon), tokens.text2);
        const QString key = index.data(PaletteModel::KeyRole).toString();
        const double keyWidth = key.isEmpty() ? 0 : QFontMetricsF(fontFor(FontRole::SecondaryStrong)).horizontalAdvance(key) + scaled(14);
        paintText(painter, {rect.right() - keyWidth, rect.top(), keyWidth - scaled(10), rect.height()}, FontRole::SecondaryStrong, tokens.text2, key,
                  Qt::AlignRight | Qt::AlignVCenter);
        const double left = rect.left() + scaled(40);
        const double room = rect.right() - keyWidth - left - scaled(8);
        const QString title = index.data().toString();
        const double titleWidth = std::min(room, QFontMetricsF(fontFor(FontRole::BodyStrong)).horizontalAdvance(title) + 2);
        paintText(painter, {left, rect.top(), titleWidth, rect.height()}, FontRole::BodyStrong, tokens.text, title);
        paintText(painter, {left + titleWidth + scaled(10), rect.top(), room - titleWidth - scaled(10), rect.height()}, FontRole::Secondary,
                  tokens.text2, index.data(PaletteModel::DetailRole).toString());
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
{
    hide();
    setAccessibleName(tr("Command palette"));
    m_field->setFrame(false);
    m_field->setPlaceholderText(tr("Search commands, views, features, errors, sessions"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_field->setFont(fontFor(FontRole::TrackValueSmall));
    m_field->setMaxLength(200);
    m_field->installEventFilter(this);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setQuery(text);
        choose(m_model.firstEntry());
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { run(index.row()); });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex &index) {
        if (m_model.entry(index.row()))
            m_list->setCurrentIndex(index);
    });
    window->installEventFilter(this);
}

void CommandPalette::open(std::vector<PaletteEntry> entries)
{
    m_before = QApplication::focusWidget();
    m_field->clear();
    m_model.setQuery({});
    setEntries(std::move(entries));
    layOut();
    raise();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::setEntries(std::vector<PaletteEntry> entries)
{
    m_model.setEntries(std::move(entries));
    choose(m_model.firstEntry());
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

QRect CommandPalette::panel() const
{
    const int wide = std::min(scaled(kWidth), width() - 48);
    int list = 0;
    for (int row = 0; row < std::min(m_model.rowCount(), kMostRows); ++row)
        list += scaled(m_model.entry(row) ? kRow : kHeading);
    const int high = std::min(scaled(kField) + std::max(list, scaled(kRow)) + 12 + scaled(kFoot), height() - scaled(kTop) - 24);
    return {(width() - wide) / 2, scaled(kTop), wide, high};
}

void CommandPalette::layOut()
{
    setGeometry(parentWidget()->rect());
    const QRect box = panel();
    m_field->setGeometry(box.left() + scaled(50), box.top() + 4, box.width() - scaled(66), scaled(kField) - 8);
    m_list->setGeometry(box.left() + 1, box.top() + scaled(kField) + 5, box.width() - 2, box.height() - scaled(kField) - scaled(kFoot) - 10);
    update();
}

void CommandPalette::choose(int row)
{
    m_list->setCurrentIndex(m_model.index(row));
    layOut();
}

void CommandPalette::run(int row)
{
    const PaletteEntry *entry = m_model.entry(row);
    if (!entry)
        return;
    const auto work = entry->run; // closing may take the entries away
    QStringList recent = m_recent;
    recent.removeAll(entry->id());
    recent.prepend(entry->id());
    close();
    setRecent(recent.mid(0, kMostRemembered));
    Q_EMIT recentChanged();
    if (work)
        work();
}

void CommandPalette::setRecent(const QStringList &ids)
{
    m_recent = ids;
    m_model.setRecent(ids);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor dim = tokens.window;
    dim.setAlphaF(0.62F);
    painter.fillRect(rect(), dim);
    const QRectF box = QRectF(panel()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(tokens.borderStrong, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(box, size::kPopoverRadius, size::kPopoverRadius);
    const double icon = scaled(20);
    paintIcon(&painter, IconId::Search, QRectF(box.left() + scaled(18), box.top() + (scaled(kField) - icon) / 2, icon, icon), tokens.text2);
    painter.setPen(QPen(tokens.border, 1));
    const double upper = box.top() + scaled(kField), lower = box.bottom() - scaled(kFoot);
    painter.drawLine(QPointF(box.left() + 1, upper), QPointF(box.right() - 1, upper));
    painter.drawLine(QPointF(box.left() + 1, lower), QPointF(box.right() - 1, lower));
    if (m_model.rowCount() == 0)
        paintText(&painter, {box.left() + scaled(50), upper, box.width() - scaled(66), lower - upper}, FontRole::Body, tokens.text2,
                  tr("Nothing is called that."));
    paintText(&painter, {box.left() + scaled(18), lower, box.width() - scaled(36), box.bottom() - lower}, FontRole::Secondary, tokens.text2,
              tr("↑ ↓ choose     Enter run     Esc close     > commands     # errors     @ sessions     / settings"));
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!panel().contains(event->pos()))
        close();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        layOut();
    if (watched == m_field && event->type() == QEvent::FocusOut && isVisible() && isActiveWindow() && QApplication::focusWidget() != m_field)
        close();
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int row = m_list->currentIndex().row();
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentIndex(m_model.index(m_model.nextEntry(row, 1)));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentIndex(m_model.index(m_model.nextEntry(row, -1)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(row);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace telltale
