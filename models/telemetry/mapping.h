// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What a protocol's values become: fields of our vocabulary.
enum class MappedField : std::uint8_t {
    Kind, ///< what a record is: usage event, screen view, error...
    Product,
    Environment,
    Release,
    Os,
    Device,
    Country,
    Scope, ///< the library that sends
    ScopeVersion,
    User,
    OtherUser, ///< another key of the same person
    Session,
    PreviousSession,
    Event,
    Feature,
    Screen,
    Dwell,    ///< of a screen view
    Duration, ///< of a span
    Time,
    ErrorType,
    ErrorMessage,
    ErrorStack,
    Metric,
    Value,
    Unit,
    MessageId, ///< by which a repeat is recognised
};

/// "product", "feature", "error type"...
std::string_view mappedFieldName(MappedField field);
std::optional<MappedField> mappedFieldNamed(std::string_view name);

/// Where in what a client sends a value is looked for.
enum class MappingPlace : std::uint8_t {
    Attribute, ///< of the record
    Resource,  ///< attribute of the resource
    EventName, ///< the name of the event is this
    Json,      ///< a JSON pointer (RFC 6901) into one record of the protocol; * stands for any part
    Parameter, ///< of the query or the form
    Label,     ///< a tag or label
    Other,     ///< said in words
};

/// One line of a protocol's table. Lines of one field are tried from top to bottom, the first with a value wins.
struct MappingRow
{
    MappedField field = MappedField::Event;
    MappingPlace place = MappingPlace::Attribute;
    std::string key;
    std::string when;    ///< only then: "screen view", "page"...; empty: always
    std::string meaning; ///< of a Kind: what it becomes
};

/// The built-in mapping of a protocol, in the order it is applied.
struct MappingTable
{
    std::string protocol;
    std::vector<MappingRow> rows;
};

/// "attribute user.id", "resource service.name", "event app.screen.view", "json /properties/$os"...
std::string mappingSource(const MappingRow &row);

} // namespace telltale
