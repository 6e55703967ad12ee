// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/base64.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Undoes percent-encoding; '+' becomes a blank when it is a form's. Broken sequences stay as they are.
std::string percentDecoded(std::string_view text, bool isForm = false);

/// application/x-www-form-urlencoded or a query, decoded, in order. At most 1024 pairs; the rest is left out.
class FormData
{
public:
    explicit FormData(std::string_view encoded);

    /// The first value of this name; a view into this.
    std::optional<std::string_view> value(std::string_view name) const &;
    std::optional<std::string_view> value(std::string_view name) const && = delete;
    const std::vector<std::pair<std::string, std::string>> &pairs() const { return m_pairs; }

private:
    std::vector<std::pair<std::string, std::string>> m_pairs;
};

} // namespace telltale
