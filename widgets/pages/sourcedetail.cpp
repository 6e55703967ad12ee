// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sourcedetail.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/brokerform.h"
#include "widgets/pages/messagemapping.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

LampState lampStateOf(SourceState state)
{
    switch (state) {
    case SourceState::Live:
        return LampState::Live;
    case SourceState::Late:
        return LampState::Late;
    case SourceState::Off:
        return LampState::Off;
    case SourceState::Error:
        return LampState::Error;
    case SourceState::Paused:
        return LampState::Paused;
    case SourceState::Waiting:
        break;
    }
    return LampState::Waiting;
}

namespace {

/// A change of the settings that can be taken back.
class SettingsChange final : public QUndoCommand
{
public:
    SettingsChange(SourceControl *control, const QString &text, Settings after)
        : QUndoCommand(text)
        , m_control(control)
        , m_before(control->settings())
        , m_after(std::move(after))
    {}
    void undo() override { set(m_before); }
    void redo() override { set(m_after); }

private:
    void set(const Settings &settings)
    {
        if (m_control)
            m_control->change(settings);
    }
    QPointer<SourceControl> m_control;
    Settings m_before, m_after;
};

} // namespace

SourceDetail::SourceDetail(const PageContext &context, SourceControl *control, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_control(control)
    , m_lamp(new Lamp(Lamp::kToolbar))
    , m_title(new PlainLabel({}, FontRole::TrackValueSmall))
    , m_word(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_advice(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_answer(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_refusalTitle(new PlainLabel(tr("What was rejected last"), FontRole::BodyStrong))
    , m_refusalReason(new PlainLabel({}, FontRole::Body, Ink::Bad))
    , m_facts(new QWidget)
    , m_factGrid(new QGridLayout(m_facts))
    , m_example(new CodeView)
    , m_formPlace(new QVBoxLayout)
    , m_pause(makeButton(IconId::Pause, tr("Pause")))
    , m_edit(makeButton(tr("Edit…")))
    , m_test(makeButton(tr("Test")))
    , m_remove(makeButton(tr("Remove"), ButtonKind::Danger))
    , m_only(makeButton(IconId::Filter, tr("Only this source")))
    , m_save(makeButton(tr("Save"), ButtonKind::Primary))
    , m_cancel(makeButton(tr("Cancel")))
    , m_keepInFile(makeButton(tr("Keep the token in a file")))
    , m_mapping(makeButton(tr("Mapping…")))
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_lamp, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title->setWordWrap(true);
    m_word->setWordWrap(true);
    words->addWidget(m_title);
    words->addWidget(m_word);
    head->addLayout(words, 1);
    layout->addLayout(head);
    m_factGrid->setContentsMargins(0, 4, 0, 4);
    m_factGrid->setHorizontalSpacing(12);
    m_factGrid->setVerticalSpacing(5);
    m_factGrid->setColumnStretch(1, 1);
    layout->addWidget(m_facts);
    layout->addLayout(m_formPlace);
    for (PlainLabel *label : {m_advice, m_answer, m_refusalReason})
        label->setWordWrap(true);
    layout->addWidget(m_advice);
    m_buttons = new QGridLayout;
    m_buttons->setSpacing(8);
    layout->addLayout(m_buttons);
    layout->addWidget(m_answer);
    layout->addSpacing(4);
    layout->addWidget(m_refusalTitle);
    layout->addWidget(m_refusalReason);
    m_example->setAccessibleName(tr("Example of what was rejected"));
    m_example->setVisibleLines(10);
    layout->addWidget(m_example);
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setAccessibleName(tr("The chosen source"));
    scroll->setWidget(body);
    body->setAutoFillBackground(false); // a scroll area turns it on
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    connect(m_pause, &QPushButton::clicked, this, &SourceDetail::pauseOrResume);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const SourceKind *kind = kindOf(m_door))
            edit(*kind, m_door);
    });
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_test->setEnabled(false);
        m_answer->setInk(Ink::Text2);
        m_answer->setText(kindOf(m_door) && kindOf(m_door)->isReceiver ? tr("Sending…") : tr("Trying it…"));
        m_control->test(m_door);
    });
    connect(m_remove, &QPushButton::clicked, this, &SourceDetail::removeDoor);
    connect(m_only, &QPushButton::clicked, this, [this] {
        if (!m_sender)
            return;
        m_context.state->addFilterTerm(QStringLiteral("product"), itemtext::text(m_sender->product));
        if (!m_sender->os.empty())
            m_context.state->addFilterTerm(QStringLiteral("os"), itemtext::text(m_sender->os));
        Q_EMIT told(tr("All views show %1 only.").arg(itemtext::text(m_sender->source)));
    });
    m_mapping->setToolTip(tr("What its messages become, with the last ones to look at."));
    connect(m_mapping, &QPushButton::clicked, this, &SourceDetail::openMapping);
    connect(m_save, &QPushButton::clicked, this, &SourceDetail::save);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        clearForm();
        Q_EMIT editingEnded();
    });
    connect(m_keepInFile, &QPushButton::clicked, this, [this] {
        if (m_form && m_form->secret())
            keepPassword(TokenPlace::File);
        else
            keepToken(TokenPlace::File);
    });
    if (m_control) {
        connect(m_control, &SourceControl::tested, this, [this](const QString &door, bool isGood, const QString &sentence) {
            m_test->setEnabled(true);
            if (door != m_door)
                return;
            m_answer->setInk(isGood ? Ink::Ok : Ink::Bad);
            m_answer->setText(sentence);
        });
    }
    for (QPushButton *button : {m_save, m_cancel, m_keepInFile, m_test, m_pause, m_only, m_edit, m_remove, m_mapping}) {
        button->setParent(body);
        button->hide();
    }
    showNothing();
}

