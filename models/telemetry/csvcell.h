// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/value.h"

#include <string>
#include <string_view>

namespace telltale {

/// A spreadsheet would take this text for a formula, also when it is pasted: it gets an apostrophe before it.
bool isTakenForFormula(std::string_view text);

/// One cell of a CSV file (RFC 4180), quoted where it must be. Text that a spreadsheet would take for a formula gets an
/// apostrophe before it; numbers and booleans are written bare, null is empty.
void appendCsvCell(std::string &out, const Value &value);

} // namespace telltale
