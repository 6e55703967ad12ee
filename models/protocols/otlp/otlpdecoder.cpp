// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpdecoder.h"

#include "models/protocols/otlp/jsonreader.h"
#include "models/protocols/otlp/otlprecordbuilder.h"
#include "models/protocols/otlp/protobufreader.h"

#include <protozero/exception.hpp>
#include <simdjson.h>

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

/// Index and text buffers of the JSON reader, kept between requests of one thread; large ones are given back.
struct JsonBuffers
{
    static constexpr std::size_t kKeptBytes = 4U << 20;

    simdjson::ondemand::parser parser;
    std::string padded;

    void shrink()
    {
        if (parser.capacity() > kKeptBytes)
            parser = simdjson::ondemand::parser();
        if (padded.capacity() > kKeptBytes)
            padded = std::string();
    }
};

void readJson(OtlpSignal signal, std::string_view body, otlp::RecordBuilder &builder, JsonBuffers &buffers)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (body.starts_with(kByteOrderMark))
        body.remove_prefix(kByteOrderMark.size());
    buffers.padded.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    buffers.padded.assign(body);
    simdjson::ondemand::document document =
        buffers.parser
            .iterate(
                simdjson::padded_string_view(buffers.padded.data(), body.size(), buffers.padded.capacity()))
            .value();
    switch (signal) {
    case OtlpSignal::Logs:
        otlp::json::decodeLogs(document, builder);
        break;
    case OtlpSignal::Traces:
        otlp::json::decodeTraces(document, builder);
        break;
    case OtlpSignal::Metrics:
        otlp::json::decodeMetrics(document, builder);
        break;
    }
}

Result<void> decodeJson(OtlpSignal signal, std::string_view body, otlp::RecordBuilder &builder)
{
    thread_local JsonBuffers buffers;
    std::string problem;
    try {
        readJson(signal, body, builder, buffers);
    } catch (const simdjson::simdjson_error &error) {
        problem = error.what();
    } catch (const otlp::json::MalformedJson &error) {
        problem = error.message;
    }
    buffers.shrink();
    if (problem.empty())
        return {};
    builder.counters().add("otlp.json.malformed");
    return failure(Error::Code::InvalidArgument, "The body is not JSON of an OTLP request: " + problem + ".");
}

} // namespace

Result<void> decodeOtlp(OtlpSignal signal, OtlpEncoding encoding, std::string_view body,
                        const DecodeContext &context, RecordBatch &out, DecodeReport &report)
{
    otlp::RecordBuilder builder(out, context, report);
    try {
        return encoding == OtlpEncoding::Protobuf ? decodeProtobuf(signal, body, builder)
                                                  : decodeJson(signal, body, builder);
    } catch (const otlp::RequestTooLarge &) {
        report.counters.add("otlp.request.too_large");
        return failure(Error::Code::TooLarge,
                       "The request holds more records than are taken at once; send smaller batches.");
    }
}

} // namespace telltale
