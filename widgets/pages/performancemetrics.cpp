// SPDX-License-Identifier: GPL-3.0-or-later
// The metric explorer of the performance view: the list, one metric over time, split by an attribute.
#include "widgets/pages/performancepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/linelegend.h"
#include "widgets/pages/metrictracks.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/panelmenu.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>

#include <limits>
#include <map>

namespace telltale {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostSeries = 6; ///< small multiples that can still be read

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::PerformancePage)
};

/// What may be asked of a metric, by its kind.
std::vector<std::pair<QString, MetricValue>> valuesFor(const std::string &kind)
{
    std::vector<std::pair<QString, MetricValue>> values;
    const bool isDistribution = kind == "histogram" || kind == "exponential_histogram" || kind == "summary";
    if (isDistribution)
        values = {{Words::tr("Median"), MetricValue::P50}, {Words::tr("95th percentile"), MetricValue::P95}, {Words::tr("99th percentile"), MetricValue::P99},
                  {Words::tr("Average"), MetricValue::Average}, {Words::tr("Count"), MetricValue::Count}, {Words::tr("Rate per second"), MetricValue::Rate}};
    else if (kind == "sum")
        values = {{Words::tr("Rate per second"), MetricValue::Rate}, {Words::tr("Sum"), MetricValue::Sum}, {Words::tr("Average"), MetricValue::Average},
                  {Words::tr("Highest"), MetricValue::Maximum}};
    else
        values = {{Words::tr("Average"), MetricValue::Average}, {Words::tr("Highest"), MetricValue::Maximum}, {Words::tr("Lowest"), MetricValue::Minimum},
                  {Words::tr("Count"), MetricValue::Count}};
    return values;
}

/// Rates and counts have no unit of their own.
std::pair<ValueKind, double> writingOf(const QString &unit, const QString &metric, MetricValue value)
{
    if (value == MetricValue::Count || value == MetricValue::Rate)
        return {ValueKind::Decimal, 1};
    const UnitWriting writing = telltale::writingOf(unit, metric);
    return {writing.kind, writing.factor};
}

} // namespace

QWidget *PerformancePage::makeMetrics()
{
    m_metricTable = new DataTable(tr("Metrics"));
    m_metricTable->setSource(&m_metrics);
    m_metricTable->setColumns(MetricModel::Metric, {{MetricModel::Unit, 70},
                                                    {MetricModel::Kind, 84},
                                                    {MetricModel::Series, 56},
                                                    {MetricModel::Points, 72}});
    m_metricPanel = new Panel(tr("Metrics"), {}, m_metricTable, this);
    connect(m_metricPanel, &Panel::retryRequested, this, &PerformancePage::askMetrics);
    connect(m_metricPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    connect(m_metricTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        const QString metric = index.data(KeyRole).toString();
        if (metric == m_metric || metric.isEmpty())
            return;
        m_metric = metric;
        showValues();
        if (isActive())
            askMetric();
    });
    m_metricSearch = new SearchField(tr("Search metrics"), tr("Search metrics"), this);
    connect(m_metricSearch, &SearchField::textChanged, m_metricTable->sorted(), &QSortFilterProxyModel::setFilterFixedString);

    m_metricChart = new TrackStack;
    m_metricChart->setChartName(tr("Metric over time"));
    m_metricChartPanel = new Panel(tr("Metric over time"), {}, m_metricChart, this);
    m_metricChartPanel->setProperty(PanelMenu::kHasBuckets, true);
    m_metricLegend = new LineLegend;
    m_metricChartPanel->addLegend(m_metricLegend);
    connectTracks(m_metricChart, m_metricChartPanel);
    connect(m_metricChartPanel, &Panel::retryRequested, this, &PerformancePage::askMetric);
    m_value = new QComboBox;
    m_value->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_value->setSizeAdjustPolicy(QComboBox::AdjustToContents); // its choices change with the metric
    m_value->setAccessibleName(tr("Value"));
    m_by = new QComboBox;
    m_by->setAccessibleName(tr("Split by attribute"));
    m_by->setEditable(true);
    m_by->lineEdit()->setPlaceholderText(tr("Split by attribute"));
    m_by->lineEdit()->setAccessibleName(tr("Split by attribute"));
    m_by->addItems({{}, QStringLiteral("os.type"), QStringLiteral("service.version"), QStringLiteral("device.model.identifier"),
                    QStringLiteral("host.name"), QStringLiteral("service.instance.id")});
    m_by->setMinimumWidth(scaled(110));
    m_by->setMinimumContentsLength(12);
    m_by->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_metricChartPanel->addCorner(m_value);
    m_metricChartPanel->addCorner(m_by);
    connect(m_value, &QComboBox::activated, this, &PerformancePage::askMetric);
    connect(m_by, &QComboBox::activated, this, &PerformancePage::askMetric);
    connect(m_by->lineEdit(), &QLineEdit::editingFinished, this, &PerformancePage::askMetric);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(size::kCardGap);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_metricPanel);
    splitter->addWidget(m_metricChartPanel);
    splitter->setSizes({560, 640});
    return splitter;
}

