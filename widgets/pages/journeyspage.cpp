// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/journeyspage.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/cohortdelegate.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/pathstab.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr int kUsualSteps = 4;
constexpr int kStepRow = 34;
constexpr int kChoiceWidth = 300;
constexpr std::size_t kMostChoices = 200;
constexpr std::size_t kMostPathNames = 50; ///< that one step may be asked for

/// A step with its number.
class StepDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {scaled(120), scaled(kStepRow)}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        paintRowGround(painter, option, tokens);
        const QRectF rect = QRectF(option.rect).adjusted(scaled(10), 0, -scaled(8), -1);
        const double side = scaled(20);
        const QRectF badge(rect.left(), rect.center().y() - side / 2, side, side);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.neutralSoft);
        painter->drawEllipse(badge);
        paintText(painter, badge, FontRole::AxisStrong, tokens.text2, QLocale().toString(index.row() + 1), Qt::AlignCenter);
        paintText(painter, rect.adjusted(side + scaled(8), 0, 0, 0), FontRole::Body, tokens.text, index.data().toString());
        paintRowFocus(painter, option, tokens);
        painter->restore();
    }
};

} // namespace

JourneysPage::JourneysPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_tabs(new SegmentedControl)
    , m_pages(new QStackedWidget)
{
    m_tabs->setAccessibleName(tr("Journeys"));
    m_tabs->addSegment(tr("Funnel"));
    m_tabs->addSegment(tr("Retention"));
    m_tabs->addSegment(tr("Paths"));
    m_tabs->setCurrentIndex(Funnel);
    m_periods = new SegmentedControl;
    m_periods->setAccessibleName(tr("Period"));
    m_periods->addSegment(tr("Day"), static_cast<int>(CalendarUnit::Day));
    m_periods->addSegment(tr("Week"), static_cast<int>(CalendarUnit::Week));
    m_periods->addSegment(tr("Month"), static_cast<int>(CalendarUnit::Month));
    m_periods->setCurrentIndex(1);
    m_periods->hide();
    m_pages->addWidget(makeFunnel());
    m_pages->addWidget(makeRetention());
    m_paths = new PathsTab(context.screenColours);
    m_pages->addWidget(m_paths);
    connectPaths();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(size::kCardGap);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    bar->addWidget(m_periods);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        m_periods->setVisible(tab == Retention);
        Q_EMIT honouredChanged();
        refreshWhenShown();
    });
    connect(m_periods, &SegmentedControl::currentChanged, this, [this] {
        if (isActive())
            askRetention();
    });
    connect(&m_steps, &FunnelSteps::changed, this, [this] {
        showStepButtons();
        if (isActive())
            askFunnel();
    });
    showStepButtons();
}