QString SourceDetail::answer() const
{
    return m_answer->text();
}

void SourceDetail::setFacts(const std::vector<std::pair<QString, QString>> &facts)
{
    while (m_factLabels.size() < facts.size()) {
        const int row = static_cast<int>(m_factLabels.size());
        auto *name = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
        auto *value = new PlainLabel;
        value->setWordWrap(true);
        m_factGrid->addWidget(name, row, 0, Qt::AlignTop);
        m_factGrid->addWidget(value, row, 1);
        m_factLabels.emplace_back(name, value);
    }
    for (std::size_t i = 0; i < m_factLabels.size(); ++i) {
        const auto &[name, value] = m_factLabels[i];
        name->setVisible(i < facts.size());
        value->setVisible(i < facts.size());
        name->setText(i < facts.size() ? facts[i].first : QString());
        value->setText(i < facts.size() ? facts[i].second : QString());
    }
}

void SourceDetail::showButtons(std::initializer_list<QPushButton *> buttons)
{
    if (std::equal(buttons.begin(), buttons.end(), m_shownButtons.begin(), m_shownButtons.end()))
        return;
    m_shownButtons = buttons;
    for (QPushButton *button : {m_save, m_cancel, m_keepInFile, m_test, m_pause, m_only, m_edit, m_remove, m_mapping}) {
        m_buttons->removeWidget(button);
        button->setVisible(std::find(buttons.begin(), buttons.end(), button) != buttons.end());
    }
    int place = 0;
    for (QPushButton *button : buttons) {
        m_buttons->addWidget(button, place / 2, place % 2);
        ++place;
    }
}

void SourceDetail::clearForm()
{
    if (!m_form)
        return;
    m_form->hide();
    m_form->deleteLater();
    m_form = nullptr;
    m_answer->setText({});
}