void PerformancePage::askMetrics()
{
    const Scope scope = honouredScope();
    ask<std::vector<MetricRow>>(
        QStringLiteral("performance.metrics"), m_metricPanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<std::vector<MetricRow>> {
            auto rows = engine.metrics(scope, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return std::move(rows->value);
        },
        [this](std::vector<MetricRow> rows) {
            const bool isNone = rows.empty();
            m_metrics.setRows(std::move(rows));
            if (isNone) {
                showNothing(m_metricPanel, tr("metrics"));
                m_metricChartPanel->showEmpty(tr("No metric chosen"));
                return;
            }
            m_metricPanel->showBody();
            if (m_metric.isEmpty() || m_metrics.rowOfKey(m_metric.toStdString()) < 0) {
                m_metric.clear();
                m_metricTable->setSourceRow(0);
            }
        });
}

void PerformancePage::showValues()
{
    const int row = m_metrics.rowOfKey(m_metric.toStdString());
    if (row < 0)
        return;
    m_value->clear();
    for (const auto &[text, value] : valuesFor(m_metrics.rowAt(row).kind))
        m_value->addItem(text, static_cast<int>(value));
}

void PerformancePage::askMetric()
{
    const int row = m_metric.isEmpty() ? -1 : m_metrics.rowOfKey(m_metric.toStdString());
    if (row < 0)
        return;
    const MetricRow metric = m_metrics.rowAt(row);
    const TimeRange range = state().resolvedRange();
    const ActivityStep step = state().stepFor(range.to - range.from);
    const Scope scope = honouredScope({bucketStart(range.from, step, state().zone()), range.to});
    const auto value = static_cast<MetricValue>(m_value->currentData().toInt());
    const std::string by = m_by->currentText().trimmed().toStdString();
    const QString unit = itemtext::text(metric.unit);
    m_metricChartPanel->setTitle(itemtext::text(metric.metric));
    m_metricChartPanel->setSubtitle(unit.isEmpty() ? tr("%1 buckets").arg(stepText(step))
                                                   : tr("%1 · %2 buckets").arg(unit, stepText(step)));
    const auto before = earlierBuckets(range, step);
    const auto shift = before ? before->shift : std::chrono::nanoseconds();
    using Answer = Compared<std::vector<MetricValueRow>>;
    ask<Answer>(
        QStringLiteral("performance.metric"), m_metricChartPanel,
        [scope, before, step, value, by, name = metric.metric](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<MetricValueRow>>(
                scope, before ? std::optional(before->scope) : std::nullopt, [&](const Scope &one) -> Engine::Reply<std::vector<MetricValueRow>> {
                    auto rows = engine.metric(name, value, step, by, one, stop);
                    if (!rows && rows.error().code == Error::Code::NotFound)
                        return Answered<std::vector<MetricValueRow>>{};
                    return rows;
                });
        },
        [this, range, shift, step, value, unit](const Answer &answer) { showMetric(answer, range, shift, step, value, unit); });
}

void PerformancePage::showMetric(const Compared<std::vector<MetricValueRow>> &answer, TimeRange range, std::chrono::nanoseconds shift,
                                 ActivityStep step, MetricValue value, const QString &unit)
{
    const auto [kind, scale] = writingOf(unit, m_metric, value);
    std::map<std::optional<std::string>, Track> tracks;
    for (const MetricValueRow &one : answer.now) {
        Track &track = tracks[one.series];
        track.starts.push_back(one.start);
        track.values.push_back(one.value ? *one.value * scale : kUnknown);
        track.end = one.start + widthOf(step);
    }
    if (tracks.empty()) {
        showNothing(m_metricChartPanel, tr("points"));
        return;
    }
    struct Earlier
    {
        std::vector<Instant> starts;
        std::vector<double> values;
    };
    std::map<std::optional<std::string>, Earlier> earlier;
    for (const MetricValueRow &one : answer.before.value_or(std::vector<MetricValueRow>())) {
        earlier[one.series].starts.push_back(one.start);
        earlier[one.series].values.push_back(one.value ? *one.value * scale : kUnknown);
    }
    TrackStackData shown = frame(range);
    int slot = 0;
    for (auto &[series, track] : tracks) {
        track.id = series ? itemtext::text(*series) : QString();
        track.name = tracks.size() == 1 && !series ? m_value->currentText() : series ? itemtext::text(*series) : tr("without");
        track.kind = kind;
        track.colour = static_cast<SeriesSlot>(slot++);
        if (const auto found = earlier.find(series); found != earlier.end())
            track.previous = alignedBefore(track.starts, shift, found->second.starts, found->second.values);
        shown.tracks.push_back(std::move(track));
        if (shown.tracks.size() == kMostSeries)
            break;
    }
    if (tracks.size() > kMostSeries)
        m_metricChartPanel->setSubtitle(tr("%1 of %2 series").arg(itemtext::count(kMostSeries), itemtext::count(tracks.size())));
    shown.previousName = comparedWith(range);
    m_metricLegend->setPrevious(shown.previousName);
    m_metricChart->setFormatter(formatter());
    endAtSilence(shown);
    m_metricChart->setData(shown);
    m_metricChartPanel->showBody();
}

} // namespace telltale
