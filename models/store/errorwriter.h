// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/segmentbuilder.h"

namespace telltale {

/// Keeps errors as rows, and their groups.
class ErrorWriter
{
public:
    ErrorWriter(ChangeWriter &writer, ChangeLog &log, std::uint32_t ruleVersion);

    void add(BatchIds &ids, std::size_t row, SessionId session, Instant arrival);

private:
    std::uint32_t m_ruleVersion;
    LaterStatement m_insert, m_group, m_newest;
};

} // namespace telltale
