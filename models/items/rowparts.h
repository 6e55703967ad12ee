// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace telltale {

/// Some rows of a long list: runs of them, by the number of their first row, that never overlap. Memory is what keepNear() leaves.
template<typename Row>
class RowParts
{
public:
    /// Null while the row is not here. Cost: the logarithm of the parts.
    const Row *at(int row) const
    {
        auto part = m_parts.upper_bound(row);
        if (part == m_parts.begin())
            return nullptr;
        --part;
        const auto offset = static_cast<std::size_t>(row - part->first);
        return offset < part->second.size() ? &part->second[offset] : nullptr;
    }

    /// The first row of `first`..`last` that is not here; −1: all are.
    int firstMissing(int first, int last) const
    {
        for (int row = first; row <= last; ++row) {
            if (!at(row))
                return row;
        }
        return -1;
    }

    /// These rows are right, whatever was there.
    void put(int first, std::vector<Row> rows)
    {
        if (rows.empty())
            return;
        const int end = first + static_cast<int>(rows.size());
        std::vector<Row> after = takeFrom(first, end);
        m_parts.insert_or_assign(first, std::move(rows));
        if (!after.empty())
            m_parts.insert_or_assign(end, std::move(after));
    }

    /// So many rows came before all.
    void shift(int by)
    {
        std::map<int, std::vector<Row>> moved;
        for (auto &[first, rows] : m_parts)
            moved.emplace_hint(moved.end(), first + by, std::move(rows));
        m_parts = std::move(moved);
    }

    /// Forgets what is farthest from `row` until there are no more than `most`, but never the part that holds row 0.
    void keepNear(int row, std::size_t most)
    {
        std::size_t count = 0;
        for (const auto &[first, rows] : m_parts)
            count += rows.size();
        while (count > most) {
            auto farthest = m_parts.end();
            int distance = -1;
            for (auto part = m_parts.begin(); part != m_parts.end(); ++part) {
                const int middle = part->first + static_cast<int>(part->second.size()) / 2;
                if (part->first > 0 && std::abs(middle - row) > distance) {
                    farthest = part;
                    distance = std::abs(middle - row);
                }
            }
            if (farthest == m_parts.end())
                return;
            count -= farthest->second.size();
            m_parts.erase(farthest);
        }
    }

    /// `visit` gets the number of each row that is here, and the row, which it may change.
    template<typename Visit>
    void forEach(const Visit &visit)
    {
        for (auto &[first, rows] : m_parts) {
            for (std::size_t i = 0; i < rows.size(); ++i)
                visit(first + static_cast<int>(i), rows[i]);
        }
    }

    void clear() { m_parts.clear(); }
    const std::map<int, std::vector<Row>> &parts() const { return m_parts; }

private:
    /// Makes [first, end) free and gives what lay behind `end` in a part that is cut.
    std::vector<Row> takeFrom(int first, int end)
    {
        std::vector<Row> after;
        auto part = m_parts.upper_bound(first);
        if (part != m_parts.begin())
            --part;
        while (part != m_parts.end() && part->first < end) {
            const int partEnd = part->first + static_cast<int>(part->second.size());
            if (partEnd <= first) {
                ++part;
                continue;
            }
            if (partEnd > end) {
                const auto from = part->second.begin() + (end - part->first);
                after.assign(std::make_move_iterator(from), std::make_move_iterator(part->second.end()));
            }
            if (part->first < first) {
                part->second.resize(static_cast<std::size_t>(first - part->first));
                ++part;
            } else {
                part = m_parts.erase(part);
            }
        }
        return after;
    }

    std::map<int, std::vector<Row>> m_parts;
};

} // namespace telltale
