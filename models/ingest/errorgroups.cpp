// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/errorgroups.h"

#include "models/grouping/errorgrouping.h"

#include <xxhash.h>

#include <string>

namespace telltale {
namespace {

/// Our own key, unless the sender says what belongs together.
std::uint64_t groupKeyOf(std::string_view fingerprint, std::uint64_t ours)
{
    constexpr std::string_view kDefault = "{{ default }}";
    if (fingerprint.empty() || fingerprint == kDefault)
        return ours;
    std::string text(fingerprint);
    if (const auto at = text.find(kDefault); at != std::string::npos)
        text.replace(at, kDefault.size(), std::to_string(ours));
    const std::uint64_t key = XXH3_64bits_withSeed(text.data(), text.size(), 0x7e117a1eULL);
    return key == 0 ? 1 : key;
}

} // namespace

void groupErrors(RecordBatch &batch, CounterSet &counters)
{
    for (ErrorDetail &error : batch.errors) {
        const std::string_view type = batch.text(error.type);
        const std::string_view message = batch.text(error.message);
        const std::string_view stack = batch.text(error.stack);
        const ErrorGrouping grouping = errorGroup(type, message, stack);
        if (error.group == 0)
            error.group = groupKeyOf(batch.text(error.fingerprint), grouping.key);
        error.culprit = grouping.culprit.empty() ? kNoString : batch.strings.intern(grouping.culprit);
        if (isUngrouped(type, message, stack))
            counters.add("error.ungrouped");
    }
}

} // namespace telltale
