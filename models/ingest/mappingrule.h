// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/mapping.h"
#include "models/telemetry/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What has to be so for a rule to hold.
struct MappingCondition
{
    enum class Subject : std::uint8_t { Event, Scope, Product, Protocol };
    Subject subject = Subject::Event;
    std::string text; ///< a * at its end stands for anything
    friend bool operator==(const MappingCondition &, const MappingCondition &) = default;
};

/// A rule of one's own, on top of a protocol's table:
///
///     feature = attribute stride.feature
///     screen = attribute "page title" when event is page.shown and protocol is otlp*
///     dwell = attribute seconds in s when scope is com.example.player
///
/// Targets: feature, screen, event, user, session, product, release, environment, os, device, country, dwell, duration.
/// Sources: an attribute of the record, or one of the resource.
struct MappingRule
{
    MappedField target = MappedField::Feature;
    MappingPlace place = MappingPlace::Attribute; ///< or Resource
    std::string key;
    double nanosecondsPerUnit = 1e6;          ///< of dwell and duration: milliseconds, unless said otherwise
    std::vector<MappingCondition> conditions; ///< all of them
    friend bool operator==(const MappingRule &, const MappingRule &) = default;
};

/// Reads a rule. Error: InvalidArgument, which says what is wrong and what would be right. A key that names a secret is refused:
/// its value is taken out before anything is stored, and a rule must not bring it back.
Result<MappingRule> parseMappingRule(std::string_view text);
/// As parseMappingRule() reads it; equal rules give equal texts.
std::string toText(const MappingRule &rule);
/// The conditions alone: "event is page.shown and protocol is otlp*"; empty: always.
std::string conditionsText(const MappingRule &rule);

} // namespace telltale
