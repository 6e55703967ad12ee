// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/reference/plainrecord.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// OTLP logs as a program reads them that takes the usual library: the whole request becomes the library's objects, then
// records with texts of their own are made of them, the fields of our vocabulary found by the attributes' keys.
namespace telltale::test {

using ProtoValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;
using ProtoAttributes = std::vector<std::pair<std::string, ProtoValue>>;

struct ProtoOrigin
{
    std::string product, environment, release, os, device, country, scopeName, scopeVersion;
    ProtoAttributes attributes;
};

/// What protobuf's objects become.
struct ProtoRecord
{
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;
    std::int64_t time = 0, observedTime = 0, duration = kNoDuration; ///< ns
    std::string name, feature, screen, user, session;
    std::string severityText, traceId, spanId;
    ProtoValue body;
    std::shared_ptr<const ProtoOrigin> origin;
    ProtoAttributes attributes;
};

/// Through protobuf's generated classes, whose texts are moved, not copied. False when it can not be parsed.
bool readOtlpProtobuf(std::string_view body, std::vector<ProtoRecord> &records);
/// Through QJsonDocument.
bool readOtlpJson(std::string_view body, QList<PlainRecord> &records);

} // namespace telltale::test
