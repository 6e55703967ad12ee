// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/messagemapping.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/datatable.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/tokens.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPointer>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {
namespace {

constexpr int kTypingPauseMs = 250;
constexpr int kWidth = 920, kRulesHeight = 190, kMessagesHeight = 230;
constexpr const char *kExample = R"({"topic":"plant/{product}/{device}/climate","time":"/ts","metrics":[{"metric":"temperature","value":"/t","unit":"Cel"}]})";

/// Its topic, as far as it can be read: for the list.
std::string topicOf(const std::string &rule)
{
    const auto key = rule.find("\"topic\"");
    const auto open = key == std::string::npos ? key : rule.find('"', rule.find(':', key));
    const auto close = open == std::string::npos ? open : rule.find('"', open + 1);
    return close == std::string::npos ? std::string() : rule.substr(open + 1, close - open - 1);
}

MessageRuleRow rowOf(std::size_t number, std::string text)
{
    MessageRuleRow row;
    row.number = number;
    row.topic = topicOf(text);
    row.problem = mqttRuleProblem(text);
    row.text = std::move(text);
    return row;
}

} // namespace

MessageMapping::MessageMapping(SourceControl *control, const QString &door, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
    , m_door(door)
    , m_feed(control->listen(door))
{
    setWindowTitle(tr("What messages of %1 become").arg(name));
    m_workers.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTypingPauseMs);
    connect(&m_delay, &QTimer::timeout, this, &MessageMapping::decode);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeRules());
    layout->addWidget(makeMessages(), 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_said = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_said->setWordWrap(true);
    buttons->addWidget(m_said, 1);
    auto *leave = makeButton(tr("Close"));
    m_save = makeButton(tr("&Save"), ButtonKind::Primary);
    buttons->addWidget(leave);
    buttons->addWidget(m_save);
    layout->addLayout(buttons);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &MessageMapping::save);
    if (m_feed) {
        connect(m_feed.get(), &MessageFeed::changed, this, [this] {
            showState();
            decodeLater();
        });
    }
    showChoice();
    showState();
    m_control->readMessageMapping(door, [this, guard = QPointer(this)](const Result<std::string> &text) {
        if (guard)
            show(text);
    });
}

MessageMapping::~MessageMapping()
{
    m_workers.waitForDone();
}

QWidget *MessageMapping::makeRules()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(new PlainLabel(tr("Rules, the first whose topic matches holds"), FontRole::BodyStrong, Ink::Text), 0, 0);
    grid->addWidget(new PlainLabel(tr("The chosen rule"), FontRole::BodyStrong, Ink::Text), 0, 1);
    m_ruleTable = new DataTable(tr("Rules"));
    m_ruleTable->setSource(&m_ruleRows, false);
    m_ruleTable->setColumns(MessageRuleModel::Topic, {{MessageRuleModel::State, 150}});
    m_ruleTable->setFixedHeight(scaled(kRulesHeight));
    m_ruleTable->setMinimumWidth(scaled(kWidth / 2));
    grid->addWidget(m_ruleTable, 1, 0);
    auto *right = new QVBoxLayout;
    right->setSpacing(4);
    m_rule = new QPlainTextEdit;
    m_rule->setAccessibleName(tr("The chosen rule as JSON"));
    m_rule->setFont(fontFor(FontRole::Code));
    m_rule->setTabChangesFocus(true);
    m_rule->setMinimumWidth(scaled(kWidth / 2));
    right->addWidget(m_rule, 1);
    m_problem = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(scaled(34));
    m_problem->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    right->addWidget(m_problem);
    grid->addLayout(right, 1, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_add = makeButton(IconId::Plus, tr("&Add a rule"));
    m_up = makeButton(IconId::ArrowUp, tr("&Earlier"));
    m_down = makeButton(IconId::ArrowDown, tr("&Later"));
    m_remove = makeButton(IconId::Trash, tr("Re&move"));
    for (QPushButton *button : {m_add, m_up, m_down, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    grid->addLayout(buttons, 2, 0);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);

    connect(m_ruleTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessageMapping::showChoice);
    connect(m_rule, &QPlainTextEdit::textChanged, this, &MessageMapping::typed);
    connect(m_add, &QPushButton::clicked, this, [this] { addRule(kExample); });
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        std::vector<MessageRuleRow> rows = m_ruleRows.rows();
        rows.erase(rows.begin() + m_ruleTable->sourceRow());
        setRules(std::move(rows));
    });
    return box;
}

