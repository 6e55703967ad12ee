// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <QByteArray>

namespace telltale {

/// An OTLP/JSON logs request with one event that says of itself, in name, source and attributes, that it is a
/// test.
QByteArray testEventRequest(Instant now);

} // namespace telltale
