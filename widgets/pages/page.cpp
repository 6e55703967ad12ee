// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/page.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "models/telemetry/timeformat.h"
#include "widgets/charts/chartwidget.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/alertjournal.h"
#include "widgets/pages/explanation.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/notebook.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/panelmenu.h"

#include <QAbstractItemView>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPointer>
#include <QProgressDialog>
#include <QScopedValueRollback>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <limits>
#include <utility>

namespace telltale {

namespace {

constexpr int kSelectionDelayMs = 120; ///< that a selection stands still before it is asked about

} // namespace

Page::Page(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    m_selectionDelay.setSingleShot(true);
    m_selectionDelay.setInterval(kSelectionDelayMs);
    connect(&m_selectionDelay, &QTimer::timeout, this, &Page::refreshWhenShown);
    connect(context.state, &ViewState::changed, this, &Page::refreshWhenShown);
    if (context.notes)
        connect(context.notes, &NoteBook::changed, this, &Page::refreshForData);
    if (context.alerts)
        connect(context.alerts, &AlertJournal::changed, this, &Page::refreshForData);
    if (context.live) {
        connect(context.live, &LiveStatus::releasesChanged, this, &Page::refreshForData); // flags that came after their chart
        // Nor does silence come with data.
        connect(context.live, &LiveStatus::changed, this, [this, before = SourceState::Live]() mutable {
            const SourceState seen = live().lastSign() ? live().state() : SourceState::Live;
            if (std::exchange(before, seen) != seen)
                refreshForData();
        });
    }
    connect(context.state, &ViewState::selectionChanged, this, [this] {
        if (m_isActive)
            refreshSelection();
        else
            m_isStale = true;
    });
}

void Page::refreshWhenShown()
{
    m_isStale = true;
    if (m_isActive) {
        m_isStale = false;
        refresh();
    }
}

void Page::refreshForData()
{
    if (m_isActive && !isSettled()) {
        m_wantsData = true;
        return;
    }
    const QScopedValueRollback isForData(m_isForData, true);
    refreshWhenShown();
}

void Page::setActive(bool isActive)
{
    m_isActive = isActive;
    if (isActive && m_isStale)
        refreshWhenShown();
}

void Page::addKey(const QString &text, Qt::Key key, std::function<void()> work)
{
    auto *action = new QAction(text, this);
    action->setProperty("singleKey", QKeySequence(key).toString());
    connect(action, &QAction::triggered, this, std::move(work));
    m_keys.append(action);
}

bool Page::handleKey(int key)
{
    const QString name = QKeySequence(key).toString();
    for (QAction *action : std::as_const(m_keys)) {
        if (action->property("singleKey").toString() == name) {
            action->trigger();
            return true;
        }
    }
    return false;
}

void Page::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() != Qt::NoModifier || !handleKey(event->key()))
        QWidget::keyPressEvent(event);
}

std::optional<Instant> Page::cursorTime() const
{
    std::optional<Instant> found;
    for (const TrackStack *chart : findChildren<TrackStack *>()) {
        if (chart->isVisible() && chart->cursorTime() && (!found || chart->hasFocus()))
            found = chart->cursorTime();
    }
    for (const SessionTimeline *chart : findChildren<SessionTimeline *>()) {
        if (chart->isVisible() && chart->playhead() && !found)
            found = chart->playhead();
    }
    for (const HeatmapView *chart : findChildren<HeatmapView *>()) {
        if (chart->isVisible() && chart->pointedTime() && !found)
            found = chart->pointedTime();
    }
    return found;
}

Formatter Page::formatterOf(const ViewState &state)
{
    const Zone zone = state.zone();
    return Formatter(
        QLocale(), [zone](Instant at) { return zone.offsetSeconds(at); }, itemtext::text(zone.id()));
}

QString Page::productText() const
{
    const ViewState &view = *m_context.state;
    const auto &summary = m_context.live->summary();
    QString product = view.product();
    if (product.isEmpty() && summary && summary->products.size() == 1)
        product = itemtext::text(summary->products.front());
    if (!view.environment().isEmpty())
        product += QStringLiteral(" · ") + view.environment();
    return product.isEmpty() ? tr("all") : product;
}

