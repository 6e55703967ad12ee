// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/note.h"

#include "models/telemetry/timeformat.h"

namespace telltale {

Document documentOf(const Note &note)
{
    return {std::string(kNoteKind), note.id, formatRfc3339(note.at), note.text};
}

std::optional<Note> noteOf(const Document &document)
{
    const auto at = parseRfc3339(document.owner);
    if (document.kind != kNoteKind || !at)
        return std::nullopt;
    return Note{document.name, *at, document.body};
}

} // namespace telltale
