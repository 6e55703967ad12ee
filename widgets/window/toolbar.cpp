// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/toolbar.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/theme/mirroring.h"
#include "widgets/window/chiprow.h"

#include <QFontMetricsF>
#include <QEvent>
#include <QHBoxLayout>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace telltale {

namespace {

/// A tool button with its icon and its words centred together.
class TextButton final : public QToolButton
{
public:
    explicit TextButton(IconId icon)
        : m_icon(icon)
    {
        setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }

    QSize sizeHint() const override
    {
        const bool isIcon = toolButtonStyle() == Qt::ToolButtonIconOnly;
        return {isIcon ? scaled(36) : static_cast<int>(textWidth()) + scaled(16 + 6 + 24),
                scaled(size::kControlHeight)};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionToolButton option;
        initStyleOption(&option);
        option.text.clear();
        option.icon = {};
        QStylePainter painter(this);
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
        const Tokens &tokens = tokensOf(this);
        const QColor ink = !isEnabled() ? tokens.text3 : isChecked() ? tokens.accent : tokens.text;
        const double size = scaled(15);
        const bool isIcon = toolButtonStyle() == Qt::ToolButtonIconOnly;
        const double all = isIcon ? size : size + scaled(6) + textWidth();
        const double left = (width() - all) / 2;
        painter.setRenderHint(QPainter::Antialiasing);
        mirror(&painter, this);
        paintIcon(&painter, m_icon, {left, (height() - size) / 2, size, size},
                  isChecked() ? tokens.accent : tokens.text2);
        if (!isIcon) {
            painter.setFont(fontFor(FontRole::SecondaryMedium));
            painter.setPen(ink);
            drawElided(&painter, {left + size + scaled(6), 0, textWidth() + 1, static_cast<double>(height())},
                       Qt::AlignLeft | Qt::AlignVCenter, text());
        }
    }

private:
    double textWidth() const
    {
        return QFontMetricsF(fontFor(FontRole::SecondaryMedium)).horizontalAdvance(text()) + 1;
    }

    IconId m_icon;
};

} // namespace

