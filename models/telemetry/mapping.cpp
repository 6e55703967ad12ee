// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/mapping.h"

#include <utility>

namespace telltale {
namespace {

constexpr std::pair<MappedField, std::string_view> kNames[] = {
    {MappedField::Kind, "kind"},
    {MappedField::Product, "product"},
    {MappedField::Environment, "environment"},
    {MappedField::Release, "release"},
    {MappedField::Os, "os"},
    {MappedField::Device, "device"},
    {MappedField::Country, "country"},
    {MappedField::Scope, "scope"},
    {MappedField::ScopeVersion, "scope version"},
    {MappedField::User, "user"},
    {MappedField::OtherUser, "other user"},
    {MappedField::Session, "session"},
    {MappedField::PreviousSession, "previous session"},
    {MappedField::Event, "event"},
    {MappedField::Feature, "feature"},
    {MappedField::Screen, "screen"},
    {MappedField::Dwell, "dwell"},
    {MappedField::Duration, "duration"},
    {MappedField::Time, "time"},
    {MappedField::ErrorType, "error type"},
    {MappedField::ErrorMessage, "error message"},
    {MappedField::ErrorStack, "error stack"},
    {MappedField::Metric, "metric"},
    {MappedField::Value, "value"},
    {MappedField::Unit, "unit"},
    {MappedField::MessageId, "message id"},
};

std::string_view placeName(MappingPlace place)
{
    switch (place) {
    case MappingPlace::Attribute:
        return "attribute ";
    case MappingPlace::Resource:
        return "resource ";
    case MappingPlace::EventName:
        return "event ";
    case MappingPlace::Json:
        return "json ";
    case MappingPlace::Parameter:
        return "parameter ";
    case MappingPlace::Label:
        return "label ";
    case MappingPlace::Other:
        break;
    }
    return {};
}

} // namespace

std::string_view mappedFieldName(MappedField field)
{
    for (const auto &[known, name] : kNames) {
        if (known == field)
            return name;
    }
    return {};
}

std::optional<MappedField> mappedFieldNamed(std::string_view name)
{
    for (const auto &[field, known] : kNames) {
        if (known == name)
            return field;
    }
    return std::nullopt;
}

std::string mappingSource(const MappingRow &row)
{
    return std::string(placeName(row.place)) + row.key;
}

} // namespace telltale
