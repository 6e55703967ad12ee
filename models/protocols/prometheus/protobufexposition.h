// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/prometheus/exposition.h"

namespace telltale::prometheus {

/// Whether a Content-Type names the form below.
bool isProtobufExposition(std::string_view contentType);

/// Reads families in protobuf (io.prometheus.client.MetricFamily), each behind its length, as Go's client pushes them, into what
/// the text form of them would say. Of native histograms count and sum are kept. Errors: InvalidArgument; TooLarge beyond a
/// million samples. Pure. Cost: linear.
Result<Exposition> parseProtobufExposition(std::string_view body);

} // namespace telltale::prometheus
