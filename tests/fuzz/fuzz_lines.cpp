// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzztargets.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (!telltale::test::fuzzLines({reinterpret_cast<const char *>(data), size}))
        __builtin_trap();
    return 0;
}
