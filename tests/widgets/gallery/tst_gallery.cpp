// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every widget in every state, in both themes, into PNG files, and checks that something was drawn: no picture may be
// of one colour, and the two themes must differ. People look at the files; so should you after changing a widget.
#include "tests/widgets/gallery/samples.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/card.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/emptystate.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/lamp.h"
#include "widgets/controls/pill.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/popover.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QRadioButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QTest>

#include <functional>

using namespace telltale;

namespace {

QString t(const char *text)
{
    return QString::fromUtf8(text);
}

/// A page in the window's colour.
class Page final : public QWidget
{
public:
    Page() { setAttribute(Qt::WA_StyledBackground, false); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), tokensOf(this).window);
    }
};

/// Paints whatever the function paints.
class Canvas final : public QWidget
{
public:
    Canvas(QSize size, std::function<void(QPainter &, const Tokens &)> paint)
        : m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        m_paint(painter, tokensOf(this));
    }

private:
    std::function<void(QPainter &, const Tokens &)> m_paint;
};

KpiTile *tile(const KpiFigure &figure)
{
    auto *made = new KpiTile;
    made->setFormatter(samples::formatter());
    made->setFigure(figure);
    return made;
}

std::vector<KpiFigure> figures()
{
    using Better = Change::Better;
    return {
        {t("Active users"),
         {},
         2418,
         ValueKind::Count,
         t("now"),
         {Change::Kind::Ratio, 0.061, Better::Higher},
         {},
         samples::trend(1, 32, 1.2),
         {},
         {}},
        {t("Sessions started"),
         t("60 min"),
         1906,
         ValueKind::Count,
         {},
         {Change::Kind::Ratio, 0.034, Better::Higher},
         {},
         samples::trend(2, 32, 0.6),
         {},
         {}},
        {t("Median dwell per screen"),
         {},
         41'200,
         ValueKind::Milliseconds,
         {},
         {Change::Kind::Ratio, -0.02, Better::Neither},
         {},
         samples::trend(3, 32, -0.4),
         {},
         {}},
        {t("Crash-free sessions"),
         {},
         0.9861,
         ValueKind::Ratio,
         {},
         {Change::Kind::Points, -0.0093, Better::Higher},
         {},
         samples::trend(4, 32, -1),
         {},
         {}},
        {t("Screen load p95"),
         {},
         842,
         ValueKind::Milliseconds,
         {},
         {Change::Kind::Value, 118, Better::Lower, ValueKind::Milliseconds},
         {},
         samples::trend(5, 32, 2),
         {},
         {}},
    };
}

QWidget *overview()
{
    auto *page = new Page;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(18, 12, 18, 18);
    grid->setSpacing(size::kCardGap);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(size::kCardGap);
    for (const KpiFigure &figure : figures())
        tiles->addWidget(tile(figure));
    grid->addLayout(tiles, 0, 0, 1, 2);

    auto *live = new Card(t("Live activity"), t("15 s buckets"));
    auto *stack = new TrackStack;
    stack->setObjectName(t("stack"));
    stack->setFormatter(samples::formatter());
    stack->setChartName(t("Live activity"));
    stack->setData(samples::tracks());
    live->setContent(stack);
    live->setMenu(new QMenu(live));
    grid->addWidget(live, 1, 0);

    auto *errors = new Card(t("Errors to look at"));
    errors->addCorner(makeLink(t("All 23")));
    errors->setContent(new Canvas(QSize(338, 250), [](QPainter &painter, const Tokens &tokens) {
        const QStringList names{t("NullPointerException"), t("HTTP 504"), t("ANR"), t("TypeError")};
        for (int i = 0; i < names.size(); ++i) {
            const double y = 18 + i * 62;
            paintLevelMark(&painter, QPointF(7, y), i < 3 ? 17 : 13, tokens);
            painter.setFont(fontFor(FontRole::BodyStrong));
            painter.setPen(tokens.text);
            painter.drawText(QPointF(20, y + 5), names[i]);
            paintSparkBars(&painter, QRectF(226, y - 4, 56, 22), samples::crashTrend(24), i < 3 ? 14 : -1,
                           tokens);
        }
    }));
    errors->content()->addStretch(1);
    grid->addWidget(errors, 1, 1);

    auto *usage = new Card(t("Feature usage"), t("unique users per 2 min"));
    auto *heat = new HeatmapView;
    heat->setObjectName(t("heat"));
    heat->setFormatter(samples::formatter());
    heat->setPlotEdges(stack->plotEdges());
    usage->addCorner(new HeatmapLegend(heat));
    heat->setGrid(samples::features());
    usage->setContent(heat);
    grid->addWidget(usage, 2, 0);

    auto *when = new Card(t("When people train"), t("last 4 weeks"));
    auto *week = new HeatmapView;
    week->setFormatter(samples::formatter());
    week->setPlotEdges({38, 0});
    week->setGrid(samples::weekdays());
    when->setContent(week);
    grid->addWidget(when, 2, 1);
    grid->setRowStretch(1, 11);
    grid->setRowStretch(2, 8);
    grid->setColumnStretch(0, 1);
    errors->setFixedWidth(366);
    when->setFixedWidth(366);
    page->resize(1228, 862);
    return page;
}