QWidget *MessageMapping::makeMessages()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(tr("The last messages, and what they would become"), FontRole::BodyStrong, Ink::Text), 1);
    m_fromMessage = makeButton(tr("&Rule for this message"));
    head->addWidget(m_fromMessage);
    layout->addLayout(head);
    m_messageTable = new DataTable(tr("The last messages"));
    m_messageTable->setSource(&m_messageRows, false);
    m_messageTable->setColumns(MessageModel::Becomes, {{MessageModel::Topic, 200}, {MessageModel::Payload, 230}, {MessageModel::Rule, 150}});
    m_messageTable->setMinimumHeight(scaled(kMessagesHeight));
    layout->addWidget(m_messageTable, 1);
    connect(m_messageTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessageMapping::showChoice);
    connect(m_fromMessage, &QPushButton::clicked, this, [this] {
        if (const int row = m_messageTable->sourceRow(); row >= 0)
            addRule(mqttRuleFor({m_messageRows.rowAt(row).topic, m_messageRows.rowAt(row).payload, false}));
    });
    return box;
}

QString MessageMapping::problem() const
{
    return m_problem->text();
}

QString MessageMapping::said() const
{
    return m_said->text();
}

void MessageMapping::show(const Result<std::string> &text)
{
    m_isRead = true;
    const auto rules = text ? mqttRuleTexts(*text) : Result<std::vector<std::string>>(tl::unexpected(text.error()));
    std::vector<MessageRuleRow> rows;
    if (rules) {
        for (const std::string &rule : *rules)
            rows.push_back(rowOf(++m_lastNumber, rule));
    } else {
        m_fileProblem = tr("%1 Saving makes a new one.").arg(itemtext::text(rules.error().message));
    }
    setRules(std::move(rows));
    m_isChanged = false;
    showState();
}

void MessageMapping::setRules(std::vector<MessageRuleRow> rows)
{
    m_isChanged = true;
    m_ruleRows.setRows(std::move(rows));
    if (m_ruleTable->sourceRow() < 0 && m_ruleRows.rowCount() > 0)
        m_ruleTable->setSourceRow(0);
    showChoice();
    showState();
    decodeLater();
}

void MessageMapping::addRule(const std::string &text)
{
    std::vector<MessageRuleRow> rows = m_ruleRows.rows();
    const int row = std::max(m_ruleTable->sourceRow(), 0);
    // Before the chosen one: it is the special ones that are added, and the first wins.
    rows.insert(rows.begin() + row, rowOf(++m_lastNumber, text));
    setRules(std::move(rows));
    m_ruleTable->setSourceRow(row);
    showChoice();
    m_rule->setFocus(Qt::OtherFocusReason);
}

void MessageMapping::move(int by)
{
    std::vector<MessageRuleRow> rows = m_ruleRows.rows();
    const int row = m_ruleTable->sourceRow();
    std::swap(rows[static_cast<std::size_t>(row)], rows[static_cast<std::size_t>(row + by)]);
    setRules(std::move(rows));
    m_ruleTable->setSourceRow(row + by);
}

void MessageMapping::showChoice()
{
    const int row = m_ruleTable->sourceRow();
    const bool isRule = row >= 0 && row < m_ruleRows.rowCount();
    m_up->setEnabled(isRule && row > 0);
    m_down->setEnabled(isRule && row + 1 < m_ruleRows.rowCount());
    m_remove->setEnabled(isRule);
    m_rule->setEnabled(isRule);
    m_fromMessage->setEnabled(m_messageTable->sourceRow() >= 0);
    m_isShowing = true;
    const QString text = isRule ? itemtext::text(m_ruleRows.rowAt(row).text) : QString();
    if (m_rule->toPlainText() != text)
        m_rule->setPlainText(text);
    m_isShowing = false;
    const QString problem = isRule ? itemtext::text(m_ruleRows.rowAt(row).problem) : QString();
    m_problem->setInk(problem.isEmpty() ? Ink::Text2 : Ink::Bad);
    m_problem->setText(!problem.isEmpty() ? problem
                       : isRule           ? tr("+ is any level of a topic, {name} one that is given a name, # the rest. What begins with / is a place in the message.")
                                          : tr("Without rules messages become what they usually do."));
}

