// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/mappingrules.h"

#include "models/ingest/mappingtables.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/progressline.h"
#include "widgets/pages/datatable.h"
#include "widgets/theme/tokens.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {
namespace {

const QString kSlot = QStringLiteral("settings.mapping");
constexpr std::size_t kTriedOn = 10'000; ///< records
constexpr int kTypingPauseMs = 350;
constexpr int kTableHeight = 260, kChangesHeight = 150;

/// A change of the rules that can be taken back.
class RulesChange final : public QUndoCommand
{
public:
    using Write = std::function<void(const RuleEntries &before, const RuleEntries &after)>;

    RulesChange(QObject *owner, const QString &text, RuleEntries before, RuleEntries after, Write write)
        : QUndoCommand(text)
        , m_owner(owner)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_write(std::move(write))
    {}
    void undo() override
    {
        if (m_owner)
            m_write(m_after, m_before);
    }
    void redo() override
    {
        if (m_owner)
            m_write(m_before, m_after);
    }

private:
    QPointer<QObject> m_owner;
    RuleEntries m_before, m_after;
    Write m_write;
};

RuleRow rowOf(const RuleEntry &entry)
{
    RuleRow row;
    row.key = "own " + entry.text;
    row.isOwn = true;
    row.isOn = entry.isOn;
    row.problem = entry.problem;
    const auto rule = parseMappingRule(entry.text);
    if (!rule) {
        row.field = entry.text;
        return row;
    }
    row.field = mappedFieldName(rule->target);
    row.source = mappingSource({rule->target, rule->place, rule->key, {}, {}});
    row.when = conditionsText(*rule);
    return row;
}

} // namespace

MappingRules::MappingRules(const PageContext &context, SourceControl *control, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_control(control)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    makeTable();
    makeEditor();
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTypingPauseMs);
    connect(&m_delay, &QTimer::timeout, this, &MappingRules::tryNow);
    showRows();
    tryLater();
}

MappingRules::~MappingRules()
{
    m_context.queries->cancel(kSlot);
}

void MappingRules::makeTable()
{
    auto *layout = static_cast<QVBoxLayout *>(this->layout());
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    m_file = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_file->setWordWrap(true);
    head->addWidget(m_file, 1);
    head->addWidget(new PlainLabel(tr("Table of", "a protocol, whose name follows")));
    m_protocol = new QComboBox;
    m_protocol->setAccessibleName(tr("Protocol whose table is shown"));
    for (const MappingTable &table : builtInMappings())
        m_protocol->addItem(itemtext::text(table.protocol));
    head->addWidget(m_protocol);
    layout->addLayout(head);
    m_table = new DataTable(tr("Mapping rules"));
    m_table->setSource(&m_rows, false);
    m_table->setColumns(RuleModel::Source, {{RuleModel::Field, 200}, {RuleModel::When, 220}, {RuleModel::State, 120}});
    m_table->setFixedHeight(scaled(kTableHeight));
    layout->addWidget(m_table);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_up = makeButton(IconId::ArrowUp, tr("Earlier"));
    m_up->setToolTip(tr("For each field the first rule that finds a value wins."));
    m_down = makeButton(IconId::ArrowDown, tr("Later"));
    m_switch = makeButton(tr("Switch off"));
    m_edit = makeButton(tr("Change"));
    m_remove = makeButton(IconId::Trash, tr("Remove"));
    for (QPushButton *button : {m_up, m_down, m_switch, m_edit, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);

    connect(m_protocol, &QComboBox::currentIndexChanged, this, &MappingRules::showRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MappingRules::showChoice);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_switch, &QPushButton::clicked, this, [this] {
        RuleEntries after = m_entries;
        RuleEntry &entry = after.entries[static_cast<std::size_t>(chosen())];
        entry.isOn = !entry.isOn;
        push(entry.isOn ? tr("switching a rule on") : tr("switching a rule off"), after, entry.text);
    });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        m_editing = m_entries.entries[static_cast<std::size_t>(chosen())].text;
        m_rule->setText(itemtext::text(m_editing));
        m_add->setText(tr("Save rule"));
        m_leave->show();
        m_rule->setFocus(Qt::OtherFocusReason);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        RuleEntries after = m_entries;
        const auto at = after.entries.begin() + chosen();
        const std::string above = at->above;
        if (const auto next = after.entries.erase(at); next != after.entries.end())
            next->above.insert(0, above);
        else
            after.below.insert(0, above);
        push(tr("removal of a rule"), after);
    });
}