QWidget *JourneysPage::makeFunnel()
{
    auto *page = new QWidget;
    auto *layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);

    m_stepCard = new Card(tr("Steps"), tr("in this order, with anything between"), page);
    m_stepCard->setFixedWidth(scaled(kChoiceWidth));
    m_stepList = new QListView;
    m_stepList->setModel(&m_steps);
    m_stepList->setItemDelegate(new StepDelegate(m_stepList));
    m_stepList->setAccessibleName(tr("Steps of the funnel"));
    m_stepList->setFrameShape(QFrame::NoFrame);
    m_stepList->viewport()->setAutoFillBackground(false);
    m_stepList->installEventFilter(this);
    m_stepCard->content()->addWidget(m_stepList, 1);
    auto *buttons = new QHBoxLayout;
    m_up = makeIconButton(IconId::ArrowUp, tr("Move the step up (Alt+Up)"));
    m_down = makeIconButton(IconId::ArrowDown, tr("Move the step down (Alt+Down)"));
    m_remove = makeIconButton(IconId::Trash, tr("Remove the step (Del)"));
    buttons->addWidget(m_up);
    buttons->addWidget(m_down);
    buttons->addStretch(1);
    buttons->addWidget(m_remove);
    m_stepCard->content()->addLayout(buttons);
    m_choice = new QComboBox;
    m_choice->setEditable(true);
    m_choice->setInsertPolicy(QComboBox::NoInsert);
    m_choice->setAccessibleName(tr("Add a step"));
    m_choice->lineEdit()->setAccessibleName(tr("Add a step"));
    m_choice->lineEdit()->setPlaceholderText(tr("Add a feature or a screen"));
    m_stepCard->content()->addWidget(m_choice);
    auto *within = new QHBoxLayout;
    within->addWidget(new PlainLabel(tr("All steps within"), FontRole::Body, Ink::Text2), 1);
    m_window = new QComboBox;
    m_window->setAccessibleName(tr("All steps within"));
    for (const auto &[text, hours] : {std::pair{tr("1 hour"), 1}, std::pair{tr("1 day"), 24}, std::pair{tr("7 days"), 24 * 7},
                                      std::pair{tr("14 days"), 24 * 14}, std::pair{tr("30 days"), 24 * 30}})
        m_window->addItem(text, hours);
    m_window->setCurrentIndex(3);
    within->addWidget(m_window);
    m_stepCard->content()->addLayout(within);
    layout->addWidget(m_stepCard);

    m_funnel = new FunnelView;
    m_funnel->setChartName(tr("Funnel"));
    m_funnelPanel = new Panel(tr("Funnel"), {}, m_funnel, this);
    layout->addWidget(m_funnelPanel, 1);

    connect(m_up, &QToolButton::clicked, this, [this] { moveStep(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveStep(1); });
    connect(m_remove, &QToolButton::clicked, this, &JourneysPage::removeStep);
    connect(m_stepList->selectionModel(), &QItemSelectionModel::currentChanged, this, &JourneysPage::showStepButtons);
    const auto add = [this] {
        const QString name = m_choice->currentText().trimmed();
        if (name.isEmpty())
            return;
        m_hasOwnSteps = true;
        m_steps.add(name);
        m_choice->setCurrentIndex(-1);
        m_choice->clearEditText();
        m_stepList->setCurrentIndex(m_steps.index(m_steps.rowCount() - 1));
    };
    connect(m_choice, &QComboBox::activated, this, add);
    connect(m_choice->lineEdit(), &QLineEdit::returnPressed, this, add);
    connect(m_window, &QComboBox::currentIndexChanged, this, [this] {
        if (isActive())
            askFunnel();
    });
    connect(m_funnelPanel, &Panel::retryRequested, this, &JourneysPage::askFunnel);
    connect(m_funnelPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    connect(m_funnel, &FunnelView::stepActivated, this, [this](int step) {
        const QString name = m_funnel->steps()[static_cast<std::size_t>(step)].name;
        state().addFilterTerm(m_screens.contains(name) ? QStringLiteral("screen") : QStringLiteral("feature"), name);
        Q_EMIT viewRequested(QStringLiteral("sessions"), {});
    });
    return page;
}

QWidget *JourneysPage::makeRetention()
{
    m_table = new DataTable(tr("Cohorts"));
    m_table->setSource(&m_cohorts, false);
    m_table->setItemDelegate(new CohortDelegate(-1, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_retentionPanel = new Panel(tr("Who comes back"), {}, m_table, this);
    connect(m_retentionPanel, &Panel::retryRequested, this, &JourneysPage::askRetention);
    connect(m_retentionPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    return m_retentionPanel;
}

void JourneysPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool isNarrow = event->size().width() < scaled(1000);
    m_stepCard->setFixedWidth(scaled(isNarrow ? 240 : kChoiceWidth));
    m_paths->setNarrow(isNarrow);
}

void JourneysPage::refresh()
{
    if (m_tabs->currentIndex() == Retention) {
        askRetention();
        return;
    }
    askChoices();
    if (m_tabs->currentIndex() == PathsOfPeople)
        askPaths();
    else if (m_steps.rowCount() > 0)
        askFunnel();
}

void JourneysPage::showStepButtons()
{
    const int row = m_stepList->currentIndex().row();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_steps.rowCount());
    m_remove->setEnabled(row >= 0);
    m_choice->setEnabled(m_steps.rowCount() < FunnelSteps::kMost);
}

void JourneysPage::moveStep(int by)
{
    const int row = m_stepList->currentIndex().row();
    m_hasOwnSteps = true;
    if (m_steps.moveBy(row, by))
        m_stepList->setCurrentIndex(m_steps.index(row + by));
}

RecordKinds JourneysPage::recordKinds() const
{
    return m_tabs->currentIndex() == Retention ? kEventKinds : recordKindBit(RecordKind::UsageEvent) | recordKindBit(RecordKind::ScreenView);
}

void JourneysPage::removeStep()
{
    const int row = m_stepList->currentIndex().row();
    m_hasOwnSteps = true;
    m_steps.remove(row);
    m_stepList->setCurrentIndex(m_steps.index(std::min(row, m_steps.rowCount() - 1)));
}

/// What can be a step; and, until somebody chooses, the most used features, those that most people reach first.
void JourneysPage::askChoices()
{
    const Scope scope = honouredScope();
    struct Choices
    {
        std::vector<FeatureRow> features;
        std::vector<ScreenRow> screens;
    };
    ask<Choices>(
        QStringLiteral("journeys.choices"), m_steps.rowCount() == 0 && m_tabs->currentIndex() == Funnel ? m_funnelPanel : nullptr,
        [scope](Engine &engine, std::stop_token stop) -> Result<Choices> {
            auto features = engine.features(scope, stop);
            if (!features)
                return tl::unexpected(features.error());
            auto screens = engine.screens(scope, stop);
            if (!screens)
                return tl::unexpected(screens.error());
            return Choices{std::move(features->value), std::move(screens->value)};
        },
        [this](Choices choices) {
            std::stable_sort(choices.features.begin(), choices.features.end(),
                             [](const FeatureRow &a, const FeatureRow &b) { return a.users > b.users; });
            QStringList names;
            for (const FeatureRow &row : choices.features)
                names << itemtext::text(row.feature);
            m_screens.clear();
            for (const ScreenRow &row : choices.screens) {
                const QString name = itemtext::text(row.screen);
                if (!names.contains(name))
                    m_screens << name;
            }
            names << m_screens;
            names.removeAll(QString());
            names = names.mid(0, kMostChoices);
            m_paths->setPlaces(names);
            const QString typed = m_choice->currentText();
            if (!m_choice->view()->isVisible()) {
                m_choice->clear();
                m_choice->addItems(names);
                m_choice->setCurrentIndex(-1);
                m_choice->setEditText(typed);
            }
            if (names.isEmpty() && m_steps.rowCount() == 0)
                showNothing(m_funnelPanel, tr("uses of features"));
            else if (!m_hasOwnSteps && m_steps.rowCount() == 0)
                m_steps.setNames(names.mid(0, kUsualSteps));
        });
}

void JourneysPage::askFunnel()
{
    std::vector<std::string> names;
    for (const QString &name : m_steps.names())
        names.push_back(name.toStdString());
    if (names.empty()) {
        m_funnelPanel->showEmpty(tr("No steps yet"), tr("Add a feature or a screen to begin with."));
        return;
    }
    const TimeRange range = state().effectiveRange();
    const std::chrono::nanoseconds window = std::chrono::hours(m_window->currentData().toInt());
    m_funnelPanel->setSubtitle(tr("unique users · %1").arg(rangeWords(range)));
    using Answer = Compared<std::vector<FunnelRow>>;
    ask<Answer>(
        QStringLiteral("journeys.funnel"), m_funnelPanel,
        [scope = honouredScope(range), before = comparedScope(range), names, window](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<FunnelRow>>(scope, before, [&](const Scope &one) { return engine.funnel(names, window, one, stop); });
        },
        [this, range](const Answer &answer) {
            const std::vector<FunnelRow> &rows = answer.now;
            if (rows.empty() || rows.front().users == 0) {
                showNothing(m_funnelPanel, tr("users of the first step"));
                return;
            }
            std::vector<FunnelView::Step> steps;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                std::optional<double> before;
                if (answer.before)
                    before = i < answer.before->size() ? static_cast<double>((*answer.before)[i].users) : 0;
                steps.push_back({itemtext::text(rows[i].step), static_cast<double>(rows[i].users), rows[i].medianMs, before});
            }
            m_funnel->setFormatter(formatter());
            m_funnel->setSteps(std::move(steps), comparedWith(range));
            m_funnelPanel->showBody();
        });
}

QString JourneysPage::rangeWords(TimeRange range) const
{
    const QString dates = state().rangeText(range);
    return state().isComparing() ? tr("%1, compared with %2", "dates, what is compared with its dates").arg(dates, comparedWith(range)) : dates;
}

void JourneysPage::askRetention()
{
    const auto period = static_cast<CalendarUnit>(m_periods->currentData().toInt());
    const TimeRange range = state().effectiveRange();
    QString shares;
    switch (period) {
    case CalendarUnit::Day:
        shares = tr("share of a day's new users who were active so many days later");
        break;
    case CalendarUnit::Month:
        shares = tr("share of a month's new users who were active so many months later");
        break;
    default:
        shares = tr("share of a week's new users who were active so many weeks later");
        break;
    }
    m_retentionPanel->setSubtitle(state().isComparing() ? tr("%1 · compared with %2", "a sentence, what is compared").arg(shares, comparedWith(range)) : shares);
    using Answer = Compared<std::vector<RetentionRow>>;
    ask<Answer>(
        QStringLiteral("journeys.retention"), m_retentionPanel,
        [scope = honouredScope(range), before = comparedScope(range), period](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<RetentionRow>>(scope, before, [&](const Scope &one) { return engine.retention(period, one, stop); });
        },
        [this, range](const Answer &answer) { showRetention(answer, range); });
}

void JourneysPage::showRetention(const Compared<std::vector<RetentionRow>> &answer, TimeRange range)
{
    std::optional<CohortModel::Against> against;
    if (answer.before) {
        const Formatter words = formatter();
        QString name = state().comparisonName();
        name.replace(0, 1, name.left(1).toUpper()); // it begins a row
        against = CohortModel::Against{*answer.before, name, comparedWith(range), {}};
        const auto now = CohortModel::overall(answer.now), before = CohortModel::overall(*answer.before);
        for (std::size_t i = 0; i < std::min(now.size(), before.size()); ++i) {
            const auto share = [](const CohortModel::Cell &cell) { return cell.size > 0 ? static_cast<double>(cell.users) / static_cast<double>(cell.size) : 0; };
            // All of a cohort are there in its own period; and where no period is over yet there is nothing to hold against.
            const Change change = i == 0 || now[i].size == 0 || before[i].size == 0 ? Change()
                                  : Change::points(share(now[i]), share(before[i]), Change::Better::Higher, static_cast<double>(now[i].size),
                                                   static_cast<double>(before[i].size));
            against->changes.push_back(said(change, words.percent(share(before[i]), 1), comparedWith(range), words));
        }
    }
    m_cohorts.setRows(answer.now, against);
    if (answer.now.empty()) {
        showNothing(m_retentionPanel, tr("new users"));
        return;
    }
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->resizeSection(CohortModel::Cohort, scaled(against ? 126 : 110));
    header->resizeSection(CohortModel::Size, scaled(76));
    int width = scaled(against ? 66 : 58);
    const QFontMetricsF metrics(fontFor(FontRole::Body));
    for (const SaidChange &change : against ? against->changes : std::vector<SaidChange>())
        width = std::max(width, static_cast<int>(metrics.horizontalAdvance(change.text)) + scaled(20));
    for (int column = CohortModel::FirstPeriod; column < m_cohorts.columnCount(); ++column)
        header->resizeSection(column, width);
    m_retentionPanel->showBody();
}

void JourneysPage::connectPaths()
{
    const auto ask = [this] {
        if (isActive())
            askPaths();
    };
    connect(m_paths, &PathsTab::changed, this, ask);
    connect(m_paths->panel(), &Panel::retryRequested, this, ask);
    connect(m_paths->panel(), &Panel::actionRequested, this, [this] {
        if (m_paths->asked().anchor.empty())
            actOnNothing();
        else
            m_paths->setAnchor({}, m_paths->asked().isBackwards);
    });
    connect(m_paths->flow(), &PathFlow::nodeActivated, this, &JourneysPage::openPlace);
    connect(m_paths->flow(), &PathFlow::linkActivated, this, &JourneysPage::openLink);
}

void JourneysPage::filterByPlace(int step, int node)
{
    const auto [field, value] = m_paths->termOf(step, node);
    if (!field.isEmpty()) // "others" are no filter
        state().addFilterTerm(field, value);
}

/// The sessions that are there at this step.
void JourneysPage::openPlace(int step, int node, bool isFilterOnly)
{
    if (isFilterOnly) {
        filterByPlace(step, node);
        return;
    }
    const auto at = static_cast<std::size_t>(step);
    state().showPathStep({{m_paths->asked(), at, m_paths->placeOf(step, node), std::nullopt}, m_paths->wordsOf(step, node)});
}

/// The sessions that made this step; the filter alone can only say where it leads.
void JourneysPage::openLink(int link, bool isFilterOnly)
{
    const PathFlowData::Link at = m_paths->flow()->data().links[static_cast<std::size_t>(link)];
    if (isFilterOnly) {
        filterByPlace(at.step + 1, at.to);
        return;
    }
    const PathPlace to = m_paths->placeOf(at.step + 1, at.to);
    state().showPathStep({{m_paths->asked(), static_cast<std::size_t>(at.step), m_paths->placeOf(at.step, at.from), to}, m_paths->wordsOf(at)});
}

void JourneysPage::askPaths()
{
    const PathsAsked asked = m_paths->asked();
    const TimeRange range = state().effectiveRange();
    m_paths->panel()->setSubtitle(tr("sessions · %1").arg(rangeWords(range)));
    using Answer = Compared<Paths>;
    ask<Answer>(
        QStringLiteral("journeys.paths"), m_paths->panel(),
        [scope = honouredScope(range), before = comparedScope(range), asked](Engine &engine, std::stop_token stop) -> Result<Answer> {
            auto now = engine.paths(asked, scope, stop);
            if (!now)
                return tl::unexpected(now.error());
            Answer answer{std::move(now->value), std::nullopt};
            if (!before)
                return answer;
            PathsAsked all = asked;
            all.top = kMostPathNames; // what is named now is found there by its name
            auto then = engine.paths(all, *before, stop);
            if (!then)
                return tl::unexpected(then.error());
            answer.before = std::move(then->value);
            return answer;
        },
        [this, asked, range](const Answer &answer) {
            const Paths &paths = answer.now;
            if (asked != m_paths->asked())
                return; // another question is on its way
            if (paths.sessions == 0 && paths.all > 0) {
                const QString name = itemtext::text(asked.anchor);
                m_paths->panel()->showEmpty(asked.isBackwards ? tr("No path ends at %1").arg(name) : tr("No path starts at %1").arg(name),
                                            tr("%n session(s) in this time, none of them came there.", nullptr, static_cast<int>(paths.all)),
                                            asked.isBackwards ? tr("Where sessions end") : tr("Where sessions begin"));
                return;
            }
            if (paths.sessions == 0) {
                showNothing(m_paths->panel(), tr("paths"));
                return;
            }
            m_paths->panel()->setSubtitle(tr("%1 of %2 sessions · %3", "two counts, a range")
                                              .arg(itemtext::count(paths.sessions), itemtext::count(paths.all), rangeWords(range)));
            m_paths->show(paths, answer.before, comparedWith(range), formatter());
        });
}

bool JourneysPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_stepList && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int step = key->key() == Qt::Key_Up ? -1 : key->key() == Qt::Key_Down ? 1 : 0;
        if (key->modifiers() == Qt::AltModifier && step != 0) {
            moveStep(step);
            return true;
        }
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            removeStep();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

} // namespace telltale
