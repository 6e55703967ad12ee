// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/alertsdialog.h"

#include "widgets/charts/trendbars.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/progressline.h"
#include "widgets/pages/datatable.h"
#include "widgets/theme/tokens.h"
#include "widgets/window/alertwatcher.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <utility>

namespace telltale {
namespace {

constexpr int kWidth = 640;
constexpr int kListHeight = 190;
constexpr int kRuleWidth = 300, kNowWidth = 150;
constexpr std::size_t kSlices = 84; ///< of the last week: two hours each
constexpr auto kTriedOn = std::chrono::hours(24 * 7);
constexpr std::chrono::milliseconds kTypingPause{350};

/// How much of each slice an alert held, in readings.
std::vector<double> slicesOf(const AlertReplay &replay, TimeRange range)
{
    std::vector<double> slices(kSlices);
    const double length = static_cast<double>(range.to.ns - range.from.ns);
    const auto sliceOf = [&](Instant at) {
        const double share = static_cast<double>(at.ns - range.from.ns) / length;
        return std::min(static_cast<std::size_t>(std::max(share, 0.0) * kSlices), kSlices - 1);
    };
    for (const AlertFiring &firing : replay.firings) {
        const std::int64_t step = std::max<std::int64_t>(replay.step.count(), 1);
        for (std::int64_t at = firing.from.ns; at <= firing.to.ns; at += step)
            ++slices[sliceOf({at})];
    }
    return slices;
}

} // namespace

AlertsDialog::AlertsDialog(AlertWatcher &watcher, QueryRunner &queries, ViewState &state, Formatter formatter, QWidget *parent)
    : QDialog(parent)
    , m_watcher(watcher)
    , m_queries(queries)
    , m_state(state)
    , m_formatter(std::move(formatter))
{
    setWindowTitle(tr("Alerts"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeList());
    layout->addWidget(makeNew());
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTypingPause);
    connect(&m_delay, &QTimer::timeout, this, &AlertsDialog::tryNow);
    connect(&watcher, &AlertWatcher::changed, this, &AlertsDialog::showRows);
    connect(&watcher, &AlertWatcher::changeFailed, this, [this](const QString &why) {
        m_said->setInk(Ink::Bad);
        m_said->setText(why);
    });
    showRows();
    m_rule->setFocus();
}

QWidget *AlertsDialog::makeList()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_table = new DataTable(tr("Alerts"));
    m_table->setSource(&m_watcher.model());
    m_table->setColumns(AlertModel::Name, {{AlertModel::Rule, kRuleWidth}, {AlertModel::Now, kNowWidth}});
    m_table->setFixedHeight(scaled(kListHeight));
    m_table->setMinimumWidth(scaled(kWidth));
    layout->addWidget(m_table);
    m_none = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_none->setWordWrap(true);
    m_switch = makeButton(tr("Switch &on"));
    m_remove = makeButton(IconId::Trash, tr("Re&move"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_none, 1);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_switch);
    layout->addLayout(buttons);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AlertsDialog::showChoice);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        if (const int row = m_table->sourceRow(); row >= 0) {
            const Alert &alert = m_watcher.model().rowAt(row).alert;
            m_watcher.setOn(itemtext::text(alert.name), !alert.isOn);
        }
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const int row = m_table->sourceRow(); row >= 0)
            m_watcher.remove(itemtext::text(m_watcher.model().rowAt(row).alert.name));
    });
    return box;
}

QWidget *AlertsDialog::makeNew()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new PlainLabel(tr("New alert"), FontRole::BodyStrong, Ink::Text));
    auto *form = new QFormLayout;
    m_rule = new QLineEdit;
    m_rule->setPlaceholderText(QStringLiteral("errors > 20 in 10m"));
    m_rule->setAccessibleName(tr("Rule"));
    form->addRow(tr("&Rule"), m_rule);
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(QStringLiteral("release:4.2.0 os:Android"));
    m_filter->setAccessibleName(tr("Filter"));
    form->addRow(tr("&Filter"), m_filter);
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("What you want to read when it holds"));
    m_name->setAccessibleName(tr("Name"));
    form->addRow(tr("&Name"), m_name);
    layout->addLayout(form);
    m_said = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_said->setWordWrap(true);
    m_said->setMinimumHeight(scaled(34));
    m_said->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    layout->addWidget(m_said);
    m_bars = new TrendBars;
    m_bars->setAccessibleName(tr("When it would have held in the last week"));
    QSizePolicy kept = m_bars->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing jumps when it comes
    m_bars->setSizePolicy(kept);
    m_bars->hide(); // until a rule was tried: an empty chart says nothing
    layout->addWidget(m_bars);
    m_progress = new ProgressLine;
    m_progress->setAccessibleName(tr("Progress"));
    layout->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *close = makeButton(tr("Close"));
    m_add = makeButton(IconId::Plus, tr("&Add"), ButtonKind::Primary);
    buttons->addWidget(close);
    buttons->addWidget(m_add);
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    for (QLineEdit *field : {m_rule, m_filter, m_name})
        connect(field, &QLineEdit::textChanged, this, &AlertsDialog::tryLater);
    connect(m_add, &QPushButton::clicked, this, [this] {
        if (const auto alert = typed()) {
            m_watcher.add(*alert);
            for (QLineEdit *field : {m_rule, m_filter, m_name})
                field->clear();
        }
    });
    tryLater();
    return box;
}

