// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/document.h"
#include "models/telemetry/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// Notes of a person are kept in a cache as documents of this kind, and go into its archives.
inline constexpr std::string_view kNoteKind = "note";
inline constexpr std::size_t kLongestNote = 500; ///< bytes

/// What a person wrote about a moment.
struct Note
{
    std::string id; ///< unique in its cache and in others, so that archives can be taken in
    Instant at;
    std::string text;
    friend bool operator==(const Note &, const Note &) = default;
};

struct NoteChange
{
    Note note;
    bool isRemoved = false;
};

/// Its key is the id, its owner the moment, its body the text.
Document documentOf(const Note &note);
/// Nothing for another kind, or without a moment.
std::optional<Note> noteOf(const Document &document);

} // namespace telltale
