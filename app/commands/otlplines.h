// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <string>
#include <vector>

namespace telltale {

/// Puts records together to requests of OTLP in JSON, one a line, as a Collector's file exporter writes them: for any program
/// that reads OTLP. What OTLP has no field for (the screen of a log, a feature) becomes the attribute that
/// models/protocols/otlp reads it from. Exceptions among the events of spans are left out: they are records of their own.
class OtlpLines
{
public:
    /// Appends lines to `out` now and then.
    void add(const Engine::RecordLine &record, std::string &out);
    /// The rest.
    void finish(std::string &out);

private:
    struct Group
    {
        RecordKind signal = RecordKind::Log; ///< Log, Span or MetricPoint
        std::string key;
        Value resource, scope;
        Value::Array records;
    };
    std::vector<Group> m_groups; ///< in order of arrival
    std::size_t m_count = 0;
};

} // namespace telltale