void MappingRules::makeEditor()
{
    auto *layout = static_cast<QVBoxLayout *>(this->layout());
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *label = new PlainLabel(tr("Rule of your own"));
    m_rule = new QLineEdit;
    m_rule->setAccessibleName(tr("Rule of your own"));
    m_rule->setPlaceholderText(QStringLiteral("feature = attribute stride.feature when event is button.pressed"));
    m_add = makeButton(IconId::Plus, tr("Add rule"), ButtonKind::Primary);
    m_leave = makeButton(tr("Cancel"));
    m_leave->hide();
    row->addWidget(label);
    row->addWidget(m_rule, 1);
    row->addWidget(m_leave);
    row->addWidget(m_add);
    layout->addLayout(row);
    m_said = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_said->setWordWrap(true);
    m_progress = new ProgressLine;
    m_progress->setAccessibleName(tr("Progress"));
    m_stop = makeButton(tr("Stop"));
    m_stop->setToolTip(tr("Stops trying the rule."));
    m_stop->hide();
    auto *trying = new QHBoxLayout;
    trying->setSpacing(8);
    trying->addWidget(m_said, 1);
    trying->addWidget(m_stop);
    layout->addLayout(trying);
    layout->addWidget(m_progress);
    m_changes = new DataTable(tr("What the rule would have done"));
    m_changes->setSource(&m_changeRows);
    m_changes->setColumns(RuleChangeModel::Name, {{RuleChangeModel::Before, 220}, {RuleChangeModel::After, 220}, {RuleChangeModel::Records, 110}});
    m_changes->setFixedHeight(scaled(kChangesHeight));
    m_changes->hide();
    layout->addWidget(m_changes);

    connect(m_rule, &QLineEdit::textChanged, this, &MappingRules::tryLater);
    connect(m_rule, &QLineEdit::returnPressed, this, &MappingRules::addOrChange);
    connect(m_add, &QPushButton::clicked, this, &MappingRules::addOrChange);
    connect(m_leave, &QPushButton::clicked, this, &MappingRules::stopEditing);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_context.queries->cancel(kSlot);
        m_isTrying = false;
        m_progress->setRunning(false);
        m_stop->hide();
        say(tr("It was not tried to the end."));
    });
}

QString MappingRules::said() const
{
    return m_said->text();
}

void MappingRules::say(const QString &sentence, bool isBad)
{
    m_said->setInk(isBad ? Ink::Bad : Ink::Text2);
    m_said->setText(sentence);
}

void MappingRules::readAgain()
{
    if (!m_control)
        return;
    ++m_open;
    m_control->readRules([this, guard = QPointer(this)](const Result<RuleEntries> &entries) {
        if (!guard)
            return;
        --m_open;
        m_problem = entries ? QString() : itemtext::text(entries.error().message);
        if (entries)
            m_entries = *entries;
        showRows();
    });
}

void MappingRules::showRows()
{
    std::vector<RuleRow> rows;
    for (const RuleEntry &entry : m_entries.entries)
        rows.push_back(rowOf(entry));
    const auto tables = builtInMappings();
    if (const auto at = static_cast<std::size_t>(m_protocol->currentIndex()); at < tables.size()) {
        int number = 0;
        for (const MappingRow &row : tables[at].rows)
            rows.push_back({"built in " + std::to_string(number++), false, true, std::string(mappedFieldName(row.field)), mappingSource(row), row.when, row.meaning, {}});
    }
    m_rows.setRows(std::move(rows));
    if (!m_wanted.empty()) {
        if (const int row = m_rows.rowOfKey("own " + m_wanted); row >= 0)
            m_table->setSourceRow(row);
        m_wanted.clear();
    }
    m_file->setInk(m_problem.isEmpty() ? Ink::Text2 : Ink::Bad);
    m_file->setText(!m_problem.isEmpty() ? m_problem
                                         : tr("What becomes what. Your own rules win over the built-in ones and hold for what comes from now on."));
    showChoice();
}

int MappingRules::chosen() const
{
    const int row = m_table->sourceRow();
    return row >= 0 && row < static_cast<int>(m_entries.entries.size()) ? row : -1;
}

void MappingRules::showChoice()
{
    const int row = chosen();
    const bool isOwn = row >= 0 && m_control;
    m_up->setEnabled(isOwn && row > 0);
    m_down->setEnabled(isOwn && row + 1 < static_cast<int>(m_entries.entries.size()));
    for (QPushButton *button : {m_switch, m_edit, m_remove})
        button->setEnabled(isOwn);
    m_switch->setText(isOwn && !m_entries.entries[static_cast<std::size_t>(row)].isOn ? tr("Switch on") : tr("Switch off"));
}