Toolbar::Toolbar(ViewState &state, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_title(new PlainLabel({}, FontRole::ViewTitle, Ink::Text))
    , m_chips(new ChipRow)
    , m_addFilter(new TextButton(IconId::Plus))
    , m_filterField(new SearchField(tr("Filter"), tr("release:4.2.0 os:android -screen:Home has:error")))
    , m_right(new QWidget)
    , m_search(makeIconButton(IconId::Search, tr("Find in this view (Ctrl+F)")))
    , m_earlier(makeIconButton(IconId::ChevronLeft, tr("Earlier ([)")))
    , m_range(new TextButton(IconId::Clock))
    , m_later(makeIconButton(IconId::ChevronRight, tr("Later (])")))
    , m_zoomOut(makeIconButton(IconId::ZoomOut, tr("Zoom out (-)")))
    , m_compare(new TextButton(IconId::Compare))
    , m_live(new LiveButton)
    , m_compareMore(makeIconButton(IconId::ChevronDown, tr("What to compare with")))
{
    setAccessibleName(tr("Toolbar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addSpacing(6);
    layout->addWidget(m_chips);
    layout->addWidget(m_addFilter);
    layout->addWidget(m_filterField, 100);
    layout->addStretch(2);
    layout->addWidget(m_right);
    auto *right = new QHBoxLayout(m_right);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(8);
    right->addWidget(m_search);
    m_range->setToolTip(tr("Time range (T)"));
    QWidget *times = joinButtons({m_earlier, m_range, m_later, m_zoomOut});
    times->setLayoutDirection(Qt::LeftToRight); // time runs that way in every chart
    right->addWidget(times);
    m_compare->setCheckable(true);
    m_compare->setFixedHeight(scaled(size::kControlHeight));
    m_compareMore->setPopupMode(QToolButton::InstantPopup);
    m_compareMore->setFixedWidth(scaled(24)); // long languages need the room
    right->addWidget(joinButtons({m_compare, m_compareMore}));
    right->addWidget(m_live);
    m_addFilter->setText(tr("Filter"));
    m_addFilter->setProperty("flat", true);
    m_addFilter->setToolTip(tr("Filter (Ctrl+L)"));
    m_addFilter->setAccessibleName(tr("Add a filter"));
    m_addFilter->setFixedHeight(scaled(size::kControlHeight));
    m_filterField->hide();
    setFixedHeight(scaled(size::kControlHeight) + 2);

    connect(m_chips, &ChipRow::removeRequested, &state, &ViewState::removeFilterTerm);
    connect(m_chips, &ChipRow::editRequested, this, &Toolbar::editFilter);
    connect(m_addFilter, &QToolButton::clicked, this, &Toolbar::editFilter);
    connect(m_filterField, &SearchField::returnPressed, this, &Toolbar::applyFilter);
    connect(m_filterField, &SearchField::left, this, &Toolbar::endFilter);
    connect(m_filterField, &SearchField::textChanged, this, [this](const QString &text) {
        // Said while typing, but not in the middle of a word.
        if (text.endsWith(u' ') || text.isEmpty())
            m_filterField->setProblem({});
    });
    connect(m_search, &QToolButton::clicked, this, &Toolbar::searchRequested);
    connect(m_earlier, &QToolButton::clicked, &state, &ViewState::stepEarlier);
    connect(m_later, &QToolButton::clicked, &state, &ViewState::stepLater);
    connect(m_zoomOut, &QToolButton::clicked, &state, &ViewState::zoomOut);
    connect(m_range, &QToolButton::clicked, this, &Toolbar::rangePickerRequested);
    connect(m_compare, &QToolButton::clicked, &state, [&state] { state.setComparing(!state.isComparing()); });
    connect(m_live, &QAbstractButton::clicked, this, &Toolbar::liveToggled);
    connect(&state, &ViewState::changed, this, &Toolbar::showState);
    connect(&state, &ViewState::modeChanged, this, &Toolbar::showState);
    showState();
}

void Toolbar::setTitle(const QString &title)
{
    m_title->setText(title);
}

void Toolbar::setControlsVisible(bool visible)
{
    m_hasControls = visible;
    m_right->setVisible(visible);
    m_chips->setVisible(visible);
    m_addFilter->setVisible(visible && !m_filterField->isVisibleTo(this));
    if (!visible)
        endFilter();
}

void Toolbar::setCompact(bool isCompact)
{
    m_isAskedCompact = isCompact;
    fitWords();
}

bool Toolbar::event(QEvent *event)
{
    const bool isTaken = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fitWords();
    return isTaken;
}

void Toolbar::fitWords()
{
    if (!m_isCompact)
        m_wordsWidth = layout()->sizeHint().width() -
                       (m_chips->isVisibleTo(this) ? m_chips->sizeHint().width() - m_chips->minimumSizeHint().width() : 0);
    const bool isCompact = m_isAskedCompact || width() < m_wordsWidth;
    if (isCompact == m_isCompact)
        return;
    m_isCompact = isCompact;
    m_compare->setToolButtonStyle(isCompact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_addFilter->setToolButtonStyle(isCompact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_live->setCompact(isCompact);
}

void Toolbar::showState()
{
    m_chips->setTerms(m_state.filterTerms());
    m_range->setText(m_state.rangeText());
    m_range->setAccessibleName(tr("Time range: %1").arg(m_state.rangeText()));
    m_later->setEnabled(!m_state.range().isLive);
    showComparison();
    if (m_filterField->isVisibleTo(this) && !m_filterField->hasFocus())
        m_filterField->setText(m_state.filterTerms().join(u' '));
}

void Toolbar::setCompareMenu(QMenu *menu)
{
    m_compareMore->setMenu(menu);
}

void Toolbar::setComparisonNote(const QString &note, const QString &own)
{
    m_comparisonNote = note;
    m_ownComparison = own;
    showComparison();
}

void Toolbar::showComparison()
{
    const Comparison &with = m_state.comparison();
    const bool isOfReleases = with.kind == Comparison::Kind::Releases;
    const bool isFollowed = m_comparisonNote.isEmpty();
    const QString what = m_ownComparison.isEmpty() ? m_state.comparisonText(m_state.effectiveRange()) : m_ownComparison;
    if (!m_ownComparison.isEmpty() && !(m_state.isComparing() && isOfReleases))
        m_compare->setText(tr("vs %1", "against what is compared").arg(m_ownComparison));
    else if (!isFollowed && m_state.isComparing())
        m_compare->setText(isOfReleases ? tr("%1 only", "a release").arg(with.release) : tr("not compared"));
    else
        m_compare->setText(isOfReleases ? tr("%1 vs %2", "two releases").arg(with.release, with.otherRelease)
                                        : tr("vs %1", "against what is compared").arg(m_state.comparisonName()));
    m_compare->setChecked(m_state.isComparing() && isFollowed);
    m_compare->setAccessibleName(tr("Compare: %1", "with what").arg(what));
    m_compare->setAccessibleDescription(m_comparisonNote);
    m_compare->setToolTip(isFollowed ? tr("Compare (C): %1", "with what").arg(what) : m_comparisonNote);
    m_compare->updateGeometry();
}

void Toolbar::editFilter()
{
    if (!m_hasControls)
        return;
    m_chips->hide();
    m_addFilter->hide();
    m_filterField->show();
    m_filterField->setText(m_state.filterText().isEmpty() ? QString() : m_state.filterTerms().join(u' ') + u' ');
    m_filterField->setFocus(Qt::ShortcutFocusReason);
}

void Toolbar::applyFilter()
{
    const auto done = m_state.setFilterText(m_filterField->text());
    m_filterField->setProblem(done ? QString() : QString::fromStdString(done.error().message));
    if (done)
        endFilter();
}

void Toolbar::endFilter()
{
    m_filterField->setProblem({});
    m_filterField->hide();
    m_chips->setVisible(m_hasControls);
    m_addFilter->setVisible(m_hasControls);
    showState();
}

} // namespace telltale
