// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/performancepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/heldrows.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/spandelegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QResizeEvent>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace telltale {

namespace {

constexpr std::size_t kMostTraces = 100;
} // namespace

PerformancePage::PerformancePage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_tabs(new SegmentedControl)
    , m_pages(new QStackedWidget)
{
    m_tabs->setAccessibleName(tr("Performance of"));
    m_tabs->addSegment(tr("Operations"));
    m_tabs->addSegment(tr("Metrics"));
    m_tabs->setCurrentIndex(Operations);
    m_pages->addWidget(makeOperations());
    m_pages->addWidget(makeMetrics());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(size::kCardGap);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    for (SearchField *field : {m_operationSearch, m_metricSearch}) {
        field->setMaximumWidth(scaled(330));
        bar->addWidget(field, 3);
    }
    m_metricSearch->hide();
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        m_operationSearch->setVisible(tab == Operations);
        m_metricSearch->setVisible(tab == Metrics);
        Q_EMIT honouredChanged();
        refreshWhenShown();
    });
}

QWidget *PerformancePage::makeOperations()
{
    makeLatency();

    m_operationTable = new DataTable(tr("Operations"));
    m_operationTable->setSource(&m_operations);
    m_operationHold = new ListHold(m_operationTable, [](int rows) { return tr("%Ln new operation(s) · show (N)", nullptr, rows); });
    m_operationHold->setSorted(m_operationTable->sorted());
    m_operationTable->setItemDelegate(new DataCellDelegate(OperationModel::Operation, m_operationTable));
    m_operationTable->setColumns(OperationModel::Operation, {{OperationModel::Count, 76},
                                                             {OperationModel::Failed, 70},
                                                             {OperationModel::P50, 78},
                                                             {OperationModel::P95, 78},
                                                             {OperationModel::P95Change, 94},
                                                             {OperationModel::P99, 78}});
    // Beside what it is the change of.
    m_operationTable->horizontalHeader()->moveSection(OperationModel::P95Change, OperationModel::P99);
    m_operationTable->setColumnHidden(OperationModel::P95Change, true);
    m_operationPanel = new Panel(tr("Operations"), tr("a row narrows the chart and the traces, Enter filters"), m_operationTable, this);
    connect(m_operationPanel, &Panel::retryRequested, this, &PerformancePage::askOperations);
    connect(m_operationPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    connect(m_operationTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PerformancePage::chooseOperation);
    connect(m_operationTable, &QTableView::activated, this, [this](const QModelIndex &index) {
        state().addFilterTerm(QStringLiteral("operation"), index.siblingAtColumn(OperationModel::Operation).data().toString());
    });
    m_operationSearch = new SearchField(tr("Search operations"), tr("Search operations"), this);
    connect(m_operationSearch, &SearchField::textChanged, m_operationTable->sorted(), &QSortFilterProxyModel::setFilterFixedString);

    m_traceTable = new DataTable(tr("Traces"));
    m_traceTable->setSource(&m_traces);
    m_traceHold = new ListHold(m_traceTable, [](int rows) { return tr("%Ln new trace(s) · show (N)", nullptr, rows); });
    m_traceHold->setSorted(m_traceTable->sorted());
    addKey(tr("Show new rows"), Qt::Key_N, [this] {
        m_operationHold->showNow();
        m_traceHold->showNow();
    });
    m_traceTable->setColumns(TraceModel::Root, {{TraceModel::Start, 84}, {TraceModel::Duration, 84}, {TraceModel::Spans, 58}});
    m_tracePanel = new Panel(tr("Traces"), tr("the newest"), m_traceTable, this);
    connect(m_tracePanel, &Panel::retryRequested, this, &PerformancePage::askTraces);
    connect(m_tracePanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    connect(m_traceTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        const QString trace = index.data(KeyRole).toString();
        if (trace == m_trace || trace.isEmpty())
            return;
        m_trace = trace;
        if (isActive())
            askSpans();
    });

    m_spanTable = new DataTable(tr("Spans of the trace"));
    m_spanTable->setSource(&m_spans, false);
    m_spanTable->setItemDelegate(new SpanDelegate(m_spanTable));
    m_spanTable->verticalHeader()->setDefaultSectionSize(scaled(26));
    m_spanTable->setColumns(SpanModel::Duration, {{SpanModel::Operation, 220}});
    m_details = new CodeView;
    m_details->setAccessibleName(tr("The chosen span"));
    m_details->setVisibleLines(5);
    auto *waterfall = new QWidget;
    auto *lines = new QVBoxLayout(waterfall);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addWidget(m_spanTable, 1);
    lines->addWidget(m_details);
    m_spanPanel = new Panel(tr("Waterfall"), {}, waterfall, this);
    connect(m_spanPanel, &Panel::retryRequested, this, &PerformancePage::askSpans);
    connect(m_spanTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PerformancePage::showSpan);
    connect(&m_spans, &QAbstractItemModel::dataChanged, this, &PerformancePage::showSpan);

    const auto column = [](QWidget *upper, QWidget *lower, int upperShare, int lowerShare) {
        auto *splitter = new QSplitter(Qt::Vertical);
        splitter->setHandleWidth(size::kCardGap);
        splitter->setChildrenCollapsible(false);
        splitter->addWidget(upper);
        splitter->addWidget(lower);
        splitter->setSizes({upperShare * 100, lowerShare * 100});
        return splitter;
    };
    m_columns = new QSplitter(Qt::Horizontal);
    m_columns->setHandleWidth(size::kCardGap);
    m_columns->setChildrenCollapsible(false);
    m_columns->addWidget(column(m_latencyPanel, m_operationPanel, 5, 6));
    m_columns->addWidget(column(m_tracePanel, m_spanPanel, 4, 7));
    m_columns->setSizes({700, 500});
    return m_columns;
}

RecordKinds PerformancePage::recordKinds() const
{
    return recordKindBit(m_tabs->currentIndex() == Metrics ? RecordKind::MetricPoint : RecordKind::Span);
}

QWidget *PerformancePage::searchField()
{
    return m_tabs->currentIndex() == Operations ? m_operationSearch : m_metricSearch;
}

void PerformancePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool isNarrow = event->size().width() < scaled(1000);
    const bool isTight = event->size().width() < scaled(1150);
    fitOperations();
    m_metricTable->setColumnHidden(MetricModel::Kind, isTight);
    m_metricTable->setColumnHidden(MetricModel::Series, isTight);
    m_spanTable->horizontalHeader()->resizeSection(SpanModel::Operation, scaled(isNarrow ? 150 : 220));
}

