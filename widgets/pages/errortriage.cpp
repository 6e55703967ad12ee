// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/errortriage.h"

#include "models/analysis/recordtext.h"
#include "models/items/itemtext.h"
#include "widgets/controls/banner.h"

#include <QPointer>
#include <QPushButton>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>

namespace telltale {

namespace {

using namespace std::chrono_literals;
using Action = TriageDecision::Action;

constexpr int kBarMs = 10'000;

TriageDecision made(Action action)
{
    TriageDecision decision;
    decision.action = action;
    return decision;
}

/// The decisions of one step, and those that take it back.
class TriageStep final : public QUndoCommand
{
public:
    TriageStep(ErrorTriage *triage, QString text, std::vector<TriageDecision> forth, std::vector<TriageDecision> back)
        : QUndoCommand(text)
        , m_triage(triage)
        , m_forth(std::move(forth))
        , m_back(std::move(back))
    {}
    void redo() override
    {
        if (m_triage)
            m_triage->send(m_forth, text());
    }
    void undo() override
    {
        if (m_triage)
            m_triage->send(m_back, {});
    }

private:
    QPointer<ErrorTriage> m_triage;
    std::vector<TriageDecision> m_forth, m_back;
};

QString sentenceOf(Action action, int groups)
{
    switch (action) {
    case Action::Resolve:
        return ErrorTriage::tr("%n error(s) resolved", nullptr, groups);
    case Action::Archive:
        return ErrorTriage::tr("%n error(s) archived", nullptr, groups);
    case Action::Reopen:
        return ErrorTriage::tr("%n error(s) reopened", nullptr, groups);
    case Action::Merge:
        return ErrorTriage::tr("%n error(s) merged", nullptr, groups);
    case Action::Unmerge:
        return ErrorTriage::tr("%n error(s) taken apart", nullptr, groups);
    case Action::Reset:
        break;
    }
    return {};
}

} // namespace

ErrorTriage::ErrorTriage(Context context, QObject *parent)
    : QObject(parent)
    , resolve(new QAction(tr("&Resolve"), this))
    , archive(new QAction(tr("&Archive"), this))
    , reopen(new QAction(tr("Re&open"), this))
    , merge(new QAction(tr("Mer&ge into the first"), this))
    , unmerge(new QAction(tr("Take a&part"), this))
    , resolveMenu(new QMenu(tr("Resolve…")))
    , archiveMenu(new QMenu(tr("Archive…")))
    , bar(new Banner)
    , m_context(std::move(context))
{
    connect(this, &QObject::destroyed, resolveMenu, &QObject::deleteLater);
    connect(this, &QObject::destroyed, archiveMenu, &QObject::deleteLater);
    for (const auto &[action, key] : {std::pair{resolve, QStringLiteral("R")}, std::pair{archive, QStringLiteral("A")},
                                      std::pair{reopen, QStringLiteral("U")}}) {
        action->setProperty("singleKey", key);
        action->setToolTip(tr("%1 (%2)", "an action and its key").arg(action->text().remove(u'&'), key));
    }
    connect(resolve, &QAction::triggered, this, [this] { decide(made(Action::Resolve)); });
    connect(archive, &QAction::triggered, this, [this] { decide(made(Action::Archive)); });
    connect(reopen, &QAction::triggered, this, [this] { decide(made(Action::Reopen)); });
    connect(merge, &QAction::triggered, this, [this] { decide(made(Action::Merge)); });
    connect(unmerge, &QAction::triggered, this, [this] { decide(made(Action::Unmerge)); });
    connect(resolveMenu, &QMenu::aboutToShow, this, &ErrorTriage::fillResolveMenu);
    connect(archiveMenu, &QMenu::aboutToShow, this, &ErrorTriage::fillArchiveMenu);
    bar->hide();
    bar->setClosable(true);
    connect(bar, &Banner::closed, bar, &QWidget::hide);
    m_barTime.setSingleShot(true);
    connect(&m_barTime, &QTimer::timeout, bar, &QWidget::hide);
    updateActions();
}

void ErrorTriage::updateActions()
{
    const std::vector<ErrorGroupRow> chosen = m_context.chosen();
    const bool canDecide = m_context.receiver != nullptr && !chosen.empty();
    const auto any = [&](auto &&test) { return canDecide && std::any_of(chosen.begin(), chosen.end(), test); };
    resolve->setEnabled(any([](const ErrorGroupRow &row) { return row.state != "resolved"; }));
    archive->setEnabled(any([](const ErrorGroupRow &row) { return row.state != "archived"; }));
    reopen->setEnabled(any([](const ErrorGroupRow &row) {
        return row.state == "resolved" || row.state == "archived" || row.state == "regressed";
    }));
    merge->setEnabled(canDecide && chosen.size() > 1);
    unmerge->setEnabled(any([](const ErrorGroupRow &row) { return !row.merged.empty(); }));
    resolveMenu->setEnabled(canDecide);
    archiveMenu->setEnabled(canDecide);
}

bool ErrorTriage::handleKey(int key)
{
    QAction *action = key == Qt::Key_R ? resolve : key == Qt::Key_A ? archive : key == Qt::Key_U ? reopen : nullptr;
    if (!action)
        return false;
    action->trigger();
    return true;
}

void ErrorTriage::add(QMenu *menu, const QString &text, const TriageDecision &decision)
{
    connect(menu->addAction(text), &QAction::triggered, this, [this, decision] { decide(decision); });
}

void ErrorTriage::fillResolveMenu()
{
    resolveMenu->clear();
    add(resolveMenu, tr("&Now: seen again, it has regressed"), made(Action::Resolve));
    TriageDecision in = made(Action::Resolve);
    const QStringList releases = m_context.releases();
    if (!releases.isEmpty()) {
        in.release = releases.front().toStdString();
        in.isAfter = true;
        add(resolveMenu, tr("In the release &after %1").arg(releases.front()), in);
        in.isAfter = false;
        resolveMenu->addSeparator();
        for (const QString &release : releases.mid(0, 8)) {
            in.release = release.toStdString();
            add(resolveMenu, tr("In %1").arg(release), in);
        }
    }
}

void ErrorTriage::fillArchiveMenu()
{
    archiveMenu->clear();
    add(archiveMenu, tr("&For ever"), made(Action::Archive));
    TriageDecision until = made(Action::Archive);
    until.untilEscalating = true;
    add(archiveMenu, tr("Until it &escalates"), until);
    archiveMenu->addSeparator();
    until = made(Action::Archive);
    for (const auto &[text, time] : {std::pair{tr("For a &day"), 24h}, std::pair{tr("For a &week"), 24h * 7}, std::pair{tr("For a &month"), 24h * 30}}) {
        until.until = m_context.now() + time;
        add(archiveMenu, text, until);
    }
    archiveMenu->addSeparator();
    for (const int count : {10, 100, 1000}) {
        until = made(Action::Archive);
        until.events = static_cast<std::uint64_t>(count);
        add(archiveMenu, tr("Until %1 more events").arg(itemtext::count(until.events)), until);
    }
    for (const int count : {10, 100}) {
        until = made(Action::Archive);
        until.users = static_cast<std::uint64_t>(count);
        add(archiveMenu, tr("Until %1 more users").arg(itemtext::count(until.users)), until);
    }
}

void ErrorTriage::decide(const TriageDecision &prototype)
{
    const std::vector<ErrorGroupRow> chosen = m_context.chosen();
    if (chosen.empty() || !m_context.receiver)
        return;
    std::vector<TriageDecision> forth, back;
    const std::uint64_t first = groupKey(chosen.front().group).value_or(0);
    for (const ErrorGroupRow &row : chosen) {
        TriageDecision decision = prototype;
        decision.group = groupKey(row.group).value_or(0);
        decision.time = m_context.now();
        if (decision.action == Action::Merge) {
            if (decision.group == first)
                continue;
            decision.target = first;
            TriageDecision apart = made(Action::Unmerge);
            apart.group = decision.group;
            apart.time = decision.time;
            forth.push_back(decision);
            back.push_back(apart);
            continue;
        }
        if (decision.action == Action::Unmerge) {
            for (const std::string &member : row.merged) {
                TriageDecision apart = decision;
                apart.group = groupKey(member).value_or(0);
                forth.push_back(apart);
                apart.action = Action::Merge;
                apart.target = groupKey(row.group).value_or(0);
                back.push_back(apart);
            }
            continue;
        }
        // What held before holds again, from its own time on.
        TriageDecision before = row.decision.value_or(made(Action::Reset));
        before.group = decision.group;
        forth.push_back(decision);
        back.push_back(before);
    }
    if (forth.empty())
        return;
    const QString sentence = sentenceOf(prototype.action, static_cast<int>(prototype.action == Action::Merge ? chosen.size() : forth.size()));
    m_context.changes->push(new TriageStep(this, sentence, std::move(forth), std::move(back)));
}

void ErrorTriage::send(std::vector<TriageDecision> decisions, const QString &sentence)
{
    QPointer<ErrorTriage> self = this;
    m_context.receiver->decide(std::move(decisions), [self, sentence](const Result<void> &result) {
        if (!self)
            return;
        if (!result)
            self->tell(tr("That could not be stored: %1").arg(itemtext::text(result.error().message)), false);
        else if (sentence.isEmpty())
            self->bar->hide();
        else
            self->tell(sentence, true);
        Q_EMIT self->decided();
    });
}

void ErrorTriage::tell(const QString &sentence, bool canUndo)
{
    bar->clearButtons();
    bar->setContent(canUndo ? Tone::Neutral : Tone::Bad, sentence);
    if (canUndo)
        connect(bar->addButton(tr("Undo")), &QPushButton::clicked, m_context.changes, &QUndoStack::undo);
    bar->show();
    m_barTime.start(kBarMs);
}

} // namespace telltale
