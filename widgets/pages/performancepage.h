// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/operationmodel.h"
#include "models/items/tracemodel.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/page.h"

class QComboBox;
class QSplitter;
class QStackedWidget;

namespace telltale {

class CodeView;
class DataTable;
class LineLegend;
class PlainLabel;
class SearchField;
class SegmentedControl;

/// "Where is it slow, and for whom?" Operations with their latencies, traces with their waterfall; metrics over time, split by what
/// tells them apart.
class PerformancePage final : public Page
{
    Q_OBJECT

public:
    explicit PerformancePage(const PageContext &context, QWidget *parent = nullptr);

    SegmentedControl *tabs() const { return m_tabs; }
    TrackStack *latency() const { return m_latency; }
    HeatmapView *spread() const { return m_spread; }
    /// Percentiles or spread.
    SegmentedControl *latencyView() const { return m_latencyView; }
    TrackStack *metricChart() const { return m_metricChart; }
    DataTable *operations() const { return m_operationTable; }
    DataTable *traces() const { return m_traceTable; }
    DataTable *spans() const { return m_spanTable; }
    DataTable *metrics() const { return m_metricTable; }
    QWidget *searchField() override;
    QString comparisonNote() const override { return {}; }
    RecordKinds recordKinds() const override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Tab { Operations, Metrics };

    QWidget *makeOperations();
    QWidget *makeMetrics();
    void makeLatency();
    bool showsSpread() const;
    void showLatencyView();
    void showLatencyTitle();
    void askLatency();
    void askPercentiles();
    void askSpread();
    void showSpread(const LatencyBands &bands, TimeRange range, ActivityStep step);
    void openSpreadCell(HeatmapView::Cell cell);
    void askOperations();
    void askTraces();
    void askSpans();
    void askMetrics();
    void askMetric();
    void chooseOperation();
    void showValues();
    void showSpan();
    /// The scope, narrowed to the chosen operation when there is one.
    Scope operationScope(TimeRange range) const;
    Filter narrowed(const Filter &filter) const;
    void showPercentiles(const Compared<std::vector<LatencyRow>> &answer, TimeRange range, std::chrono::nanoseconds shift, ActivityStep step);
    void showMetric(const Compared<std::vector<MetricValueRow>> &answer, TimeRange range, std::chrono::nanoseconds shift, ActivityStep step,
                    MetricValue value, const QString &unit);
    void showOperations(const Compared<std::vector<OperationRow>> &answer, TimeRange range);
    void fitOperations();
    void takeOperations(std::vector<ComparedOperation> rows);
    void takeTraces(std::vector<TraceRow> rows);
    void showTraces(std::vector<TraceRow> rows);

    OperationModel m_operations;
    TraceModel m_traces;
    SpanModel m_spans;
    MetricModel m_metrics;
    QString m_operation; ///< chosen; empty: all
    QString m_trace;
    QString m_metric;
    SegmentedControl *m_tabs;
    QStackedWidget *m_pages;
    QSplitter *m_columns = nullptr;
    TrackStack *m_latency = nullptr;
    HeatmapView *m_spread = nullptr;
    QStackedWidget *m_latencyViews = nullptr;
    SegmentedControl *m_latencyView = nullptr;
    HeatmapLegend *m_spreadLegend = nullptr;
    std::vector<double> m_edges; ///< of the bands that are shown, milliseconds
    TrackStack *m_metricChart = nullptr;
    ListHold *m_operationHold = nullptr;
    ListHold *m_traceHold = nullptr;
    DataTable *m_operationTable = nullptr;
    DataTable *m_traceTable = nullptr;
    DataTable *m_spanTable = nullptr;
    DataTable *m_metricTable = nullptr;
    LineLegend *m_latencyLegend = nullptr;
    LineLegend *m_metricLegend = nullptr;
    CodeView *m_details = nullptr;
    SearchField *m_operationSearch = nullptr;
    SearchField *m_metricSearch = nullptr;
    QComboBox *m_value = nullptr;
    QComboBox *m_by = nullptr;
    Panel *m_latencyPanel = nullptr;
    Panel *m_operationPanel = nullptr;
    Panel *m_tracePanel = nullptr;
    Panel *m_spanPanel = nullptr;
    Panel *m_metricPanel = nullptr;
    Panel *m_metricChartPanel = nullptr;
};

} // namespace telltale
