// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QToolButton>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

class QMenu;

namespace telltale {

class QueryRunner;

/// Something that takes long, and how to stop it.
struct Job
{
    QString name;
    std::chrono::milliseconds since{};
    std::optional<double> share; ///< 0 to 1; none: not known
    std::function<void()> stop;
};

/// "2 jobs · about 40 s left": what takes longer than ten seconds, in the status line. A click lists it, with how far each is; choosing one
/// stops it. Hidden while there is none.
class JobList final : public QToolButton
{
    Q_OBJECT

public:
    using Look = std::function<std::vector<Job>()>;

    explicit JobList(QWidget *parent = nullptr);
    /// Looks twice a second while anything is asked. `look` gives everything somebody waits for.
    void follow(QueryRunner &queries, Look look);
    /// Looks no more: what it looked at goes.
    void leave();
    /// From when on something is listed; for tests.
    void setLeast(std::chrono::milliseconds least) { m_least = least; }
    /// Those that are listed.
    std::vector<Job> jobs() const;
    void lookAgain();

private:
    void fill();

    Look m_look;
    QTimer m_pulse;
    QMenu *m_menu;
    std::chrono::milliseconds m_least{10'000};
};

/// How long it takes from now on, if it goes on like that; none: not known.
std::optional<std::chrono::milliseconds> remaining(const Job &job);

} // namespace telltale