void Page::addWhenAndDropped(std::vector<std::pair<QString, QString>> &lines) const
{
    lines.emplace_back(tr("Exported"), itemtext::text(formatRfc3339(state().wallNow())));
    const quint64 dropped = m_context.receiver ? m_context.receiver->status().dropped : m_context.live->droppedRecords();
    lines.emplace_back(tr("Dropped records"), itemtext::count(dropped));
}

std::vector<std::pair<QString, QString>> Page::askedAnywhere() const
{
    std::vector<std::pair<QString, QString>> lines{{tr("Product"), productText()}, {tr("Time zone"), formatter().zoneName()}};
    addWhenAndDropped(lines);
    return lines;
}

Page *Page::of(const QWidget *widget)
{
    for (const QWidget *at = widget; at; at = at->parentWidget()) {
        if (auto *page = qobject_cast<Page *>(const_cast<QWidget *>(at)))
            return page;
        if (!at->isWindow())
            continue;
        for (Page *page : at->findChildren<Page *>()) {
            if (page->isActive())
                return page;
        }
    }
    return nullptr;
}

std::vector<std::pair<QString, QString>> Page::asked() const
{
    const ViewState &view = *m_context.state;
    const Formatter words = formatter();
    const TimeRange range = view.effectiveRange();
    std::vector<std::pair<QString, QString>> lines;
    lines.emplace_back(tr("Product"), productText());
    lines.emplace_back(tr("Range"), tr("%1 to %2", "two times").arg(itemtext::text(formatRfc3339(range.from)), itemtext::text(formatRfc3339(range.to))));
    lines.emplace_back(tr("Time zone"), words.zoneName());
    const Filter honoured = honouredFilter();
    lines.emplace_back(tr("Filter"), honoured.isEmpty() ? tr("none") : itemtext::text(honoured.text()));
    const QStringList terms = view.filterTerms(), reasons = unhonouredReasons();
    for (int i = 0; i < reasons.size() && i < terms.size(); ++i) {
        if (!reasons.at(i).isEmpty())
            lines.emplace_back(tr("Not filtered"), terms.at(i) + QStringLiteral(" – ") + reasons.at(i));
    }
    const bool isOfReleases = view.isComparing() && view.comparison().kind == Comparison::Kind::Releases;
    if (isOfReleases)
        lines.emplace_back(tr("Release"), view.comparison().release);
    if (view.isComparing() && comparisonNote().isEmpty()) {
        const TimeRange before = view.comparedRange(range);
        const QString times = tr("%1 to %2", "two times").arg(itemtext::text(formatRfc3339(before.from)), itemtext::text(formatRfc3339(before.to)));
        lines.emplace_back(tr("Compared with"), isOfReleases ? tr("release %1, %2", "a release, times").arg(view.comparison().otherRelease, times) : times);
    }
    if (m_context.notes) {
        for (const Note &note : m_context.notes->notesIn(range))
            lines.emplace_back(tr("Note"), tr("%1: %2", "a time, a note").arg(itemtext::text(formatRfc3339(note.at)), itemtext::text(note.text).simplified()));
    }
    addWhenAndDropped(lines);
    return lines;
}

void Page::askSample(const QString &slot, std::function<void(const QString &)> then)
{
    m_context.queries->ask<Engine::Reply<Totals>>(
        slot, this, [scope = honouredScope()](Engine &engine, std::stop_token stop) { return engine.totals(scope, stop); },
        [this, then = std::move(then)](const Engine::Reply<Totals> &totals) {
            if (!totals) {
                then({});
                return;
            }
            const auto number = [](std::uint64_t count) { return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max())); };
            then(tr("%1, %2, %3", "usage events, sessions, users")
                     .arg(tr("%Ln usage event(s)", nullptr, number(totals->value.usageEvents)), tr("%Ln session(s)", nullptr, number(totals->value.sessions)),
                          tr("%Ln user(s)", nullptr, number(totals->value.users))));
        });
}

void Page::write(const QString &path, std::function<Result<void>()> work)
{
    Q_EMIT told(tr("Writing…"));
    m_context.queries->ask<Result<bool>>(
        QStringLiteral("window.write"), this,
        [work = std::move(work)](Engine &, std::stop_token) -> Result<bool> {
            if (const auto written = work(); !written)
                return tl::unexpected(written.error());
            return true;
        },
        [this, path](const Result<bool> &written) { tellWritten(path, written); });
}

