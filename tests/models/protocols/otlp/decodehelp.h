// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"
#include "tests/support/fixture.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <string_view>

namespace telltale::test {

/// When all fixtures arrive: two minutes after they were recorded.
inline constexpr Instant kFixtureArrival = Instant::fromSeconds(1'795'161'720);

struct Decoded
{
    RecordBatch batch;
    DecodeReport report;
    std::optional<Error> error;

    std::size_t count(RecordKind kind) const;
    std::uint64_t counter(std::string_view name) const { return report.counters.value(name); }
};

Decoded decode(OtlpSignal signal, OtlpEncoding encoding, std::string_view body);
/// Signal by path, encoding by Content-Type. Precondition: the body can be decompressed.
Decoded decode(const Fixture &fixture);
OtlpSignal signalOf(const Fixture &fixture);
OtlpEncoding encodingOf(const Fixture &fixture);

/// A record in text, attributes sorted by key, whole doubles as integers: equal text means equal content.
QString describe(const RecordBatch &batch, std::size_t row);
QStringList describe(const RecordBatch &batch);

/// The value of a field of fieldkey or of an attribute; null when the record has none.
Value valueOf(const RecordBatch &batch, std::size_t row, std::string_view key);

/// Everything in which the batch differs from the fixture's expected content; empty when nothing does.
QStringList differences(const Fixture &fixture, const Decoded &decoded);

} // namespace telltale::test
