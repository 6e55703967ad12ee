// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <type_traits>

namespace telltale {

/// Room for a value that may never be set: an array of many costs nothing to make. Reading before setting is an error.
template<typename T>
union Room
{
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    Room() {}
    template<typename... Arguments>
    void set(const Arguments &...arguments)
    {
        std::construct_at(&value, arguments...);
    }
    T value;
};

} // namespace telltale