/// Where there is little room a change says more than the last percent.
void PerformancePage::fitOperations()
{
    const bool isNarrow = width() < scaled(1000);
    const bool isTight = width() < scaled(1300);
    m_operationTable->setColumnHidden(OperationModel::P95Change, !state().isComparing());
    m_operationTable->setColumnHidden(OperationModel::P99, isNarrow || (isTight && state().isComparing()));
    m_operationTable->setColumnHidden(OperationModel::Failed, isNarrow);
    m_traceTable->setColumnHidden(TraceModel::Spans, isNarrow); // the time is read whole
}

void PerformancePage::refresh()
{
    if (m_tabs->currentIndex() == Metrics) {
        m_metricChart->setSelection(state().selection());
        askMetrics();
        askMetric();
        return;
    }
    m_latency->setSelection(state().selection());
    m_spread->setSelection(state().selection());
    askLatency();
    askOperations();
    askTraces();
}

Scope PerformancePage::operationScope(TimeRange range) const
{
    Scope scope = honouredScope(range);
    scope.filter = narrowed(scope.filter);
    return scope;
}

Filter PerformancePage::narrowed(const Filter &filter) const
{
    return m_operation.isEmpty() ? filter : filter.and_(Filter(FilterTerm::exactly("operation", m_operation.toStdString())));
}

void PerformancePage::askOperations()
{
    const TimeRange range = state().effectiveRange();
    const Scope scope = honouredScope(range);
    m_operationHold->ask(listQuestion(scope));
    using Answer = Compared<std::vector<OperationRow>>;
    ask<Answer>(
        QStringLiteral("performance.operations"), m_operationPanel,
        [scope, before = comparedScope(range)](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<OperationRow>>(scope, before, [&](const Scope &one) { return engine.operations(one, stop); });
        },
        [this, range](const Answer &answer) { showOperations(answer, range); });
}

void PerformancePage::showOperations(const Compared<std::vector<OperationRow>> &answer, TimeRange range)
{
    fitOperations();
    if (answer.now.empty()) {
        m_operationHold->shown();
        m_operations.setRows({});
        showNothing(m_operationPanel, tr("operations"));
        return;
    }
    const QString against = comparedWith(range);
    const Formatter words = formatter();
    std::map<std::string_view, const OperationRow *> earlier;
    if (answer.before) {
        for (const OperationRow &row : *answer.before)
            earlier.emplace(row.operation, &row);
    }
    std::vector<ComparedOperation> rows;
    for (const OperationRow &row : answer.now) {
        ComparedOperation &out = rows.emplace_back(ComparedOperation{row, {}});
        if (!answer.before || !row.p95Ms)
            continue;
        const auto found = earlier.find(row.operation);
        const OperationRow *then = found == earlier.end() || !found->second->p95Ms ? nullptr : found->second;
        const double before = then ? *then->p95Ms : 0;
        out.change = said(Change::ratio(*row.p95Ms, before, Change::Better::Lower, static_cast<double>(row.spans), then ? static_cast<double>(then->spans) : 0),
                          then ? words.valueText(before, ValueKind::Milliseconds) : QStringLiteral("–"), against, words);
    }
    m_operations.setAgainst(against);
    takeOperations(std::move(rows));
    m_operationPanel->showBody();
}

