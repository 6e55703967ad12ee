// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpdecoder.h"

#include "models/protocols/otlp/jsonreader.h"
#include "models/protocols/otlp/otlprecordbuilder.h"
#include "models/protocols/otlp/protobufreader.h"
#include "models/protocols/support/jsontokens.h"

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

/// The memory of a thread's requests, which is given back after a large one.
struct KeptTokens
{
    static constexpr std::size_t kMostKept = 4U << 20;

    ~KeptTokens()
    {
        if (tokens.capacity() > kMostKept)
            tokens.forget();
    }
    static json::JsonTokens &ofThread()
    {
        thread_local json::JsonTokens tokens;
        return tokens;
    }
    json::JsonTokens &tokens = ofThread();
};

void readJson(OtlpSignal signal, std::string_view body, otlp::RecordBuilder &builder)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (body.starts_with(kByteOrderMark))
        body.remove_prefix(kByteOrderMark.size());
    const KeptTokens kept;
    if (const char *problem = kept.tokens.find(body))
        throw otlp::json::MalformedJson{problem};
    otlp::json::JsonReader reader(body, kept.tokens, builder);
    switch (signal) {
    case OtlpSignal::Logs:
        return otlp::json::decodeLogs(reader);
    case OtlpSignal::Traces:
        return otlp::json::decodeTraces(reader);
    case OtlpSignal::Metrics:
        return otlp::json::decodeMetrics(reader);
    }
}

Result<void> decodeJson(OtlpSignal signal, std::string_view body, otlp::RecordBuilder &builder)
{
    try {
        readJson(signal, body, builder);
    } catch (const otlp::json::MalformedJson &problem) {
        builder.counters().add("otlp.json.malformed");
        return failure(Error::Code::InvalidArgument,
                       std::string("The body is not JSON of an OTLP request: ") + problem.message + ".");
    }
    return {};
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
