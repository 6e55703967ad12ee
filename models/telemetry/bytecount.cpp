// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/bytecount.h"

#include <charconv>
#include <utility>

namespace telltale {

Result<std::uint64_t> parseByteCount(std::string_view text)
{
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {{"", 1},
                                                                            {"B", 1},
                                                                            {"kB", 1'000},
                                                                            {"MB", 1'000'000},
                                                                            {"GB", 1'000'000'000},
                                                                            {"TB", 1'000'000'000'000},
                                                                            {"KiB", std::uint64_t{1} << 10},
                                                                            {"MiB", std::uint64_t{1} << 20},
                                                                            {"GiB", std::uint64_t{1} << 30},
                                                                            {"TiB", std::uint64_t{1} << 40}};
    std::uint64_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (problem == std::errc()) {
        const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
        for (const auto &[name, factor] : kUnits) {
            std::uint64_t bytes = 0;
            if (unit == name && !__builtin_mul_overflow(count, factor, &bytes))
                return bytes;
        }
    }
    return failure(Error::Code::InvalidArgument, "'" + std::string(text) + "' is no size; sizes are like 500MB or 2GiB");
}

} // namespace telltale
