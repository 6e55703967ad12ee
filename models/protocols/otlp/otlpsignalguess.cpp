// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpsignalguess.h"

#include <protozero/pbf_reader.hpp>

namespace telltale {
namespace {

using protozero::pbf_wire_type;

/// By the fields that only one of LogRecord, Span and Metric has in this form.
std::optional<OtlpSignal> signalOfRecord(protozero::pbf_reader record)
{
    bool hasName = false, hasData = false;
    for (; record.next(); record.skip()) {
        const auto number = record.tag();
        const pbf_wire_type type = record.wire_type();
        if ((type == pbf_wire_type::fixed64 && (number == 1 || number == 11)) || // times
            (type == pbf_wire_type::varint && number == 2))                      // severity
            return OtlpSignal::Logs;
        if (type == pbf_wire_type::fixed64 && (number == 7 || number == 8)) // start and end
            return OtlpSignal::Traces;
        if (type != pbf_wire_type::length_delimited)
            continue;
        hasName = hasName || number == 1;
        hasData = hasData || number == 5 || number == 7 || number == 9 || number == 10 || number == 11;
    }
    return hasName && hasData ? std::optional(OtlpSignal::Metrics) : std::nullopt;
}

} // namespace

std::optional<OtlpSignal> guessOtlpSignal(std::string_view message)
{
    constexpr protozero::pbf_tag_type kResources = 1, kScopes = 2, kRecords = 2;
    try {
        protozero::pbf_reader request(message.data(), message.size());
        while (request.next(kResources, pbf_wire_type::length_delimited)) {
            protozero::pbf_reader resource = request.get_message();
            while (resource.next(kScopes, pbf_wire_type::length_delimited)) {
                protozero::pbf_reader scope = resource.get_message();
                while (scope.next(kRecords, pbf_wire_type::length_delimited)) {
                    if (const auto signal = signalOfRecord(scope.get_message()))
                        return signal;
                }
            }
        }
    } catch (const protozero::exception &) {
    }
    return std::nullopt;
}

} // namespace telltale
