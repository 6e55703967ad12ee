// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/secretpatterns.h"

#include <string>
#include <string_view>

namespace telltale {

/// What a person may see of a request that was refused: its beginning as plain text, at most Refusal::kLongestExample bytes,
/// without control characters. Masked are values of JSON and form keys that name a secret (secretkeys.h) and secrets
/// recognised by their shape. Of bytes that are no text only their number and `contentType` are told.
/// Cost: linear in the first 16 KiB.
std::string refusedExample(std::string_view body, std::string_view contentType, const SecretPatterns &patterns);

} // namespace telltale
