// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertbook.h"

#include <algorithm>

namespace telltale {

std::vector<AlertNews> AlertBook::take(const Alert &alert, const AlertReading &reading, Instant at)
{
    Entry &entry = m_entries[alert.name];
    entry.rule = alert.rule;
    entry.filter = alert.filter;
    std::vector<AlertNews> news;
    if (alert.rule.isAboutGroups()) {
        for (const AlertGroup &group : reading.groups) {
            const bool isFresh = entry.groups.insert(group.group).second;
            if (isFresh && entry.isRead)
                news.push_back({AlertNews::What::Group, alert.name, {}, {}, group, at});
        }
        // A group that regresses again is news again; one that is new is so once.
        if (alert.rule.kind != AlertRule::Kind::NewError)
            std::erase_if(entry.groups, [&](const std::string &known) {
                return std::none_of(reading.groups.begin(), reading.groups.end(), [&](const AlertGroup &group) { return group.group == known; });
            });
    } else if (reading.isFiring != entry.isFiring) {
        news.push_back({reading.isFiring ? AlertNews::What::Began : AlertNews::What::Ended, alert.name, reading.value, reading.before, {}, at});
    }
    entry.isFiring = reading.isFiring;
    entry.isRead = true;
    return news;
}

std::vector<std::string> AlertBook::firing() const
{
    std::vector<std::string> names;
    for (const auto &[name, entry] : m_entries) {
        if (entry.isFiring && !entry.rule.isAboutGroups())
            names.push_back(name);
    }
    return names;
}

void AlertBook::keepOnly(const std::vector<Alert> &alerts)
{
    std::erase_if(m_entries, [&](const auto &pair) {
        return std::none_of(alerts.begin(), alerts.end(), [&](const Alert &alert) {
            return alert.isOn && alert.name == pair.first && alert.rule == pair.second.rule && alert.filter == pair.second.filter;
        });
    });
}

} // namespace telltale
