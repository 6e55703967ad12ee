// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/timepicker.h"

#include "models/items/itemtext.h"
#include "models/items/rangewords.h"
#include "translations/localeformats.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"
#include "widgets/window/monthcalendar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kMostRecent = 5;
constexpr qsizetype kLongestShorthand = 14; ///< what is longer says the same as the words beside it

/// A hairline between the parts of the picker.
class Line final : public QWidget
{
public:
    explicit Line(Qt::Orientation orientation)
    {
        if (orientation == Qt::Vertical)
            setFixedWidth(1);
        else
            setFixedHeight(1);
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), tokensOf(this).border); }
};

/// Day and time as the locale writes them where the parser reads that, else in the plain form that it always reads.
QString fieldText(Instant at, const RangeParser &parser, const QTimeZone &zone)
{
    const QDateTime time = itemtext::local(at, zone);
    const bool hasSeconds = time.time().second() != 0;
    const QString own = itemtext::day(at, zone) + u' ' + (hasSeconds ? itemtext::timeOfDay(at, zone) : itemtext::shortTime(at, zone));
    const auto read = parser.parse(own + QStringLiteral(".."));
    const Instant whole = Instant::fromMilliseconds(at.ns / 1'000'000'000 * 1000);
    if (read && !read->isLive && read->fixed.from == whole)
        return own;
    return QLocale::c().toString(time, hasSeconds ? QStringLiteral("d MMM yyyy HH:mm:ss") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString dayText(const QDate &day, const RangeParser &parser)
{
    const QString own = QLocale().toString(day, dateFormat(QLocale(), DateDetail::Day));
    return parser.parse(own) ? own : QLocale::c().toString(day, QStringLiteral("d MMM yyyy"));
}

} // namespace

/// A preset with the shorthand that says the same, so that it is learned.
class PresetButton final : public QAbstractButton
{
public:
    PresetButton(const QString &text, const QString &shorthand, QWidget *parent)
        : QAbstractButton(parent)
        , expression(shorthand)
    {
        setText(text);
        setAccessibleName(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(scaled(28));
    }
    QString expression;
    bool isOffered = true; ///< there is something behind it

    bool has(const QString &typed) const
    {
        return text().contains(typed, Qt::CaseInsensitive) || rangeWordsInLanguage(expression).contains(typed, Qt::CaseInsensitive);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        mirror(&painter, this);
        painter.setPen(Qt::NoPen);
        if (isChecked() || underMouse()) {
            painter.setBrush(isChecked() ? tokens.accentSoft : tokens.hover);
            painter.drawRoundedRect(rect(), size::kControlRadius, size::kControlRadius);
        }
        const QRectF inner = QRectF(rect()).adjusted(10, 0, -10, 0);
        painter.setFont(fontFor(FontRole::CodeSmall));
        const QString shorthand = expression.size() > kLongestShorthand ? QString() : rangeWordsInLanguage(expression);
        const double code = painter.fontMetrics().horizontalAdvance(shorthand) + 2;
        paintText(&painter, inner.adjusted(0, 0, -code - 6, 0),
                  isChecked() ? FontRole::BodyStrong : FontRole::Body,
                  isChecked() ? tokens.accent : tokens.text, text());
        paintText(&painter, inner, FontRole::CodeSmall, tokens.text3, shorthand,
                  Qt::AlignRight | Qt::AlignVCenter);
        if (showsFocus(this))
            drawFocusRing(&painter, QRectF(rect()), size::kControlRadius, tokens);
    }
};

TimePicker::TimePicker(ViewState &state, QWidget *window)
    : Popover(window)
    , m_state(state)
    , m_presets(new QVBoxLayout)
    , m_from(new QLineEdit)
    , m_to(new QLineEdit)
    , m_hint(new PlainLabel({}, FontRole::Caption, Ink::Text2))
    , m_right(new QWidget)
    , m_zone(makeLink({}))
    , m_calendar(new MonthCalendar)
    , m_apply(makeButton(tr("Apply"), ButtonKind::Primary))
{
    setAccessibleName(tr("Time range"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_presets->setContentsMargins(8, 10, 8, 10);
    m_presets->setSpacing(1);
    addGroup(tr("LIVE — follows now"));
    addPreset(tr("Last 5 minutes"), QStringLiteral("5m"));
    addPreset(tr("Last 15 minutes"), QStringLiteral("15m"));
    addPreset(tr("Last 60 minutes"), QStringLiteral("60m"));
    addPreset(tr("Last 6 hours"), QStringLiteral("6h"));
    addPreset(tr("Last 24 hours"), QStringLiteral("24h"));
    addGroup(tr("HISTORY"));
    addPreset(tr("Today so far"), QStringLiteral("today"));
    addPreset(tr("Yesterday"), QStringLiteral("yesterday"));
    addPreset(tr("Last 7 days"), QStringLiteral("7d"));
    addPreset(tr("Last 28 days"), QStringLiteral("28d"));
    m_since = new PresetButton({}, {}, this);
    m_buttons.append(m_since);
    m_presets->addWidget(m_since);
    connect(m_since, &QAbstractButton::clicked, this, [this] { choose(m_since->expression); });
    m_since->hide();
    m_since->isOffered = false;
    m_recentTitle = addGroup(tr("RECENT"));
    for (int i = 0; i < kMostRecent; ++i) {
        auto *button = new PresetButton({}, {}, this);
        m_presets->addWidget(button);
        m_recentButtons.append(button);
        connect(button, &QAbstractButton::clicked, this, [this, button] { choose(button->expression); });
    }
    m_presets->addStretch(1);
    auto *left = new QWidget;
    left->setLayout(m_presets);
    left->setFixedWidth(scaled(234));
    layout->addWidget(left);
    layout->addWidget(new Line(Qt::Vertical));

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    auto *fields = new QVBoxLayout;
    fields->setContentsMargins(16, 12, 16, 10);
    fields->setSpacing(4);
    fields->addWidget(new PlainLabel(tr("From"), FontRole::SecondaryMedium, Ink::Text2));
    m_from->setAccessibleName(tr("From"));
    m_from->setFixedHeight(scaled(size::kControlHeight) + 2);
    fields->addWidget(m_from);
    fields->addWidget(new PlainLabel(tr("To"), FontRole::SecondaryMedium, Ink::Text2));
    m_to->setAccessibleName(tr("To"));
    m_to->setFixedHeight(scaled(size::kControlHeight) + 2);
    fields->addWidget(m_to);
    m_hint->setWordWrap(true);
    m_hint->setFixedHeight(scaled(32));
    fields->addWidget(m_hint);
    fields->addWidget(m_calendar);
    fields->addStretch(1);
    right->addLayout(fields, 1);
    right->addWidget(new Line(Qt::Horizontal));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 14, 8);
    auto *zones = new QMenu(this);
    connect(zones, &QMenu::aboutToShow, this, [this, zones] { fillZones(zones); });
    m_zone->setMenu(zones);
    m_zone->setPopupMode(QToolButton::InstantPopup);
    foot->addWidget(m_zone);
    foot->addStretch(1);
    foot->addWidget(m_apply);
    right->addLayout(foot);
    m_right->setLayout(right);
    layout->addWidget(m_right);

    for (QLineEdit *field : {m_from, m_to}) {
        connect(field, &QLineEdit::textEdited, this, &TimePicker::check);
        connect(field, &QLineEdit::returnPressed, this, &TimePicker::apply);
    }
    connect(m_apply, &QPushButton::clicked, this, &TimePicker::apply);
    connect(m_calendar, &MonthCalendar::dayPicked, this, &TimePicker::pickDay);
}

QWidget *TimePicker::addGroup(const QString &title)
{
    auto *label = new PlainLabel(title, FontRole::GroupLabel, Ink::Text2);
    label->setContentsMargins(10, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(10, m_buttons.isEmpty() ? 2 : 8, 0, 4);
    row->addWidget(label);
    m_presets->addLayout(row);
    return label;
}

void TimePicker::addPreset(const QString &text, const QString &expression)
{
    auto *button = new PresetButton(text, expression, this);
    m_presets->addWidget(button);
    m_buttons.append(button);
    connect(button, &QAbstractButton::clicked, this, [this, expression] { choose(expression); });
}

void TimePicker::setReleases(const std::vector<ReleaseRow> &releases)
{
    m_releases = releases;
    std::sort(m_releases.begin(), m_releases.end(),
              [](const ReleaseRow &a, const ReleaseRow &b) { return a.firstSeen > b.firstSeen; });
    m_since->isOffered = !m_releases.empty();
    m_since->setVisible(m_since->isOffered && m_since->has(m_typed));
    if (m_releases.empty())
        return;
    const QString newest = itemtext::text(m_releases.front().release);
    m_since->setText(tr("Since release %1").arg(newest));
    m_since->setAccessibleName(m_since->text());
    m_since->expression = QStringLiteral("since ") + newest;
}

RangeParser TimePicker::parser() const
{
    return RangeParser(m_state.wallNow(), m_state.timeZone(),
                       [this](const QString &release) -> std::optional<Instant> {
                           for (const ReleaseRow &row : m_releases) {
                               if (itemtext::text(row.release) == release)
                                   return row.firstSeen;
                           }
                           return std::nullopt;
                       });
}

void TimePicker::open(const QWidget *anchor)
{
    fill();
    openBelow(anchor);
    m_from->setFocus(Qt::PopupFocusReason);
    m_from->selectAll();
}

void TimePicker::fill()
{
    const RangeSpec &range = m_state.range();
    const TimeRange resolved = m_state.resolvedRange();
    showMatching({});
    showRecent();
    for (PresetButton *button : m_buttons + m_recentButtons) {
        const auto spec = parser().parse(button->expression);
        button->setChecked(!button->expression.isEmpty() &&
                           (range.expression.compare(button->expression, Qt::CaseInsensitive) == 0 ||
                            (range.isLive && spec && spec->isLive && spec->width == range.width)));
    }
    m_from->setText(fieldText(resolved.from, parser(), m_state.timeZone()));
    m_to->setText(range.isLive ? rangeWordsInLanguage(QStringLiteral("now")) : fieldText(resolved.to, parser(), m_state.timeZone()));
    const QDate from = itemtext::local(resolved.from, m_state.timeZone()).date();
    const QDate to = itemtext::local(resolved.to, m_state.timeZone()).date();
    m_calendar->setLastDate(itemtext::local(m_state.wallNow(), m_state.timeZone()).date());
    m_calendar->setRange(from, to);
    m_calendar->showMonth(to);
    const int offset = m_state.zone().offsetSeconds(m_state.wallNow());
    m_zone->setText(
        tr("%1 (UTC%2%3)")
            .arg(itemtext::text(m_state.zone().id()), offset < 0 ? QStringLiteral("−") : QStringLiteral("+"))
            .arg(std::abs(offset) % 3600 == 0
                     ? QString::number(std::abs(offset) / 3600)
                     : QStringLiteral("%1:%2")
                           .arg(std::abs(offset) / 3600)
                           .arg(std::abs(offset) % 3600 / 60, 2, 10, QLatin1Char('0'))));
    m_zone->setAccessibleName(tr("Time zone: %1").arg(m_zone->text()));
    m_zone->setToolTip(m_zone->accessibleName());
    const int besides = scaled(16 + 14 + 12); // margins of the line, and air
    m_right->setFixedWidth(std::max(scaled(286), m_zone->sizeHint().width() + m_apply->sizeHint().width() + besides));
    m_picksEnd = false;
    check();
}

/// The fields show other times then, of the same range.
void TimePicker::fillZones(QMenu *menu)
{
    menu->clear();
    const bool isUtc = m_state.zone().id() == "UTC";
    for (const auto &[zone, text] : {std::pair{QStringLiteral("system"), tr("The &system's")}, std::pair{QStringLiteral("UTC"), tr("&UTC")}}) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(isUtc == (zone == u"UTC"));
        connect(action, &QAction::triggered, this, [this, zone = zone] {
            static_cast<void>(m_state.setZone(zone));
            fill();
        });
    }
}

void TimePicker::remember(const QString &text)
{
    m_recent.removeAll(text);
    m_recent.prepend(text);
    setRecent(m_recent);
    Q_EMIT recentChanged();
}

void TimePicker::setRecent(const QStringList &recent)
{
    m_recent = recent.mid(0, kMostRecent);
    showRecent();
}

void TimePicker::showRecent()
{
    for (int i = 0; i < m_recentButtons.size(); ++i) {
        PresetButton *button = m_recentButtons[i];
        const auto spec = parser().parse(m_recent.value(i));
        button->isOffered = bool(spec); // a release may be unknown by now
        button->expression = spec ? m_recent[i] : QString();
        button->setText(spec ? m_state.rangeText(*spec) : QString());
        button->setAccessibleName(button->text());
        button->setVisible(button->isOffered && button->has(m_typed));
    }
    m_recentTitle->setVisible(std::any_of(m_recentButtons.begin(), m_recentButtons.end(), [](const PresetButton *button) { return button->isVisibleTo(button->parentWidget()); }));
}

QList<QAbstractButton *> TimePicker::shownPresets() const
{
    QList<QAbstractButton *> shown;
    for (PresetButton *button : m_buttons + m_recentButtons) {
        if (button->isOffered && button->has(m_typed))
            shown.append(button);
    }
    return shown;
}

void TimePicker::showMatching(const QString &typed)
{
    m_typed = typed;
    const QList<QAbstractButton *> shown = shownPresets();
    if (shown.isEmpty() && !typed.isEmpty()) { // nothing is called that: the letter was one too many
        showMatching(typed.chopped(1));
        return;
    }
    for (PresetButton *button : m_buttons)
        button->setVisible(shown.contains(button));
    showRecent();
    if (!typed.isEmpty())
        shown.front()->setFocus(Qt::ShortcutFocusReason);
}

QString TimePicker::problem() const
{
    const auto spec = parser().parse(m_from->text(), m_to->text());
    return spec ? QString() : QString::fromStdString(spec.error().message);
}

void TimePicker::check()
{
    const QString reason = problem();
    m_apply->setEnabled(reason.isEmpty());
    m_hint->setInk(reason.isEmpty() ? Ink::Text2 : Ink::Bad);
    m_hint->setText(reason.isEmpty() ? tr("Accepts 60m, yesterday 9-17, since 4.2.0") : reason);
    for (QLineEdit *field : {m_from, m_to}) {
        field->setProperty("invalid", !reason.isEmpty());
        field->setAccessibleDescription(reason);
        field->update();
    }
}

void TimePicker::apply()
{
    const auto spec = parser().parse(m_from->text(), m_to->text());
    if (!spec) {
        check();
        return;
    }
    close();
    // What was not changed stays what it was: a live hour does not become the same hour of the past.
    if (m_from->text() == fieldText(m_state.resolvedRange().from, parser(), m_state.timeZone()) &&
        m_state.range().isLive)
        return;
    if (!spec->expression.isEmpty())
        remember(spec->expression);
    m_state.setRange(*spec);
}

void TimePicker::choose(const QString &expression)
{
    const auto spec = parser().parse(expression);
    close();
    if (spec)
        m_state.setRange(*spec);
}

void TimePicker::pickDay(const QDate &day)
{
    const QString text = dayText(day, parser());
    if (m_picksEnd) {
        m_to->setText(text);
    } else {
        m_from->setText(text);
        m_to->setText(text);
    }
    const auto first = parser().parse(m_from->text(), m_to->text());
    const QDate from = first ? itemtext::local(first->fixed.from, m_state.timeZone()).date() : day;
    m_calendar->setRange(std::min(from, day), day);
    m_picksEnd = !m_picksEnd;
    check();
}

void TimePicker::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        focusNextPrevChild(event->key() == Qt::Key_Down);
        return;
    }
    const bool isAtPresets = qobject_cast<const QAbstractButton *>(focusWidget()) && shownPresets().contains(static_cast<QAbstractButton *>(focusWidget()));
    const QString typed = event->text();
    if (event->key() == Qt::Key_Escape && !m_typed.isEmpty()) {
        showMatching({});
    } else if (isAtPresets && event->key() == Qt::Key_Backspace) {
        showMatching(m_typed.chopped(1));
    } else if (isAtPresets && typed.size() == 1 && typed.front().isPrint() && !(event->modifiers() & ~Qt::ShiftModifier) && (typed.front() != u' ' || !m_typed.isEmpty())) {
        showMatching(m_typed + typed);
    } else {
        Popover::keyPressEvent(event);
    }
}

} // namespace telltale
