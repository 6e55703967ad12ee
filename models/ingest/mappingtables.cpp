// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/mappingtables.h"

#include "models/protocols/analytics/analytics.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/kuserfeedback/kuserfeedback.h"
#include "models/protocols/mqtt/mqttdecoder.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "models/protocols/prometheus/pushgateway.h"
#include "models/protocols/sentry/sentrydecoder.h"
#include "models/protocols/statsd/statsd.h"

namespace telltale {

std::span<const MappingTable> builtInMappings()
{
    static const MappingTable tables[] = {
        otlpMapping(),    sentryMapping(),    postHogMapping(),  segmentMapping(),       aptabaseMapping(),
        countlyMapping(), amplitudeMapping(), mixpanelMapping(), kUserFeedbackMapping(), prometheusMapping(),
        statsdMapping(),  jsonLinesMapping(), mqttMappingTable()};
    return tables;
}

} // namespace telltale
