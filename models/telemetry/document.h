// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace telltale {

/// A cache with a document of this kind is an archive: nobody adds to it. Also the protocol of its sources.
inline constexpr std::string_view kArchiveKind = "archive";

/// Something rare and precious that is kept whole beside the records: a product's schema, a survey. `kind` and `name` are its key.
struct Document
{
    std::string kind, name;
    std::string owner; ///< what it belongs to; may be empty
    std::string body;  ///< usually JSON
    friend bool operator==(const Document &, const Document &) = default;
};

/// A document that is there from now on, in place of the one with its key; or one that is gone (`body` does not matter).
struct DocumentChange
{
    Document document;
    bool isRemoved = false;
};

} // namespace telltale
