// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rangeparser.h"

namespace telltale {

/// A range as text that pastedRange() and other programs read: "2025-11-18T13:32:10Z/2025-11-18T14:32:10Z", ISO 8601, UTC.
QString copiedRange(TimeRange range);

/// The range that a text from somewhere else means: what copiedRange() gave, what the time picker reads, or lines of a log. Of those the
/// first and the last time stamp count, with the zone of `parser` where they name none; around a single one `width` is taken. Times in the
/// future are cut off. Error: InvalidArgument with a sentence for the person. Cost: linear; the first 64 KiB count.
Result<RangeSpec> pastedRange(const QString &text, const RangeParser &parser, std::chrono::nanoseconds width);

} // namespace telltale
