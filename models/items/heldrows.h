// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace telltale {

/// What a live list shows while somebody is at it.
template<typename Row>
struct HeldRows
{
    std::vector<Row> rows;   ///< those that were shown, in their order, with their new values; what left stays as it was
    std::size_t waiting = 0; ///< how many others there are
};

/// `keyOf(row)` is a string that stays the same from answer to answer. Cost: linear in both lists.
template<typename Row, typename KeyOf>
HeldRows<Row> heldRows(const std::vector<Row> &shown, const std::vector<Row> &answer, const KeyOf &keyOf)
{
    std::unordered_map<std::string, const Row *> newest;
    for (const Row &row : answer)
        newest.emplace(keyOf(row), &row);
    HeldRows<Row> held;
    std::unordered_set<std::string> there;
    held.rows.reserve(shown.size());
    for (const Row &row : shown) {
        const std::string key = keyOf(row);
        const auto found = newest.find(key);
        held.rows.push_back(found == newest.end() ? row : *found->second);
        there.insert(key);
    }
    for (const auto &[key, row] : newest)
        held.waiting += there.contains(key) ? 0U : 1U;
    return held;
}

} // namespace telltale