void PerformancePage::takeOperations(std::vector<ComparedOperation> rows)
{
    const auto show = [this](std::vector<ComparedOperation> all) {
        m_operationHold->shown();
        m_operations.setRows(std::move(all));
    };
    if (!m_operationHold->isHolding()) {
        show(std::move(rows));
        return;
    }
    auto held = heldRows(m_operations.rows(), rows, [](const ComparedOperation &row) { return row.operation; });
    m_operationHold->keep(static_cast<int>(held.waiting), [show, rows = std::move(rows)] { show(rows); });
    m_operations.setRows(std::move(held.rows));
}

void PerformancePage::chooseOperation()
{
    const int row = m_operationTable->sourceRow();
    const QString operation = row < 0 ? QString() : itemtext::text(m_operations.rowAt(row).operation);
    if (operation == m_operation)
        return;
    m_operation = operation;
    if (isActive()) {
        askLatency();
        askTraces();
    }
}

void PerformancePage::askTraces()
{
    Scope scope = operationScope(state().effectiveRange());
    scope.limit = kMostTraces;
    m_traceHold->ask(listQuestion(scope));
    ask<std::vector<TraceRow>>(
        QStringLiteral("performance.traces"), m_tracePanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<std::vector<TraceRow>> {
            auto rows = engine.traces(scope, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return std::move(rows->value);
        },
        [this](std::vector<TraceRow> rows) { takeTraces(std::move(rows)); });
}

void PerformancePage::takeTraces(std::vector<TraceRow> rows)
{
    m_traces.setTimeZone(state().timeZone());
    if (!m_traceHold->isHolding() || m_traces.rowCount() == 0) {
        showTraces(std::move(rows));
        return;
    }
    auto held = heldRows(m_traces.rows(), rows, [](const TraceRow &row) { return row.trace; });
    m_traceHold->keep(static_cast<int>(held.waiting), [this, rows = std::move(rows)] { showTraces(rows); });
    m_traces.setRows(std::move(held.rows));
}

void PerformancePage::showTraces(std::vector<TraceRow> rows)
{
    m_traceHold->shown();
    const bool isNone = rows.empty();
    m_traces.setRows(std::move(rows));
    if (isNone) {
        if (honouredFilter().isEmpty())
            m_tracePanel->showEmpty(tr("No traces"), tr("Nothing in this time belongs to a trace."));
        else
            showNothing(m_tracePanel, tr("traces"));
        cancel(QStringLiteral("performance.trace"));
        m_trace.clear();
        m_spans.setSpans({});
        m_spanPanel->setSubtitle({});
        m_spanPanel->showEmpty(tr("No trace chosen"));
        return;
    }
    m_tracePanel->showBody();
    // The chosen one stays while it is there; else the newest.
    const int row = m_trace.isEmpty() ? -1 : m_traces.rowOfKey(m_trace.toStdString());
    if (row < 0) {
        m_trace.clear();
        m_traceTable->setSourceRow(0);
    } else if (m_spans.rowCount() == 0) {
        askSpans();
    }
}

void PerformancePage::askSpans()
{
    Scope scope = honouredScope();
    scope.range = {}; // late spans and early parents lie outside
    const std::string trace = m_trace.toStdString();
    ask<std::vector<TraceSpanRow>>(
        QStringLiteral("performance.trace"), m_spanPanel,
        [scope, trace](Engine &engine, std::stop_token stop) -> Result<std::vector<TraceSpanRow>> {
            auto rows = engine.trace(trace, scope, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return std::move(rows->value);
        },
        [this](std::vector<TraceSpanRow> rows) {
            m_spans.setSpans(std::move(rows));
            m_spanPanel->setSubtitle(tr("%n span(s), %1", nullptr, m_spans.rowCount()).arg(itemtext::duration(m_spans.lengthMs())));
            m_spanPanel->showBody();
            if (m_spanTable->sourceRow() < 0)
                m_spanTable->setSourceRow(0);
            showSpan();
        });
}

void PerformancePage::showSpan()
{
    m_details->setCode(m_spans.details(m_spanTable->sourceRow()));
}

} // namespace telltale
