// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/explanation.h"

#include "models/items/definitions.h"
#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kWidth = 620;
constexpr int kMostHeight = 640;
constexpr int kNameWidth = 130;
constexpr int kCommandHeight = 84;

PlainLabel *wrapped(const QString &text, FontRole role = FontRole::Body, Ink ink = Ink::Text)
{
    auto *label = new PlainLabel(text, role, ink);
    label->setWordWrap(true);
    return label;
}

void addHeading(QVBoxLayout *layout, const QString &text)
{
    layout->addSpacing(scaled(6));
    layout->addWidget(new PlainLabel(text, FontRole::BodyStrong, Ink::Text));
}

void addPairs(QVBoxLayout *layout, const std::vector<std::pair<QString, QString>> &pairs)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(5));
    grid->setColumnMinimumWidth(0, scaled(kNameWidth));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[name, value] : pairs) {
        auto *label = new PlainLabel(name, FontRole::Body, Ink::Text2);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(wrapped(value), row, 1);
        ++row;
    }
    layout->addLayout(grid);
}

} // namespace

QString Explanation::Way::heading() const
{
    return problem.isEmpty() ? ExplanationDialog::tr("How it was answered: %1", "a range of time").arg(range)
                             : ExplanationDialog::tr("What has no answer: %1", "a range of time").arg(range);
}

QString Explanation::Way::outcome() const
{
    return problem.isEmpty() ? plan + QLatin1Char(' ') + sample : problem;
}

QString Explanation::text() const
{
    QStringList lines{title};
    const auto addLines = [&lines](const QString &heading, const auto &pairs) {
        lines << QString() << heading;
        for (const auto &[name, value] : pairs)
            lines << QStringLiteral("  %1: %2").arg(name, value);
    };
    addLines(ExplanationDialog::tr("What it means"), meanings);
    addLines(ExplanationDialog::tr("What was asked"), asked);
    for (const Way &way : ways) {
        lines << QString() << way.heading();
        for (const QString &line : {way.problem, way.plan, way.sample, way.command}) {
            if (!line.isEmpty())
                lines << QStringLiteral("  ") + line;
        }
    }
    return lines.join(u'\n') + u'\n';
}

Explanation explain(const QString &title, std::vector<std::pair<QString, QString>> asked, const std::vector<AskedQuestion> &questions,
                    const Formatter &words, const QString &cache)
{
    Explanation explanation;
    explanation.title = title;
    explanation.asked = std::move(asked);
    std::vector<Term> terms;
    for (const AskedQuestion &question : questions) {
        for (const Term term : termsOf(question)) {
            if (std::find(terms.begin(), terms.end(), term) == terms.end())
                terms.push_back(term);
        }
        const TimeRange range = question.scope.range;
        const bool isOpen = range.from == Instant::min() || range.to == Instant::max();
        Explanation::Way way{.range = isOpen ? ExplanationDialog::tr("everything") : words.interval(range),
                             .plan = {},
                             .sample = {},
                             .command = itemtext::text(queryCommand(question, cache.toStdString())),
                             .isOnlyNear = question.isOnlyNear};
        if (question.problem) {
            way.problem = itemtext::text(question.problem->message);
        } else {
            way.plan = planText(question.plan);
            way.sample = ExplanationDialog::tr("Over %1.", "a count of something").arg(sampleText(question));
        }
        explanation.ways.push_back(std::move(way));
    }
    for (const Term term : terms)
        explanation.meanings.emplace_back(termName(term), termMeaning(term));
    return explanation;
}

ExplanationDialog::ExplanationDialog(const Explanation &explanation, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Explain “%1”").arg(explanation.title));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, size::kDialogPadding);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(windowTitle());
    scroll->setFocusPolicy(Qt::StrongFocus); // by keys it scrolls
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, 0);
    layout->setSpacing(scaled(8));
    layout->addWidget(new PlainLabel(explanation.title, FontRole::TrackValueSmall));
    if (!explanation.meanings.empty()) {
        addHeading(layout, tr("What it means"));
        addPairs(layout, explanation.meanings);
    }
    addHeading(layout, tr("What was asked"));
    addPairs(layout, explanation.asked);
    for (const Explanation::Way &way : explanation.ways) {
        addHeading(layout, way.heading());
        layout->addWidget(wrapped(way.outcome()));
        layout->addWidget(wrapped(way.isOnlyNear ? tr("The command line asks nearly the same so:") : tr("The same on the command line:"),
                                  FontRole::Secondary, Ink::Text2));
        auto *command = new CodeView;
        command->setAccessibleName(tr("Command"));
        command->setLineWrapMode(QPlainTextEdit::WidgetWidth);
        command->setCode(way.command);
        command->setFixedHeight(scaled(kCommandHeight)); // in lines that are folded
        layout->addWidget(command);
    }
    layout->addStretch(1);
    scroll->setWidget(body);
    outer->addWidget(scroll, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(size::kDialogPadding, scaled(8), size::kDialogPadding, 0);
    QPushButton *copy = makeButton(IconId::Copy, tr("&Copy all of it"));
    QPushButton *close = makeButton(tr("Close"), ButtonKind::Primary);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    outer->addLayout(buttons);
    connect(copy, &QPushButton::clicked, this, [text = explanation.text()] { QApplication::clipboard()->setText(text); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    close->setDefault(true);
    const int wanted = body->hasHeightForWidth() ? body->heightForWidth(scaled(kWidth)) : body->sizeHint().height();
    resize(scaled(kWidth), std::min(scaled(kMostHeight), wanted + scaled(80)));
}

} // namespace telltale
