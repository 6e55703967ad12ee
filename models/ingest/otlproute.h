// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"
#include "models/sources/requesthandler.h"
#include "models/store/delivery.h"

#include <optional>
#include <string_view>

namespace telltale {

/// Which signal a path takes: /v1/logs, /v1/traces and /v1/metrics, also below a prefix ("/team/v1/logs").
std::optional<OtlpSignal> otlpSignalOf(std::string_view path);

/// The encoding a Content-Type names, whatever its parameters. Nothing for any other media type.
std::optional<OtlpEncoding> otlpEncodingOf(std::string_view contentType);

/// The answer to a refused request: a google.rpc.Status in the client's encoding, JSON when that is unknown.
Answer otlpRefusal(std::string_view contentType, int status, std::string_view message);

/// Recognises the same bytes sent to the same place again.
DeliveryKey otlpDeliveryKey(OtlpSignal signal, OtlpEncoding encoding, std::string_view protocol,
                            std::string_view body);

} // namespace telltale
