// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

namespace telltale {

/// Whether an object is a record as Telltale exports it: one with the field "telltale", its version.
bool isOwnRecord(json::Element object);
/// Takes it in as it was. False when something in it makes no sense, or the version is another one.
bool addOwnRecord(RecordWriter &writer, json::Element object);

} // namespace telltale
