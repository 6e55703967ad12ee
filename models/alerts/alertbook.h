// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertreading.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace telltale {

/// Something to tell a person once.
struct AlertNews
{
    enum class What { Began, Ended, Group };
    What what = What::Began;
    std::string alert;            ///< its name
    std::optional<double> value, before;
    AlertGroup group;             ///< of What::Group
    Instant at;
};

/// Remembers what was said, so that everything is told once: that a rule begins to hold, and that it no longer does; each group that a
/// rule is about. The groups that are there at the first reading are not news. One thread.
class AlertBook
{
public:
    /// In order of reading.
    std::vector<AlertNews> take(const Alert &alert, const AlertReading &reading, Instant at);
    /// The names of those that hold now.
    std::vector<std::string> firing() const;
    /// Forgets alerts that are not among these, and those whose rule or filter is another one now.
    void keepOnly(const std::vector<Alert> &alerts);

private:
    struct Entry
    {
        AlertRule rule;
        Filter filter;
        bool isFiring = false;
        bool isRead = false;
        std::set<std::string> groups;
    };
    std::map<std::string, Entry> m_entries;
};

} // namespace telltale
