// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace telltale::test {

/// Changes bytes as broken or hostile clients would: some other bytes, pieces lost or twice, numbers out of range, brackets without
/// end, cut short. The same seed changes the same bytes in the same way, on every machine.
class Mutation
{
public:
    explicit Mutation(std::uint32_t seed)
        : m_random(seed)
    {}

    /// `bytes` with one to eight changes.
    std::string of(std::string bytes);
    /// A number from 0 to `count` - 1; 0 for 0.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : m_random() % count; }

private:
    void change(std::string &bytes);
    void exaggerateNumber(std::string &bytes, std::size_t from);

    std::mt19937 m_random;
};

} // namespace telltale::test
