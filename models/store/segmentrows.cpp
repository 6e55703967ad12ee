// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentrows.h"

namespace telltale {

void SegmentRows::clear()
{
    times.clear();
    arrivals.clear();
    durations.clear();
    names.clear();
    features.clear();
    screens.clear();
    users.clear();
    sessions.clear();
    origins.clear();
    severities.clear();
    attributeEnds.clear();
    attributes.clear();
    traces.clear();
    spans.clear();
    metrics.clear();
    strings.clear();
}

} // namespace telltale