void SourceDetail::showRefusal(const std::optional<Refusal> &refusal, Instant now)
{
    m_refusalTitle->setVisible(refusal.has_value());
    m_refusalReason->setVisible(refusal.has_value());
    m_example->setVisible(refusal && !refusal->example.empty());
    if (!refusal)
        return;
    m_refusalReason->setText(tr("%1: %2", "when: why").arg(itemtext::ago(refusal->at, now), itemtext::text(refusal->reason)));
    const QString example = itemtext::text(refusal->example);
    if (m_example->code() != example)
        m_example->setCode(example);
}

void SourceDetail::showNothing()
{
    clearForm();
    m_door.clear();
    m_sender.reset();
    m_lamp->hide();
    m_title->setText(tr("No source is chosen"));
    m_word->setText(tr("A row says everything about one source."));
    setFacts({});
    m_advice->setText({});
    m_advice->hide();
    m_answer->setText({});
    showRefusal({}, {});
    showButtons({});
}

void SourceDetail::showSender(const SourceRow &row, Instant now)
{
    clearForm();
    const bool isOther = !m_sender || m_sender->source != row.source || m_sender->protocol != row.protocol;
    m_door.clear();
    m_sender = row;
    if (isOther)
        m_answer->setText({});
    SourceModel &model = m_context.live->sources();
    const SourceState state = model.stateOf(row);
    m_isPaused = state == SourceState::Paused;
    m_lamp->show();
    m_lamp->setState(lampStateOf(state));
    m_title->setText(row.source.empty() ? tr("Unknown sender") : itemtext::text(row.source));
    m_word->setText(tr("%1, by %2", "state, by protocol").arg(model.stateText(row), itemtext::text(row.protocol)));
    QStringList releases;
    for (const std::string &release : row.releases)
        releases.append(itemtext::text(release));
    if (releases.size() > 6)
        releases = QStringList(tr("%n more", nullptr, static_cast<int>(releases.size()) - 6)) + releases.mid(releases.size() - 6);
    const auto at = [&](const std::optional<Instant> &time) { return time ? itemtext::ago(*time, now) : QStringLiteral("–"); };
    const double rate = row.ratePerSecond;
    setFacts({{tr("Rate"), rate > 0 ? tr("%1 records/s").arg(QLocale().toString(rate, 'f', rate < 10 ? 1 : 0)) : QStringLiteral("–")},
              {tr("Last event"), at(row.lastEvent)},
              {tr("Arrived"), at(row.lastArrival)},
              {tr("Lag"), SourceModel::lagText(row)},
              {tr("Clock"), SourceModel::clockText(row)},
              {tr("Stored"), tr("%1 records in %2 requests").arg(itemtext::count(row.records), itemtext::count(row.requests))},
              {tr("Rejected"), row.refusedRequests > 0 ? tr("%1 records, %2 whole requests").arg(itemtext::count(row.rejected), itemtext::count(row.refusedRequests))
                                                       : tr("%1 records").arg(itemtext::count(row.rejected))},
              {tr("Repeats"), row.duplicates > 0 ? tr("%1, stored once").arg(itemtext::count(row.duplicates)) : itemtext::count(0)},
              {tr("Lost by the app"), itemtext::count(row.dropped)},
              {tr("Releases"), releases.isEmpty() ? QStringLiteral("–") : releases.join(QStringLiteral(", "))}});
    QString advice;
    if (m_isPaused)
        advice = tr("Its lamp rests. It is still received and stored, so that its SDK stays calm and nothing is missing afterwards.");
    else if (state == SourceState::Error && row.minuteRejected == 0)
        advice = tr("What it comes in through does not work. The row below says why.");
    else if (row.clockDifference && std::chrono::abs(*row.clockDifference) >= SourceModel::kClockTolerance)
        advice = tr("Its clock is %1. Events stay at the time that it says; setting the clock of the device puts new ones right.").arg(SourceModel::clockText(row));
    else if (state == SourceState::Late || state == SourceState::Off)
        advice = tr("Nothing came for longer than usual. Either nobody uses it, or it can not reach this computer.");
    if (row.protocol == "mqtt/qos0" || row.protocol == "mqtt/qos1")
        advice += (advice.isEmpty() ? QString() : QStringLiteral("\n")) + qosPromise(row.protocol.ends_with('0') ? 0 : 1);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    showRefusal(row.lastRefusal, now);
    m_pause->setText(m_isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(themedIcon(m_isPaused ? IconId::Play : IconId::Pause));
    if (row.source.empty())
        showButtons({});
    else if (m_control)
        showButtons({m_pause, m_only});
    else
        showButtons({m_only});
}

void SourceDetail::showDoor(const DoorRow &row, Instant now)
{
    clearForm();
    const QString door = itemtext::text(row.id);
    if (door != m_door)
        m_answer->setText({});
    m_door = door;
    m_name = itemtext::text(row.name);
    m_sender.reset();
    m_isPaused = row.state == SourceState::Paused;
    m_lamp->show();
    m_lamp->setState(lampStateOf(row.state));
    m_title->setText(m_name);
    m_word->setText(row.state == SourceState::Error ? tr("It does not work") : DoorModel::stateText(row));
    const SourceKind *kind = kindOf(m_door);
    const bool isReceiver = !kind || kind->isReceiver;
    std::vector<std::pair<QString, QString>> facts{{tr("Address"), row.url.empty() ? QStringLiteral("–") : itemtext::text(row.url)},
              {isReceiver ? tr("Requests") : kind->isAsked ? tr("Answers") : tr("Deliveries"), itemtext::count(row.requests)},
              {isReceiver ? tr("Last request") : kind->isAsked ? tr("Last answer") : tr("Last delivery"), row.lastRequest ? itemtext::ago(*row.lastRequest, now) : QStringLiteral("–")}};
    if (isReceiver)
        facts.emplace_back(tr("Told to come again"), itemtext::count(row.turnedAway));
    if (row.files > 0)
        facts.emplace_back(tr("Files"), itemtext::count(row.files));
    setFacts(facts);
    QString advice = itemtext::text(row.problem);
    if (advice.isEmpty() && kind)
        advice = m_isPaused ? kind->pauseSentence : kind->sentence;
    if (kind && kind->promise && !m_isPaused)
        advice += u'\n' + kind->promise(m_control->settings(), m_door);
    m_advice->setInk(row.problem.empty() ? Ink::Text2 : Ink::Bad);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_pause->setText(m_isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(themedIcon(m_isPaused ? IconId::Play : IconId::Pause));
    m_pause->setToolTip(kind ? kind->pauseSentence : QString());
    m_remove->setText(isReceiver ? tr("Turn off") : tr("Remove"));
    showRefusal({}, {});
    if (!kind)
        showButtons({});
    else if (m_control->isReceiving() && kind->hasMapping)
        showButtons({m_test, m_pause, m_edit, m_remove, m_mapping});
    else if (m_control->isReceiving())
        showButtons({m_test, m_pause, m_edit, m_remove});
    else
        showButtons({m_edit, m_remove});
}

void SourceDetail::edit(const SourceKind &kind, const QString &door)
{
    clearForm();
    m_door = door;
    m_sender.reset();
    m_lamp->hide();
    m_title->setText(door.isEmpty() ? tr("Add: %1").arg(kind.name) : kind.name);
    m_word->setText(kind.sentence);
    setFacts({});
    showRefusal({}, {});
    m_answer->setText({});
    m_form = kind.makeForm(m_control->settings(), door);
    m_formPlace->addWidget(m_form);
    showButtons({m_save, m_cancel});
    const auto judge = [this] {
        const QString problem = m_form->problem();
        m_save->setEnabled(problem.isEmpty());
        const bool needsToken = m_form->isOnNetwork() && m_control->token().isEmpty();
        m_advice->setInk(Ink::Text2);
        m_advice->setText(!problem.isEmpty() ? problem
                          : needsToken ? tr("Other machines can send then. Saving makes a token that they must show, and keeps it in the system's keychain.")
                                       : QString());
        m_advice->setVisible(!m_advice->text().isEmpty());
    };
    connect(m_form, &SourceForm::edited, this, judge);
    judge();
    if (QWidget *first = m_form->nextInFocusChain())
        first->setFocus(Qt::OtherFocusReason);
}

void SourceDetail::openMapping()
{
    auto *dialog = new MessageMapping(m_control, m_door, m_name, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MessageMapping::saved, this, [this, name = m_name] { Q_EMIT told(tr("The mapping of %1 was saved.").arg(name)); });
    dialog->open();
}

Settings SourceDetail::changed(const std::function<void(Settings &)> &change) const
{
    Settings settings = m_control->settings();
    change(settings);
    return settings;
}

void SourceDetail::save()
{
    if (!m_form || !m_form->problem().isEmpty())
        return;
    if (m_form->isOnNetwork() && m_control->token().isEmpty())
        keepToken(TokenPlace::Keychain);
    else if (m_form->secret())
        keepPassword(TokenPlace::Keychain);
    else
        takeOver();
}

/// A network address only with a token: that comes first.
void SourceDetail::keepToken(TokenPlace place)
{
    m_save->setEnabled(false);
    m_control->setToken(m_control->newToken(), place, [this, place](const Result<void> &kept) {
        if (!m_form)
            return;
        m_save->setEnabled(true);
        if (kept)
            return takeOver();
        showKeepInFile(kept, place, tr("%1 The token can be kept in a file instead that only you can read."), tr("Keep the token in a file"));
    });
}

/// A broker connects with its password: that comes first, too.
void SourceDetail::keepPassword(TokenPlace place)
{
    const FormSecret secret = m_form->secret().value_or(FormSecret());
    m_save->setEnabled(false);
    m_control->setPassword(secret.broker, secret.text, place, [this, place](const Result<void> &kept) {
        if (!m_form)
            return;
        m_save->setEnabled(true);
        if (kept) {
            m_form->setSecretPlace(place);
            return takeOver();
        }
        showKeepInFile(kept, place, tr("%1 The password can be kept in a file instead that only you can read."), tr("Keep the password in a file"));
    });
}

void SourceDetail::showKeepInFile(const Result<void> &kept, TokenPlace place, const QString &offer, const QString &button)
{
    const QString why = itemtext::text(kept.error().message);
    m_answer->setInk(Ink::Bad);
    m_answer->setText(place == TokenPlace::Keychain ? offer.arg(why) : why);
    m_keepInFile->setText(button);
    showButtons({m_save, m_cancel, m_keepInFile});
}

void SourceDetail::takeOver()
{
    const SourceForm *form = m_form;
    const Settings settings = changed([form](Settings &s) { form->apply(s); });
    clearForm();
    m_control->change(settings);
    Q_EMIT told(tr("Saved."));
    Q_EMIT editingEnded();
}

void SourceDetail::pauseOrResume()
{
    const bool isPaused = !m_isPaused;
    if (m_sender) {
        const std::string name = SourceModel::settingName(*m_sender).toStdString();
        m_control->change(changed([&](Settings &s) {
            std::erase(s.pausedSources, name);
            if (isPaused)
                s.pausedSources.push_back(name);
        }));
    } else if (const SourceKind *kind = kindOf(m_door)) {
        m_control->change(changed([&](Settings &s) { kind->setPaused(s, m_door, isPaused); }));
    }
}

void SourceDetail::removeDoor()
{
    const SourceKind *kind = kindOf(m_door);
    if (!kind)
        return;
    m_context.changes->push(new SettingsChange(m_control, kind->isReceiver ? tr("turning off %1").arg(m_name) : tr("removal of %1").arg(m_name),
                                               changed([&](Settings &s) { kind->remove(s, m_door); })));
    Q_EMIT told(kind->isReceiver ? tr("%1 is off. Add turns it on again.").arg(m_name) : tr("%1 was removed. What it told stays.").arg(m_name));
    showNothing();
    Q_EMIT editingEnded();
}

} // namespace telltale
