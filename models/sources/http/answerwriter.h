// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Puts an answer on the wire as HTTP/1.1 text with Content-Length and Date. `more` are further header fields. With
/// `withoutBody` (HEAD) the length is told but the body left out; 204 has neither.
std::string writeAnswer(const Answer &answer, const HeaderList &more, bool isKeptAlive, bool withoutBody);

/// "Not Found" for 404.
std::string_view reasonPhrase(int status);

} // namespace telltale
