// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/segmentrows.h"

#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Splits a point into what fits columns and an encoded rest (see metriccodec.cpp for its layout), without what its
/// series knows. Exemplar attributes are looked up in the batch. `rest` is left empty for plain numbers.
RowMetric encodeMetric(const MetricDetail &detail, const RecordBatch &batch, std::string &rest);

/// Puts it together again; kind, temporality and isMonotonic are left to the series. Throws Damaged.
StoredMetric decodeMetric(const RowMetric &metric, std::string_view rest);

/// The metrics blob of a segment: a packed block of number columns and one of the rests.
void appendMetrics(std::string &out, const SegmentRows &rows);
/// `rests` are views of `buffer` or `blob`. Throws Damaged.
void readMetrics(std::string_view blob, std::uint32_t count, std::vector<RowMetric> &metrics,
                 std::vector<std::string_view> &rests, std::string &buffer);

} // namespace telltale
