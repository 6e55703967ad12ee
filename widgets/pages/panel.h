// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/askedengine.h"
#include "models/telemetry/result.h"
#include "widgets/controls/card.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

class QStackedLayout;

namespace telltale {

class EmptyState;
class WaitingBar;

/// How far a question is: records read of all that it reads. Written by the thread that asks, read by the window's.
struct Reading
{
    std::atomic<std::uint64_t> done{0}, total{0};
};

/// A card whose content comes from a question: nothing for 400 ms, then grey blocks the first time and a thin
/// line later while the old content stays; after a second how far it is, and a way to stop it; the answer, a kind word when there is nothing, or what went wrong
/// with a way to try again.
class Panel final : public Card
{
    Q_OBJECT

public:
    Panel(const QString &title, const QString &subtitle, QWidget *body, QWidget *parent = nullptr);

    QWidget *body() const { return m_body; }
    /// At the right of the header, only while the body is shown. Takes ownership.
    void addLegend(QWidget *legend);
    /// A question was asked under this name; `reading` is how far it is.
    void begin(const QString &slot, std::shared_ptr<const Reading> reading);
    /// Somebody stopped what was asked: what was shown stays, with a word and a way to ask again.
    void showStopped();
    bool isStopped() const { return m_isStopped; }
    /// How long somebody waits for an answer; none: nobody does.
    std::optional<std::chrono::milliseconds> waited() const;
    /// 0 to 1 of what is read; none: not known.
    std::optional<double> share() const;
    /// It was answered; the body shows it.
    void showBody();
    void showEmpty(const QString &title, const QString &detail = {}, const QString &action = {});
    /// As showEmpty(), with a good sign: nothing is wrong.
    void showGood(const QString &title, const QString &detail = {});
    /// `asked`: what was asked until then, for the details.
    void showProblem(const Error &error, std::vector<AskedQuestion> asked = {});
    bool isShowingBody() const;
    /// Says in the header that what is newer waits, because somebody is at what is shown.
    void setHolding(bool isHolding);
    bool isHolding() const { return m_isHolding; }
    /// What its content was asked with, for "Explain this number"; empty before the first answer.
    const std::vector<AskedQuestion> &questions() const { return m_questions; }
    void setQuestions(std::vector<AskedQuestion> questions) { m_questions = std::move(questions); }
    /// What was asked when the problem came that is shown.
    const std::vector<AskedQuestion> &questionsOfProblem() const { return m_questionsOfProblem; }

Q_SIGNALS:
    void retryRequested();
    /// Somebody does not want to wait for the answer.
    void stopRequested();
    /// An answer came that took longer than that.
    void answeredLate(std::chrono::milliseconds waited);
    /// Somebody wants to know more of the problem.
    void detailsRequested();
    /// The button of showEmpty().
    void actionRequested();

protected:
    /// Menu and Shift+F10 open the menu, whatever in it has the focus.
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void finish(QWidget *shown);
    void showWaiting();
    void tellWaiting();
    void endWaiting();
    WaitingBar *waitingBar();
    void showLegends(bool shown);

    QWidget *m_body;
    QWidget *m_skeleton;
    EmptyState *m_empty;
    EmptyState *m_problem;
    QStackedLayout *m_stack;
    QList<QWidget *> m_legends;
    std::vector<AskedQuestion> m_questions;
    std::vector<AskedQuestion> m_questionsOfProblem;
    std::map<QString, std::shared_ptr<const Reading>> m_readings; ///< by slot
    QTimer m_patience;
    QTimer m_waitingPulse;
    QElapsedTimer m_asked;
    WaitingBar *m_waiting = nullptr; ///< made when somebody waits that long first
    bool m_isStopped = false;
    bool m_wasAnswered = false;
    bool m_isHolding = false;
    PlainLabel *m_holding = nullptr; ///< made when it is said first
};

} // namespace telltale
