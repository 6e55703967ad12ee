// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace telltale::test {

// Each takes any bytes and says whether everything that must hold afterwards does. A crash says it does not,
// too.

/// The first byte chooses the signal, the rest is the body.
bool fuzzOtlpProtobuf(std::string_view input);
bool fuzzOtlpJson(std::string_view input);
/// One of the protocols below models/protocols, "sentry" and so on; the first byte chooses among its paths, the rest is body
/// and query.
bool fuzzProtocol(std::string_view protocol, std::string_view input);
/// The end of a followed file: its lines become requests until nothing is left.
bool fuzzLines(std::string_view input);
/// A stack trace.
bool fuzzStack(std::string_view input);

} // namespace telltale::test