/// The rule that is typed in is the chosen one's, word by word.
void MessageMapping::typed()
{
    const int row = m_ruleTable->sourceRow();
    if (m_isShowing || row < 0 || row >= m_ruleRows.rowCount())
        return;
    std::vector<MessageRuleRow> rows = m_ruleRows.rows();
    MessageRuleRow &rule = rows[static_cast<std::size_t>(row)];
    rule = rowOf(rule.number, m_rule->toPlainText().toStdString());
    setRules(std::move(rows));
}

bool MessageMapping::hasProblem() const
{
    return std::any_of(m_ruleRows.rows().begin(), m_ruleRows.rows().end(), [](const MessageRuleRow &row) { return !row.problem.empty(); });
}

std::string MessageMapping::mappingText(bool isWithProblems) const
{
    std::vector<std::string> rules;
    for (const MessageRuleRow &row : m_ruleRows.rows()) {
        if (isWithProblems || row.problem.empty())
            rules.push_back(row.text);
    }
    return mqttMappingText(rules);
}

void MessageMapping::decodeLater()
{
    ++m_generation;
    if (!m_delay.isActive())
        m_delay.start();
}

void MessageMapping::decode()
{
    if (m_isDecoding || !m_feed) // it comes again when that is done
        return;
    m_isDecoding = true;
    m_workers.start([this, generation = m_generation, mapping = mappingText(false), messages = m_feed->messages()] {
        std::vector<MessageRow> rows;
        for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
            MessagePreview preview = previewMessage(mapping, message->second);
            rows.push_back({message->first, message->second.topic, message->second.payload, preview.pattern, std::move(preview.records),
                            std::move(preview.remarks)});
        }
        // Waited for in the destructor, so `this` is there.
        QMetaObject::invokeMethod(
            this, [this, generation, decodedRows = std::move(rows)]() mutable { decoded(generation, std::move(decodedRows)); }, Qt::QueuedConnection);
    });
}

void MessageMapping::decoded(std::uint64_t generation, std::vector<MessageRow> rows)
{
    m_isDecoding = false;
    m_messageRows.setRows(std::move(rows));
    m_fromMessage->setEnabled(m_messageTable->sourceRow() >= 0);
    showState();
    if (generation != m_generation && !m_delay.isActive())
        m_delay.start();
}

void MessageMapping::showState()
{
    m_save->setEnabled(m_isRead && !hasProblem());
    const QString broker = m_feed ? m_feed->problem() : tr("Nobody listens to this broker here.");
    const QString problem = !m_fileProblem.isEmpty() ? m_fileProblem : broker;
    m_said->setInk(problem.isEmpty() ? Ink::Text2 : Ink::Bad);
    m_said->setText(!problem.isEmpty()               ? problem
                    : hasProblem()                   ? tr("A rule with a problem is left out below, and nothing can be saved before it is put right.")
                    : m_messageRows.rowCount() == 0  ? tr("Listening. Nothing came yet.")
                    : m_isChanged                    ? tr("Not saved yet. Nothing of what is shown here is stored.")
                                                     : tr("Listening beside the source. Nothing of what is shown here is stored."));
}

void MessageMapping::save()
{
    m_save->setEnabled(false);
    m_control->saveMessageMapping(m_door, mappingText(true), [this, guard = QPointer(this)](const Result<void> &kept) {
        if (!guard)
            return;
        m_fileProblem = kept ? QString() : itemtext::text(kept.error().message);
        if (kept) {
            m_isChanged = false;
            Q_EMIT saved();
            accept();
        }
        showState();
    });
}

} // namespace telltale
