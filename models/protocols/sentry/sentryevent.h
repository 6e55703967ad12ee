// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <string>
#include <string_view>

namespace telltale::sentry {

/// What all items of an envelope share.
struct Context
{
    std::string project;      ///< from the path
    std::string release;      ///< of the envelope's trace header; an item's own comes first
    std::string environment;  ///< the same
    std::string sdkName, sdkVersion;
    std::optional<Instant> sentAt; ///< stands in for items without a time
};

/// "stride@4.1.0" into product and release; without '@' the product is named after the project.
OriginText originOf(const Context &context, std::string_view release, std::string_view environment);
/// user.id | user.username | user.email | user.ip_address of an event.
std::string userOf(json::Element event);

/// An event: an error when it has exceptions or is as grave as one, else a log.
void addEvent(RecordWriter &writer, const Context &context, json::Element event);
/// A transaction with its spans.
void addTransaction(RecordWriter &writer, const Context &context, json::Element event);

} // namespace telltale::sentry
