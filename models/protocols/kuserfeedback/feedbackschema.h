// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What KUserFeedback's console says about a product: which sources it has (scalar, list or map of elements) and how they are
/// shown. Follows protocol version 2 of KDE's server. Pure.
class FeedbackProduct
{
public:
    /// Reads what `admin/products` gets. Error: InvalidArgument without a name, or when it is no such object.
    static Result<FeedbackProduct> parse(std::string_view json);

    const std::string &name() const { return m_name; }
    /// As `analytics/products` lists it, on one line.
    const std::string &json() const { return m_json; }
    /// The sample as the console reads it: of `submitted` only what the schema knows, in its order. A product without schema gives
    /// everything. Types may differ from the schema's: what people sent is what they see.
    Value::Map sampleOf(const Value::Map &submitted) const;

private:
    struct Entry
    {
        std::string name, type;
        std::vector<std::string> elements;
    };
    std::string m_name, m_json;
    std::vector<Entry> m_schema;
};

/// A survey as `admin/surveys` gets it and `analytics/surveys` and the receiver give it.
struct FeedbackSurvey
{
    std::string uuid, json;
    bool isActive = false;
    /// Error: InvalidArgument without a uuid.
    static Result<FeedbackSurvey> parse(std::string_view json);
};

/// `admin/data/<product>`: an array of samples with their times, as an export has them. All or none. A ProtocolDecoder.
Result<ProtocolReply> decodeFeedbackSamples(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// The name of the scope of all that came by KUserFeedback.
inline constexpr std::string_view kFeedbackScope = "KUserFeedback";
/// The record that carries the whole submission.
inline constexpr std::string_view kFeedbackRecord = "session.end";

} // namespace telltale
