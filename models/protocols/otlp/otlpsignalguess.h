// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"

#include <optional>
#include <string_view>

namespace telltale {

/// Which signal a protobuf message is of, when nothing beside it says so: logs, traces and metrics have the same outer shape, and
/// their records tell by what they hold. Nothing for a message without records, or one that is none. Pure. Cost: looks at
/// the first record that has something to say.
std::optional<OtlpSignal> guessOtlpSignal(std::string_view message);

} // namespace telltale
