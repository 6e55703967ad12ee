// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>
#include <QStringList>

#include <functional>
#include <vector>

namespace telltale {

class Page;

/// The pages of the window, each made when it is first needed: the first paint waits for one page, not for ten.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    using Maker = std::function<Page *()>;

    explicit PageStack(QWidget *parent = nullptr);

    /// A page by its id; `make` is called at most once.
    void add(const QString &id, Maker make);
    /// Makes it when nobody has asked for it yet; null for an id that was not added.
    Page *page(const QString &id);
    const QStringList &ids() const { return m_ids; }
    /// What is there already, in the order of the ids.
    QList<Page *> made() const;
    /// Makes one more. False: all are there.
    bool makeNext();

    /// What was set as its minimum: pages fit themselves to the room there is, whatever their texts would like.
    int heightForWidth(int) const override { return minimumHeight(); }

Q_SIGNALS:
    /// A page is new; nobody has seen it yet.
    void pageMade(const QString &id, telltale::Page *page);

private:
    QStringList m_ids;
    std::vector<Maker> m_makers; ///< by index of m_ids; empty once it was called
    std::vector<Page *> m_made;  ///< the same; null until then
};

} // namespace telltale
