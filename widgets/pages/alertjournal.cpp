// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/alertjournal.h"

#include <algorithm>
#include <iterator>

namespace telltale {

namespace {

constexpr std::size_t kMost = 200;

} // namespace

void AlertJournal::add(const AlertMoment &moment)
{
    if (m_moments.size() == kMost)
        m_moments.erase(m_moments.begin());
    m_moments.push_back(moment);
    Q_EMIT changed();
}

std::vector<AlertMoment> AlertJournal::momentsIn(TimeRange range) const
{
    std::vector<AlertMoment> found;
    std::copy_if(m_moments.begin(), m_moments.end(), std::back_inserter(found), [&](const AlertMoment &moment) { return range.contains(moment.at); });
    return found;
}

} // namespace telltale
