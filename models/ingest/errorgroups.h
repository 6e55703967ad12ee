// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/recordbatch.h"

namespace telltale {

/// Fills group, where none is known, and culprit of every error of the batch by the rules of models/grouping. Runs after redaction, so that no
/// secret becomes part of a group. Counter: error.ungrouped. Cost: as errorGroup(), for each error.
void groupErrors(RecordBatch &batch, CounterSet &counters);

} // namespace telltale
