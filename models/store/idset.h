// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A set of ids (users, sessions) as a compressed bitmap: exact, cheap to unite. Owns its memory; copies are deep.
class IdSet
{
public:
    /// The first byte of what is stored.
    enum class Form : std::uint8_t { Differences = 0, Bitmap = 1 };

    IdSet();
    IdSet(const IdSet &other);
    IdSet(IdSet &&other) noexcept;
    IdSet &operator=(IdSet other) noexcept;
    ~IdSet();

    void add(std::uint32_t id);
    void add(std::span<const std::uint32_t> ids);
    void add(const IdSet &other);
    bool contains(std::uint32_t id) const;
    std::uint64_t count() const;
    bool isEmpty() const { return count() == 0; }
    /// In rising order.
    std::vector<std::uint32_t> ids() const;
    void forEach(const std::function<void(std::uint32_t)> &visit) const;
    friend bool operator==(const IdSet &a, const IdSet &b);

    /// Bytes for the disk: differences of neighbours when there are few, a bitmap when there are many.
    void appendTo(std::string &out) const;
    static void appendSorted(std::string &out, std::span<const std::uint32_t> ids);
    /// Throws Damaged, inside the store only.
    static IdSet read(std::string_view bytes);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
