// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rangeparser.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

class QAbstractItemView;
class QPushButton;
class QSortFilterProxyModel;

namespace telltale {

/// What a live list was asked for, but for the passing of time.
struct ListQuestion
{
    RangeSpec range;
    std::optional<TimeRange> selection;
    std::string filter;
    friend bool operator==(const ListQuestion &, const ListQuestion &) = default;
};

/// Keeps a live list still while somebody is at it: the pointer over it, the keyboard in it, or scrolled away from its start. What is new
/// waits behind a button over the foot of the rows ("12 new errors · show (N)") and is shown by it, by showNow(), or when nobody was at the list for
/// five seconds. Another question than before is answered at once. Owned by the view; UI thread.
class ListHold final : public QObject
{
    Q_OBJECT

public:
    /// `words`: what the button says of so many rows.
    ListHold(QAbstractItemView *view, std::function<QString(int)> words);
    /// Rows of `sorted` keep their order, too, while the list is held. Not owned, outlives the view.
    void setSorted(QSortFilterProxyModel *sorted) { m_sorted = sorted; }

    /// To be told before each question.
    void ask(const ListQuestion &question);
    /// The next answer is shown whatever is held: somebody did something to the rows.
    void letGo() { m_isFresh = true; }
    /// Whether an answer that came now has to wait.
    bool isHolding() const;
    /// The answer waits: `waiting` rows are new, `apply` shows it.
    void keep(int waiting, std::function<void()> apply);
    /// The answer is shown.
    void shown();
    /// Shows what waits.
    void showNow();

    int waiting() const { return m_waiting; }
    QPushButton *button() const { return m_button; }
    void setPatience(int milliseconds) { m_peace.setInterval(milliseconds); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isSomebodyThere() const;
    void setWaiting(int rows);
    void place();

    QAbstractItemView *m_view;
    QPushButton *m_button;
    std::function<QString(int)> m_words;
    QSortFilterProxyModel *m_sorted = nullptr;
    std::optional<ListQuestion> m_question;
    std::function<void()> m_apply; ///< empty: nothing waits
    QTimer m_peace;
    int m_waiting = 0;
    bool m_hasPointer = false;
    bool m_isFresh = true;
};

} // namespace telltale