void Page::writeLong(const QString &path, TableFormat format, ExportTable head, LongList list)
{
    const QString slot = QStringLiteral("window.write");
    const QString name = QFileInfo(path).fileName();
    auto *progress = new QProgressDialog(tr("Writing %1…").arg(name), tr("Stop"), 0, 100, window());
    progress->setWindowTitle(tr("Export"));
    progress->setAttribute(Qt::WA_DeleteOnClose);
    progress->setAutoReset(false);
    progress->setMinimumDuration(700);
    const auto written = std::make_shared<std::atomic<std::size_t>>(0);
    auto *pulse = new QTimer(progress);
    connect(pulse, &QTimer::timeout, progress, [progress, written, total = std::max<std::size_t>(list.total, 1)] {
        progress->setValue(static_cast<int>(std::min<std::size_t>(*written * 100 / total, 99)));
    });
    pulse->start(100);
    connect(progress, &QProgressDialog::canceled, this, [this, slot, name, progress] {
        m_context.queries->cancel(slot);
        Q_EMIT told(tr("Stopped; %1 was not written.").arg(name));
        progress->close();
    });
    m_context.queries->ask<Result<bool>>(
        slot, this,
        [path, format, head = std::move(head), list = std::move(list), words = formatter(), written](Engine &engine, std::stop_token stop) mutable -> Result<bool> {
            const auto more = [&](ExportTable &piece) -> Result<bool> {
                auto next = list.rows(engine, *written, list.rowsOfPiece, stop);
                if (!next)
                    return tl::unexpected(next.error());
                if (stop.stop_requested())
                    return failure(Error::Code::Cancelled, "stopped");
                piece.rows = std::move(next->rows);
                piece.values = std::move(next->values);
                *written += piece.rows.size();
                return !piece.rows.empty();
            };
            // The first piece is there before a line is written: it says what kind of columns there are.
            if (const auto first = more(head); !first)
                return tl::unexpected(first.error());
            if (const auto done = writeTable(head, more, format, words, path); !done)
                return tl::unexpected(done.error());
            return true;
        },
        [this, path, progress = QPointer<QProgressDialog>(progress)](const Result<bool> &done) {
            if (progress) {
                progress->disconnect(this);
                progress->close();
            }
            tellWritten(path, done);
        });
}

std::optional<LongList> Page::longList(const Panel &, bool) const
{
    return std::nullopt;
}

void Page::tellWritten(const QString &path, const Result<bool> &written)
{
    Q_EMIT told(written ? tr("Saved as %1.").arg(QFileInfo(path).fileName())
                        : tr("%1 could not be written: %2").arg(path, itemtext::text(written.error().message)));
}

QString Page::comparisonNote() const
{
    return tr("This view compares nothing.");
}

std::optional<Scope> Page::comparedScope(TimeRange range) const
{
    return state().isComparing() ? std::optional(state().comparedScope(range, honouredFilter())) : std::nullopt;
}

std::optional<EarlierBuckets> Page::earlierBuckets(TimeRange range, ActivityStep step) const
{
    std::optional<Scope> scope = comparedScope(range);
    if (!scope)
        return std::nullopt;
    const TimeRange then = state().comparedRange(range);
    scope->range = {bucketStart(then.from, step, state().zone()), bucketStart(then.to, step, state().zone()) + widthOf(step)};
    return EarlierBuckets{std::move(*scope), range.from - then.from};
}

QString Page::comparedWith(TimeRange range) const
{
    if (!state().isComparing())
        return {};
    if (state().comparison().kind == Comparison::Kind::PreviousPeriod)
        return tr("%1 before, %2", "a length, dates").arg(lengthText(range.to - range.from), state().rangeText(ViewState::previousOf(range)));
    return state().comparisonText(range);
}

void Page::addPanelMenus()
{
    for (Panel *panel : findChildren<Panel *>()) {
        connect(panel, &Panel::stopRequested, this, [this, panel] { stop(panel); });
        connect(panel, &Panel::detailsRequested, this, [this, panel] { explain(panel->accessibleName(), panel->questionsOfProblem()); });
        QWidget *body = panel->body();
        const bool hasRows = qobject_cast<ChartWidget *>(body) || qobject_cast<QAbstractItemView *>(body) ||
                             body->findChild<ChartWidget *>() || body->findChild<QAbstractItemView *>();
        if (hasRows && !panel->menuButton()->menu())
            panel->setMenu(new PanelMenu(panel, this));
    }
}

