// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"
#include "models/telemetry/triage.h"

#include <span>

namespace telltale {

/// Adds decisions about groups of errors. Inside a transaction; throws. Writer thread.
class TriageWriter
{
public:
    explicit TriageWriter(Database &database);
    /// Error by exception: NotFound for a group that the cache does not know.
    void add(std::span<const TriageDecision> decisions);

private:
    Statement m_find, m_insert;
};

} // namespace telltale