QWidget *controls()
{
    auto *page = new Page;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(18, 18, 18, 18);
    layout->setSpacing(12);
    const auto row = [&](const QList<QWidget *> &widgets) {
        auto *line = new QHBoxLayout;
        line->setSpacing(10);
        for (QWidget *widget : widgets)
            line->addWidget(widget);
        line->addStretch(1);
        layout->addLayout(line);
    };
    auto *lamps = new Card(t("Lamps"), t("six states, three sizes"));
    auto *lampRow = new QHBoxLayout;
    for (const int diameter : {Lamp::kSidebar, Lamp::kToolbar, Lamp::kOnboarding}) {
        for (const LampState state : {LampState::Live, LampState::Late, LampState::Paused, LampState::Error,
                                      LampState::Off, LampState::Waiting}) {
            auto *lamp = new Lamp(diameter);
            lamp->setState(state);
            lamp->setWordVisible(diameter != Lamp::kOnboarding);
            lampRow->addWidget(lamp);
        }
    }
    lampRow->addStretch(1);
    lamps->content()->addLayout(lampRow);
    layout->addWidget(lamps);

    row({new Pill(t("New"), Tone::Accent), new Pill(t("Regressed"), Tone::Bad),
         new Pill(t("Escalating"), Tone::Bad), new Pill(t("Ongoing")), new Pill(t("Resolved"), Tone::Ok),
         new Pill(t("Late"), Tone::Warn)});
    auto *badge = new Badge(Tone::Neutral), *bad = new Badge(Tone::Bad), *large = new Badge(Tone::Neutral);
    badge->setCount(184);
    bad->setCount(7);
    large->setCount(38'200'000);
    auto *chip = new FilterChip(t("Release 4.2.0"));
    auto *struck = new FilterChip(t("Device Pixel 8"));
    struck->setUnavailable(t("Logs have no device"));
    auto *off = makeButton(t("Disabled"));
    off->setEnabled(false);
    row({badge, bad, large, chip, struck});
    auto *compare = makeButton(IconId::Compare, t("vs previous"));
    compare->setCheckable(true);
    compare->setChecked(true);
    row({makeButton(IconId::Resolve, t("Resolve"), ButtonKind::Primary), makeButton(t("Archive")),
         makeButton(IconId::Copy, t("Copy")), makeButton(t("Delete"), ButtonKind::Danger),
         makeButton(IconId::Plus, t("Filter"), ButtonKind::Flat), off, compare,
         makeIconButton(IconId::Search, t("Find")), makeLink(t("All 23"))});
    auto *range = new QToolButton;
    range->setText(t("Last 60 minutes"));
    range->setIcon(themedIcon(IconId::Clock, Ink::Text));
    range->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *tabs = new SegmentedControl;
    tabs->setCountAt(tabs->addSegment(t("Unresolved")), 23);
    tabs->setCountAt(tabs->addSegment(t("New")), 2);
    tabs->addSegment(t("Archived"));
    tabs->addSegment(t("Disabled"));
    tabs->setSegmentEnabled(3, false);
    row({joinButtons({makeIconButton(IconId::ChevronLeft, t("Earlier")), range,
                      makeIconButton(IconId::ChevronRight, t("Later")),
                      makeIconButton(IconId::ZoomOut, t("Zoom out"))}),
         tabs});
    auto *search = new SearchField(t("Search"), t("User, device, screen, has:error"));
    auto *typed = new SearchField(t("Search"));
    typed->setText(t("release:4.2.0"));
    auto *broken = new SearchField(t("Search"));
    broken->setText(t("from:yesterdy"));
    broken->setProblem(t("Not a time"));
    auto *combo = new QComboBox;
    combo->addItems({t("Users affected"), t("Last seen")});
    row({search, typed, broken, combo});
    auto *checked = new QCheckBox(t("Summary")), *unchecked = new QCheckBox(t("Notes")),
         *partly = new QCheckBox(t("Some"));
    checked->setChecked(true);
    partly->setCheckState(Qt::PartiallyChecked);
    auto *on = new QRadioButton(t("OpenTelemetry")), *radioOff = new QRadioButton(t("Sentry"));
    on->setChecked(true);
    auto *bar = new QScrollBar(Qt::Horizontal);
    bar->setRange(0, 100);
    bar->setPageStep(40);
    bar->setFixedWidth(160);
    row({checked, unchecked, partly, on, radioOff, bar});

    for (const Tone tone : {Tone::Bad, Tone::Warn, Tone::Ok, Tone::Accent}) {
        auto *banner = new Banner;
        banner->setContent(tone, t("No data for 4 minutes."),
                           t("The OTLP receiver on port 4318 stopped: address already in use by otelcol (pid "
                             "8123). You are seeing cached data."));
        if (tone == Tone::Bad)
            banner->setLamp(LampState::Error);
        banner->addButton(t("Restart on port 4320"));
        banner->setClosable(true);
        layout->addWidget(banner);
    }
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(12);
    KpiFigure few = figures()[0], fresh = figures()[1], stale = figures()[2], none = figures()[3],
              asOf = figures()[4];
    few.value = 12;
    few.change = {Change::Kind::FewData, 0, Change::Better::Higher};
    fresh.change = {Change::Kind::New, 0, Change::Better::Higher};
    none.value.reset();
    none.trend.clear();
    asOf.asOf = t("as of 14:28");
    for (const KpiFigure &figure : {few, fresh, stale, none, asOf})
        tiles->addWidget(tile(figure));
    static_cast<KpiTile *>(tiles->itemAt(2)->widget())->setStale(true);
    auto *loading = new KpiTile;
    tiles->addWidget(loading);
    layout->addLayout(tiles);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(12);
    auto *code = new CodeView;
    code->setCode(t("val sample = hr.latest()\nroute += Point(loc.lat, loc.lon)\nzones.add(sample.bpm, "
                    "loc.time)\nif (route.size % 20 == 0) flush()\n// the strap may be gone"));
    code->setFirstLineNumber(212);
    code->setMarkedLine(214);
    code->setCommentPrefix(t("//"));
    auto *empty = new EmptyState;
    empty->setIcon(IconId::Search);
    empty->setContent(t("No issues match release 9.9.9."),
                      t("Remove the filter to see 23 issues of the last 60 minutes."),
                      t("Remove that filter"));
    auto *emptyCard = new Card(t("Issues"));
    emptyCard->setContent(empty);
    emptyCard->setBusy(true);
    emptyCard->setProgress(0.4);
    bottom->addWidget(code);
    bottom->addWidget(emptyCard);
    layout->addLayout(bottom, 1);
    page->resize(1228, 862);
    return page;
}

