// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/fieldtable.h"
#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <span>
#include <string_view>

namespace telltale {

/// What a named event of a product-analytics SDK is. First match wins; everything else is a use of the feature that has
/// the event's name.
enum class EventRole : std::uint8_t {
    Usage,        ///< somebody used a feature
    AutoCapture,  ///< the same; the feature is the element's text
    ScreenView,   ///< somebody looked at a screen
    Exception,    ///< something broke
    SessionStart, ///< a session begins
    SessionEnd,
    Identity, ///< says who somebody is; may join two keys
    State,    ///< of the program, no use of a feature
};

struct EventRule
{
    std::string_view event;
    EventRole role;
};

/// `rules` are one protocol's; a rule whose event ends in '*' matches what begins so.
EventRole roleOf(std::string_view event, std::span<const EventRule> rules);

/// The rules for people, with what every other event becomes.
void appendRows(std::vector<MappingRow> &rows, std::span<const EventRule> rules);

/// The keys of dwellOf(), for people.
void appendDwellRows(std::vector<MappingRow> &rows, std::string_view prefix);
/// Milliseconds under one of the names SDK users give the time spent on a screen; kNoDuration when there is none.
std::int64_t dwellOf(const std::optional<json::Element> &properties);

/// Who sends, by a protocol's table; `product` when that says none. Views of both.
OriginText originOf(const json::Fields &fields, std::string_view product = {});

/// Who somebody is, is no use of the product: without a session the record names its user in an attribute of this name only,
/// so that it neither forms a session nor makes the user active.
void withdrawUser(RecordText &identity, std::string_view attribute);

/// One frame after the other as JavaScript writes them, for SDKs that send frames as objects (filename, function, lineno,
/// colno). `isCrashLast`: the frames run towards the crash.
std::string stackText(std::string_view type, std::string_view message, const std::optional<json::Element> &frames,
                      bool isCrashLast);

} // namespace telltale
