// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rowdiff.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace telltale {

namespace {

bool hasRepeats(const std::vector<std::string> &keys)
{
    std::unordered_set<std::string_view> seen;
    seen.reserve(keys.size());
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::string &key) { return !seen.insert(key).second; });
}

/// How often the common rows step back, an upper bound of the moves needed.
std::size_t countDescents(const std::vector<std::string_view> &now, const std::vector<std::string> &after)
{
    std::unordered_map<std::string_view, std::size_t> position;
    position.reserve(after.size());
    for (std::size_t i = 0; i < after.size(); ++i)
        position.emplace(after[i], i);
    std::size_t descents = 0;
    for (std::size_t i = 1; i < now.size(); ++i)
        descents += position.at(now[i]) < position.at(now[i - 1]) ? 1 : 0;
    return descents;
}

} // namespace

RowDiff diffRows(const std::vector<std::string> &before, const std::vector<std::string> &after,
                 std::size_t maximumMoves)
{
    RowDiff diff;
    if (hasRepeats(before) || hasRepeats(after)) {
        diff.isReset = true;
        return diff;
    }
    const std::unordered_set<std::string_view> wanted(after.begin(), after.end());
    std::vector<std::string_view> now;
    now.reserve(std::max(before.size(), after.size()));
    for (const std::string &key : before) {
        if (wanted.contains(key))
            now.push_back(key);
    }
    if (now.empty() && !before.empty() && !after.empty()) {
        diff.isReset = true;
        return diff;
    }

    // What goes, from the end, so that earlier rows keep their numbers.
    for (std::size_t end = before.size(); end > 0;) {
        if (wanted.contains(before[end - 1])) {
            --end;
            continue;
        }
        std::size_t first = end - 1;
        while (first > 0 && !wanted.contains(before[first - 1]))
            --first;
        diff.steps.push_back({RowStep::Kind::Remove, first, end - first, 0});
        end = first;
    }

    if (countDescents(now, after) > maximumMoves) {
        diff.isReordered = true;
        return diff;
    }

    const std::unordered_set<std::string_view> kept(now.begin(), now.end());
    for (std::size_t i = 0; i < after.size();) {
        if (i < now.size() && now[i] == after[i]) {
            ++i;
            continue;
        }
        if (!kept.contains(after[i])) {
            std::size_t end = i + 1;
            while (end < after.size() && !kept.contains(after[end]))
                ++end;
            diff.steps.push_back({RowStep::Kind::Insert, i, end - i, i});
            now.insert(now.begin() + static_cast<std::ptrdiff_t>(i),
                       after.begin() + static_cast<std::ptrdiff_t>(i),
                       after.begin() + static_cast<std::ptrdiff_t>(end));
            i = end;
            continue;
        }
        const auto found = std::find(now.begin() + static_cast<std::ptrdiff_t>(i), now.end(), after[i]);
        const auto from = static_cast<std::size_t>(found - now.begin());
        std::size_t count = 1;
        while (from + count < now.size() && i + count < after.size() && now[from + count] == after[i + count])
            ++count;
        diff.steps.push_back({RowStep::Kind::Move, from, count, i});
        std::rotate(now.begin() + static_cast<std::ptrdiff_t>(i), found,
                    found + static_cast<std::ptrdiff_t>(count));
        i += count;
    }
    return diff;
}

} // namespace telltale