void MappingRules::move(int by)
{
    RuleEntries after = m_entries;
    const int row = chosen();
    std::swap(after.entries[static_cast<std::size_t>(row)], after.entries[static_cast<std::size_t>(row + by)]);
    push(tr("moving a rule"), after, m_entries.entries[static_cast<std::size_t>(row)].text);
}

void MappingRules::push(const QString &what, const RuleEntries &after, const std::string &chosen)
{
    m_wanted = chosen;
    m_context.changes->push(new RulesChange(this, what, m_entries, after,
                                            [this](const RuleEntries &from, const RuleEntries &to) { write(from, to); }));
}

void MappingRules::write(const RuleEntries &before, const RuleEntries &after)
{
    ++m_open;
    m_control->replaceRules(before, after, [this, guard = QPointer(this)](const Result<void> &done) {
        if (!guard)
            return;
        --m_open;
        if (!done)
            say(itemtext::text(done.error().message), true);
        readAgain();
    });
}

void MappingRules::addOrChange()
{
    const auto rule = parseMappingRule(m_rule->text().toStdString());
    if (!rule || !m_control)
        return;
    RuleEntries after = m_entries;
    const auto old = std::find_if(after.entries.begin(), after.entries.end(), [this](const RuleEntry &entry) { return entry.text == m_editing; });
    const bool isChanged = !m_editing.empty() && old != after.entries.end();
    const std::string text = toText(*rule);
    if (isChanged) {
        old->text = text;
        old->problem.clear();
    } else {
        std::string above = std::exchange(after.below, {});
        if (above.empty() && after.entries.empty())
            above = ruleFileHead();
        after.entries.push_back({text, true, {}, std::move(above)});
    }
    stopEditing();
    push(isChanged ? tr("changing a rule") : tr("adding a rule"), after, text);
}

void MappingRules::stopEditing()
{
    m_editing.clear();
    m_rule->clear();
    m_add->setText(tr("Add rule"));
    m_leave->hide();
}

void MappingRules::tryLater()
{
    m_context.queries->cancel(kSlot);
    m_isTrying = false;
    m_progress->setRunning(false);
    m_stop->hide();
    const std::string text = m_rule->text().trimmed().toStdString();
    const auto rule = parseMappingRule(text);
    m_add->setEnabled(rule.has_value() && m_control);
    m_changes->hide();
    if (!rule) {
        m_delay.stop();
        say(text.empty() ? tr("While you type, the rule is tried on the last records, before anything is kept.") : itemtext::text(rule.error().message), !text.empty());
        return;
    }
    say(tr("Trying it on the last %1 records…").arg(itemtext::count(kTriedOn)));
    m_delay.start();
}

void MappingRules::tryNow()
{
    const auto rule = parseMappingRule(m_rule->text().toStdString());
    if (!rule)
        return;
    Scope scope;
    scope.zone = m_context.state->zone();
    scope.now = m_context.state->wallNow();
    m_isTrying = true;
    m_progress->setRunning(true);
    m_stop->show();
    m_context.queries->ask<Result<RulePreview>>(
        kSlot, this, [rule = *rule, scope](Engine &engine, const std::stop_token &stop) { return previewRule(engine, rule, scope, kTriedOn, stop); },
        [this](const Result<RulePreview> &preview) { showPreview(preview); });
}

void MappingRules::showPreview(const Result<RulePreview> &preview)
{
    m_isTrying = false;
    m_progress->setRunning(false);
    m_stop->hide();
    if (!preview) {
        if (preview.error().code != Error::Code::Cancelled)
            say(itemtext::text(preview.error().message), true);
        return;
    }
    QString sentence = tr("%1 of the last %2 records would change.").arg(itemtext::count(preview->changed), itemtext::count(preview->examined));
    for (const std::string &note : preview->notes)
        sentence += u' ' + itemtext::text(note);
    say(sentence);
    std::vector<RuleChangeRow> rows;
    for (const RuleChange &change : preview->changes)
        rows.push_back({change.kind, change.name, change.before, change.after, change.records});
    m_changeRows.setRows(std::move(rows));
    m_changes->setVisible(m_changeRows.rowCount() > 0);
}

} // namespace telltale
