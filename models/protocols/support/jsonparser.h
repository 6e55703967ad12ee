// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsonelement.h"
#include "models/protocols/support/jsontokens.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace telltale::json {

/// Parses JSON texts one after the other, each into nodes of which the ones before know nothing. Texts without an escape are
/// not copied: nodes view them where they stand. A lone surrogate, which JavaScript can send, becomes U+FFFD. Not thread-safe.
/// Cost: linear, no allocation once there is room: some 20 bytes a token, and four a byte.
class Parser
{
public:
    /// The first node; nullptr when it is no JSON, then problem() says in a few words why. Numbers that a double cannot hold
    /// are no JSON, and neither is what nests deeper than kMaximumValueDepth. Nodes live until the next parse, and as long as
    /// the text.
    const Node *parse(std::string_view text);
    const char *problem() const { return m_problem; }
    /// Bytes of the largest text that there is room for.
    std::size_t capacity() const { return m_tokens.capacity(); }

private:
    JsonTokens m_tokens;
    std::unique_ptr<Node[]> m_nodes;
    std::size_t m_nodeCount = 0;
    std::unique_ptr<char[]> m_room; ///< of texts that held escapes
    std::size_t m_roomSize = 0;
    const char *m_problem = "";
};

} // namespace telltale::json
