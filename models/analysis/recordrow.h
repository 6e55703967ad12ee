// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"

namespace telltale {

/// What every record has, read from the columns of a segment or from an error's row: ids, no text.
struct RecordRow
{
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;
    bool isUnhandled = false; ///< of an error; of a bound: its session crashed
    std::int64_t time = 0;
    std::int64_t duration =
        kNoDuration; ///< of spans; of screen views the dwell, also the derived one when it was asked for
    DictionaryId name = 0;
    DictionaryId feature = 0;
    DictionaryId screen = 0;
    UserId user = 0;
    SessionId session = 0; ///< canonical
    OriginId origin = 0;
    const Segment *segment = nullptr; ///< none for errors
    std::uint32_t index = 0;          ///< in the segment
    const StoredError *error = nullptr;
};

/// Usage events, screen views, errors, logs and session bounds make a user or a session active; spans and metrics do not.
inline constexpr RecordKind kActiveKinds[] = {RecordKind::UsageEvent, RecordKind::ScreenView,
                                              RecordKind::Error, RecordKind::Log, RecordKind::SessionBound};

} // namespace telltale