QWidget *charts()
{
    auto *page = new Page;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(18, 18, 18, 18);
    grid->setSpacing(12);
    auto *byDay = new Card(t("Features by day"), t("unique users · row total at right"));
    auto *heat = new HeatmapView;
    heat->setFormatter(samples::formatter());
    heat->setPlotEdges({132, 0});
    byDay->addCorner(new HeatmapLegend(heat));
    heat->setGrid(samples::featuresByDay());
    heat->setCurrentCell({1, 24});
    byDay->setContent(heat);
    grid->addWidget(byDay, 0, 0, 1, 2);
    auto *dwell = new Card(t("Screen dwell time"), t("middle half of visits, mark = median"));
    auto *ranges = new DwellRanges;
    ranges->setFormatter(samples::formatter());
    ranges->setRows(samples::dwells());
    dwell->setContent(ranges);
    grid->addWidget(dwell, 1, 0);
    auto *detail = new Card(t("NullPointerException"));
    auto *bars = new TrendBars;
    bars->setFormatter(samples::formatter());
    bars->setTrend(samples::lastHour(), samples::crashTrend(40),
                   {{TimeMarker::Kind::Release, samples::lastHour().from + std::chrono::minutes(36),
                     t("4.2.0"), t("4.2.0")}},
                   t("now"));
    auto *shares = new ShareBars;
    shares->setFormatter(samples::formatter());
    shares->setRows(samples::shares());
    detail->setContent(bars);
    detail->setContent(shares);
    detail->content()->addWidget(new Canvas(QSize(330, 130), [](QPainter &painter, const Tokens &tokens) {
        for (int i = 0; i < 5; ++i)
            paintMiniTimeline(&painter, QRectF(0, i * 25, 320, 22), samples::mini(i + 1), tokens);
    }));
    detail->content()->addStretch(1);
    grid->addWidget(detail, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    page->resize(1228, 780);
    return page;
}

QWidget *session()
{
    auto *page = new Page;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(18, 18, 18, 18);
    auto *card = new Card;
    auto *timeline = new SessionTimeline;
    timeline->setFormatter(samples::formatter());
    timeline->setData(samples::session());
    timeline->setPlayhead(samples::session().errors[2].at);
    card->setContent(timeline);
    layout->addWidget(card);
    page->resize(862, 480);
    return page;
}

QWidget *icons()
{
    auto *page = new Page;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(new Canvas(QSize(820, 460), [](QPainter &painter, const Tokens &tokens) {
        for (int i = 0; i <= int(IconId::Drag); ++i) {
            const QPointF at(20 + (i % 14) * 57, 20 + (i / 14) * 62);
            paintIcon(&painter, IconId(i), QRectF(at, QSizeF(24, 24)), tokens.text);
            paintIcon(&painter, IconId(i), QRectF(at + QPointF(0, 30), QSizeF(16, 16)), tokens.text2);
        }
        double x = 20;
        for (const int size : {16, 24, 32, 64, 96}) {
            paintBrand(&painter, QRectF(x, 340, size, size));
            x += size + 16;
        }
        for (int i = 0; i < kSeriesColours; ++i)
            painter.fillRect(QRectF(320 + i * 40, 340, 36, 30), tokens.series[std::size_t(i)]);
        for (int i = 0; i < 240; ++i) {
            painter.fillRect(QRectF(320 + i, 380, 1.5, 20), tokens.sequentialAt(i / 239.0));
            painter.fillRect(QRectF(320 + i, 406, 1.5, 20), tokens.divergingAt(i / 119.5 - 1));
        }
    }));
    page->resize(860, 490);
    return page;
}

QWidget *trackStates()
{
    auto *page = new Page;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(18, 18, 18, 18);
    grid->setSpacing(12);
    const auto add = [&](const QString &name, int row, int column, const TrackStackData &data) {
        auto *card = new Card(name);
        auto *stack = new TrackStack;
        stack->setFormatter(samples::formatter());
        stack->setObjectName(name);
        stack->setData(data);
        card->setContent(stack);
        grid->addWidget(card, row, column);
        return stack;
    };
    TrackStackData offline = samples::tracks();
    offline.gaps = {
        {{samples::kNow - std::chrono::seconds(248), Instant::max()}, t("No data since 14:28:02")}};
    for (Track &track : offline.tracks)
        for (std::size_t i = 0; i < track.starts.size(); ++i)
            if (samples::kNow - std::chrono::seconds(248) < track.starts[i])
                track.values[i] = std::nan("");
    add(t("offline"), 0, 0, offline);
    TrackStack *brush = add(t("brush"), 0, 1, samples::tracks());
    brush->setSelection(TimeRange{samples::lastHour().from + std::chrono::minutes(36),
                                  samples::lastHour().from + std::chrono::minutes(47)});
    TrackStackData many = samples::tracks();
    for (int i = 0; i < 4; ++i)
        many.markers.push_back({TimeMarker::Kind::Release,
                                samples::lastHour().from + std::chrono::minutes(38 + i),
                                t("4.2.%1").arg(i + 1), t("x")});
    many.markers.push_back({TimeMarker::Kind::Alert, samples::lastHour().from + std::chrono::minutes(8),
                            t("crash rate > 1 %"), t("alert")});
    many.tracks.resize(1);
    many.tracks[0].isBasedAtZero = false;
    add(t("markers, one track, not based at zero"), 1, 0, many);
    TrackStackData empty = samples::tracks();
    for (Track &track : empty.tracks) {
        std::fill(track.values.begin(), track.values.end(), 0);
        track.previous.clear();
    }
    empty.markers.clear();
    add(t("all zero"), 1, 1, empty);
    page->resize(1440, 862);
    return page;
}

} // namespace

