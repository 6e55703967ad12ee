// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/prometheus/exposition.h"
#include "models/telemetry/time.h"

namespace telltale {
class RecordWriter;
}

namespace telltale::prometheus {

/// Samples as metric points: buckets and quantiles of one series are one point, `_created` is when a series began, and
/// exemplars stand at their point with their trace. `pathLabels` win over a sample's own. `arrival` is the time of exemplars
/// that say none. Cost: of one sample about a logarithm of their number.
void addPoints(RecordWriter &writer, const Exposition &exposition, const Labels &pathLabels, Instant arrival);

} // namespace telltale::prometheus
