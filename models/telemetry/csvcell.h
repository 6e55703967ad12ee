// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/value.h"

#include <string>

namespace telltale {

/// One cell of a CSV file (RFC 4180), quoted where it must be. Text that a spreadsheet would take for a formula gets an
/// apostrophe before it; numbers and booleans are written bare, null is empty.
void appendCsvCell(std::string &out, const Value &value);

} // namespace telltale
