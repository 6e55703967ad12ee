// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/sources/requesthandler.h"
#include "models/store/delivery.h"

#include <optional>
#include <string_view>

namespace telltale {

/// What is received at a path of the HTTP port, beside OTLP.
struct HttpRoute
{
    std::string_view protocol; ///< of the source: "sentry"
    std::string_view methods;  ///< "GET, POST"
    ProtocolDecoder decode = nullptr;
    bool isRepeatRecognised = true; ///< false: equal bytes may come from two people, and are two submissions
    bool hasRetryAfter = true;      ///< false: its SDKs take Retry-After as an order to be silent
};

/// The route of a path, also below a prefix ("/team/api/42/envelope"); nullptr when no protocol uses it or OTLP does.
/// Static; safe from any thread. /batch is PostHog's and Amplitude's: routeOf(path, body) tells.
const HttpRoute *routeOf(std::string_view path);
const HttpRoute *routeOf(std::string_view path, std::string_view body);

/// The answer to a refused request in the form that the client of `path` understands: {"error":"..."}, or OTLP's.
Answer refusalFor(std::string_view path, std::string_view contentType, int status, std::string_view message);
/// 503, with Retry-After for clients that wait then.
Answer busyAnswer(std::string_view path, std::string_view contentType, std::string_view message);

/// Recognises the same request again: path, query and body.
DeliveryKey routeDeliveryKey(const ReceivedRequest &request);
/// The same bytes at another place ("file and offset") have another key.
DeliveryKey keyAtPlace(const DeliveryKey &key, std::string_view place);

} // namespace telltale
