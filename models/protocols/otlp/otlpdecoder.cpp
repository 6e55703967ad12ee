// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpdecoder.h"

#include "models/protocols/otlp/otlprecordbuilder.h"
#include "models/protocols/otlp/protobufreader.h"

#include <protozero/exception.hpp>

#include <string>

namespace telltale {
namespace {

Result<void> decodeProtobuf(OtlpSignal signal, std::string_view body, otlp::RecordBuilder &builder)
{
    try {
        switch (signal) {
        case OtlpSignal::Logs:
            otlp::protobuf::decodeLogs(body, builder);
            break;
        case OtlpSignal::Traces:
            otlp::protobuf::decodeTraces(body, builder);
            break;
        case OtlpSignal::Metrics:
            otlp::protobuf::decodeMetrics(body, builder);
            break;
        }
    } catch (const protozero::exception &problem) {
        builder.counters().add("otlp.protobuf.malformed");
        return failure(Error::Code::InvalidArgument,
                       std::string("The body is not a protobuf message of OTLP: ") + problem.what() + ".");
    }
    return {};
}

Result<void> decodeJson(OtlpSignal, std::string_view, otlp::RecordBuilder &)
{
    return failure(Error::Code::Unsupported, "JSON is not understood yet.");
}

} // namespace

Result<void> decodeOtlp(OtlpSignal signal, OtlpEncoding encoding, std::string_view body, const DecodeContext &context,
                        RecordBatch &out, DecodeReport &report)
{
    otlp::RecordBuilder builder(out, context, report);
    try {
        return encoding == OtlpEncoding::Protobuf ? decodeProtobuf(signal, body, builder)
                                                  : decodeJson(signal, body, builder);
    } catch (const otlp::RequestTooLarge &) {
        report.counters.add("otlp.request.too_large");
        return failure(Error::Code::TooLarge, "The request holds more records than are taken at once; send smaller batches.");
    }
}

} // namespace telltale