class TestGallery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(QStringLiteral(TELLTALE_PICTURES)));
        m_theme = new Theme(this);
        m_theme->install(Theme::Mode::Light);
        m_theme->setReducedMotion(true);
    }

    void pictures_data()
    {
        QTest::addColumn<int>("page");
        QTest::addRow("overview") << 0;
        QTest::addRow("controls") << 1;
        QTest::addRow("charts") << 2;
        QTest::addRow("session") << 3;
        QTest::addRow("icons") << 4;
        QTest::addRow("tracks") << 5;
    }

    void pictures()
    {
        QFETCH(int, page);
        m_theme->setMode(Theme::Mode::Light);
        QWidget *(*const makers[])() = {overview, controls, charts, session, icons, trackStates};
        const std::unique_ptr<QWidget> widget(makers[page]());
        widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(widget.get()));
        if (auto *stack = widget->findChild<TrackStack *>(t("stack"))) {
            const QPoint at(stack->plotRect(0).left() + 473, stack->plotRect(0).center().y() + 20);
            QTest::mouseMove(stack, at);
            widget->findChild<HeatmapView *>(t("heat"))->setCursorTime(stack->cursorTime());
        }
        const QImage light = take(*widget, t("light"), 1);
        take(*widget, t("light-2x"), 2);
        m_theme->setMode(Theme::Mode::Dark);
        QCoreApplication::processEvents();
        const QImage dark = take(*widget, t("dark"), 1);
        QVERIFY(light != dark);
    }

private:
    QImage take(QWidget &widget, const QString &suffix, double ratio)
    {
        QImage image(widget.size() * ratio, QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::magenta);
        widget.render(&image);
        const QString name = QStringLiteral(TELLTALE_PICTURES) + QLatin1Char('/') +
                             QLatin1String(QTest::currentDataTag()) + QLatin1Char('-') + suffix +
                             QStringLiteral(".png");
        if (!image.save(name))
            qWarning("%s could not be written", qPrintable(name));
        return image;
    }

    Theme *m_theme = nullptr;
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
