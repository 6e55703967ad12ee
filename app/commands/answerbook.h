// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/answerwriter.h"
#include "app/commands/askedlines.h"
#include "models/analysis/zone.h"
#include "models/telemetry/result.h"

#include <string>

namespace telltale {

/// Writes the answer as an XLSX file to `path`: numbers as numbers, instants as dates of `zone`, a header that stays in sight, further sheets
/// where one is full, and a last one with what was asked, the notes and the explanation. Gives how many cells had to be cut.
/// Memory does not grow with the rows. Error: Io.
Result<std::uint64_t> writeAnswerBook(const AnswerTable &table, const AskedLines &asked, const Zone &zone, Instant now, const std::string &path);

} // namespace telltale
