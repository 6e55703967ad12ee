// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/pagestack.h"

#include "widgets/pages/page.h"

#include <algorithm>
#include <utility>

namespace telltale {

PageStack::PageStack(QWidget *parent)
    : QStackedWidget(parent)
{}

void PageStack::add(const QString &id, Maker make)
{
    m_ids.append(id);
    m_makers.push_back(std::move(make));
    m_made.push_back(nullptr);
}

Page *PageStack::page(const QString &id)
{
    const qsizetype index = m_ids.indexOf(id);
    if (index < 0)
        return nullptr;
    Page *&made = m_made[static_cast<std::size_t>(index)];
    if (made)
        return made;
    const Maker make = std::exchange(m_makers[static_cast<std::size_t>(index)], {});
    made = make();
    addWidget(made);
    Q_EMIT pageMade(id, made);
    return made;
}

QList<Page *> PageStack::made() const
{
    QList<Page *> pages(m_made.begin(), m_made.end());
    pages.removeAll(nullptr);
    return pages;
}

bool PageStack::makeNext()
{
    const auto missing = std::find(m_made.begin(), m_made.end(), nullptr);
    if (missing == m_made.end())
        return false;
    page(m_ids.at(missing - m_made.begin()));
    return std::find(missing, m_made.end(), nullptr) != m_made.end();
}

} // namespace telltale
