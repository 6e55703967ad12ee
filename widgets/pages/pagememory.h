// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariantMap>

#include <map>
#include <vector>

class QComboBox;
class QEvent;
class QSplitter;
class QTableView;

namespace telltale {

class Page;
class SegmentedControl;

/// What somebody arranged in a page, so that it is the same the next time: how splitters are divided, which tabs are open, what tables are
/// sorted by and how their columns lie. A double-click on the handle of a splitter brings back how it was made. UI thread; child of its page.
class PageMemory final : public QObject
{
    Q_OBJECT

public:
    /// The property, true, of a choice whose entries are always the same and that is kept, too.
    static constexpr const char *kRemembered = "remembered";

    /// `page` is made, and not shown yet.
    explicit PageMemory(Page &page);

    /// As restore() takes it; plain values. What was restored and not shown yet is kept as it was.
    QVariantMap save() const;
    /// Takes effect when the page is shown the first time. What does not fit, because the page has other parts now, is left out.
    void restore(const QVariantMap &saved);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const QVariantMap &saved);
    QVariantList tables() const;
    void takeTable(QTableView &table, const QVariantMap &saved) const;

    Page &m_page;
    std::vector<QSplitter *> m_splitters;
    std::vector<SegmentedControl *> m_tabs;
    std::vector<QTableView *> m_tables;
    std::vector<QComboBox *> m_choices;
    std::map<const QObject *, QList<int>> m_made; ///< of splitters, when they were shown first
    QVariantMap m_waiting;
    bool m_isShown = false;
};

} // namespace telltale