Result<Alert> AlertsDialog::typed() const
{
    const auto rule = AlertRule::parse(m_rule->text().toStdString());
    if (!rule)
        return tl::unexpected(rule.error());
    const auto filter = Filter::parse(m_filter->text().toStdString());
    if (!filter)
        return tl::unexpected(filter.error());
    const QString name = m_name->text().trimmed();
    // Tried before somebody has switched it on.
    return Alert{name.isEmpty() ? rule->text() : name.toStdString(), *rule, *filter, false};
}

void AlertsDialog::tryLater()
{
    const bool isEmpty = m_rule->text().trimmed().isEmpty();
    const auto alert = typed();
    m_add->setEnabled(bool(alert));
    m_said->setInk(alert || isEmpty ? Ink::Text2 : Ink::Bad);
    if (!alert) {
        m_delay.stop();
        m_queries.cancel(QStringLiteral("alerts.replay"));
        m_progress->setRunning(false);
        m_bars->setTrend({}, {});
        m_bars->hide();
        m_said->setText(isEmpty ? tr("A level: errors > 20 in 10m, crash-free < 98% in 1h, p95 screen.load > 800ms in 15m. A change: events down 50% in 1h. "
                                     "Or: new error, regressed error, escalating error.")
                                : itemtext::text(alert.error().message));
        return;
    }
    m_said->setText(tr("Trying it on the last week…"));
    m_delay.start();
}

void AlertsDialog::tryNow()
{
    const auto alert = typed();
    if (!alert)
        return;
    Scope scope;
    scope.zone = m_state.zone();
    scope.now = m_state.wallNow();
    scope.range = {scope.now - kTriedOn, scope.now};
    m_progress->setRunning(true);
    m_queries.ask<Result<AlertReplay>>(
        QStringLiteral("alerts.replay"), this,
        [alert = *alert, scope](Engine &engine, const std::stop_token &stop) { return replayAlert(engine, alert, scope, {}, stop); },
        [this, alert = *alert, range = scope.range](const Result<AlertReplay> &replay) { showReplay(alert, replay, range); });
}

void AlertsDialog::showReplay(const Alert &alert, const Result<AlertReplay> &replay, TimeRange range)
{
    m_progress->setRunning(false);
    if (!replay) {
        if (replay.error().code != Error::Code::Cancelled) {
            m_said->setInk(Ink::Bad);
            m_said->setText(itemtext::text(replay.error().message));
        }
        return;
    }
    m_bars->setTrend(range, slicesOf(*replay, range), {}, tr("now"));
    m_bars->show();
    if (replay->firings.empty()) {
        m_said->setText(tr("In the last week it would have said nothing."));
        return;
    }
    const AlertFiring &last = replay->firings.back();
    QString said = tr("In the last week it would have spoken %Ln time(s), last at %1.", nullptr, static_cast<int>(replay->firings.size()))
                       .arg(m_formatter.dateTime(last.from));
    if (last.worst)
        said += u' ' + tr("Then it was %1 at worst.").arg(AlertModel::valueText(alert.rule, *last.worst));
    else if (!last.what.empty())
        said += u' ' + itemtext::text(last.what);
    m_said->setText(said);
}

void AlertsDialog::showRows()
{
    const int count = m_watcher.model().rowCount();
    if (count > 0 && m_table->sourceRow() < 0)
        m_table->setSourceRow(0);
    m_none->setInk(m_watcher.problem().isEmpty() ? Ink::Text2 : Ink::Bad);
    m_none->setText(!m_watcher.problem().isEmpty() ? m_watcher.problem() : count == 0 ? tr("There is no alert yet.") : QString());
    showChoice();
}

void AlertsDialog::showChoice()
{
    const int row = m_table->sourceRow();
    const bool isOn = row >= 0 && m_watcher.model().rowAt(row).alert.isOn;
    m_switch->setEnabled(row >= 0);
    m_remove->setEnabled(row >= 0);
    m_switch->setText(isOn ? tr("Switch &off") : tr("Switch &on"));
    m_switch->setAccessibleName(m_switch->text().remove(u'&'));
}

} // namespace telltale