ListQuestion Page::listQuestion(const Scope &scope) const
{
    return {state().range(), state().selection(), scope.filter.text()};
}

void Page::limitToKnown(Heatmap &map) const
{
    if (m_context.isArchive)
        map.firstSeen.clear();
    map.heardUntil = silentSince();
}

std::optional<Instant> Page::silentSince() const
{
    using namespace std::chrono_literals;
    const auto last = live().lastSign();
    const bool isSilent = state().mode() == ViewState::Mode::Live && live().state() != SourceState::Live && last && state().now() - *last > 1min;
    return isSilent ? last : std::nullopt;
}

void Page::connectTracks(TrackStack *chart, Panel *panel)
{
    connect(panel, &Panel::actionRequested, this, &Page::actOnNothing);
    connect(chart, &TrackStack::selectionChanged, this, [this](std::optional<TimeRange> range) { state().setSelection(range); });
    connect(chart, &TrackStack::selectionCommitted, this, [this](TimeRange range) {
        state().setSelection(range);
        state().commitSelection();
    });
    connect(chart, &TrackStack::waitingChanged, panel, &Panel::setHolding);
    connect(chart, &TrackStack::rangeResetRequested, &state(), &ViewState::resetRange);
    connect(chart, &TrackStack::markerActivated, this, &Page::openMarker);
}

TrackStackData Page::frame(TimeRange range) const
{
    TrackStackData shown;
    shown.range = range;
    shown.markers = markersIn(range);
    // The bucket in which this is has not all of its time.
    const Instant known = silentSince().value_or(state().now());
    if (range.to >= known)
        shown.now = known;
    return shown;
}

void Page::endAtSilence(TrackStackData &shown) const
{
    const auto last = silentSince();
    if (!last || !shown.range.contains(*last))
        return;
    shown.gaps.push_back({{*last, Instant::max()}, tr("No data since %1").arg(formatter().timeSeconds(*last))});
    for (Track &track : shown.tracks) {
        for (std::size_t i = 0; i < track.starts.size() && i < track.values.size(); ++i) {
            if (track.starts[i] > *last)
                track.values[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
}

void Page::keepQuestions(const QString &slot, Panel *panel, std::vector<AskedQuestion> questions)
{
    // What found nothing on the way explains no number.
    std::erase_if(questions, [](const AskedQuestion &question) { return question.problem.has_value(); });
    if (panel)
        panel->setQuestions(questions);
    m_questions[slot] = std::move(questions);
}

std::vector<AskedQuestion> Page::questions(const QString &slot) const
{
    const auto found = m_questions.find(slot);
    return found == m_questions.end() ? std::vector<AskedQuestion>() : found->second;
}

void Page::explain(const QString &title, const std::vector<AskedQuestion> &questions)
{
    auto *dialog = new ExplanationDialog(telltale::explain(title, asked(), questions, formatter(), m_context.cache), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Page::cancel(const QString &slot)
{
    m_context.queries->cancel(slot);
    close(slot);
    tellSettled();
}

void Page::tellSettled()
{
    if (!m_open.empty())
        return;
    Q_EMIT settled();
    if (std::exchange(m_wantsData, false))
        refreshForData();
}

Page::Listening::Listening(Engine &engine, std::shared_ptr<Reading> reading)
    : m_engine(engine)
{
    engine.setProgress([reading = std::move(reading)](std::size_t done, std::size_t total) {
        reading->done = done;
        reading->total = total;
    });
}

/// All that is asked for it.
void Page::stop(Panel *panel)
{
    std::vector<std::pair<QString, std::function<void()>>> stopped;
    for (const auto &[slot, open] : m_open) {
        if (open.panel == panel)
            stopped.emplace_back(slot, open.fail);
    }
    panel->showStopped();
    for (const auto &[slot, fail] : stopped) {
        cancel(slot);
        if (fail)
            fail();
    }
    Q_EMIT announced(tr("%1: stopped").arg(panel->accessibleName()));
}

} // namespace telltale
