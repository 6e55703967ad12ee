// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace telltale {

/// Why something could not be done. `message` is one plain English sentence for logs and protocol answers;
/// sentences for people are made at the edge from `code`.
struct Error
{
    enum class Code {
        InvalidArgument, ///< the caller's input is wrong: a filter, a time, a request body
        NotFound,
        Unsupported, ///< well-formed, but nothing here can handle it
        TooLarge,    ///< a limit of size, depth or count was passed
        Busy,        ///< try again later: a full queue, a locked cache
        NoSpace,     ///< try again later: the disk is full or almost
        Cancelled,   ///< somebody asked for it to stop; not a failure
        Damaged,     ///< stored data does not match its checksum or schema
        Io,          ///< the system refused: file, socket, SQLite
    };

    Code code = Code::Io;
    std::string message;
};

/// A value or the reason there is none. Handle it or pass it on with context.
template<typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for `return failure(Error::Code::Io, "...")`.
inline tl::unexpected<Error> failure(Error::Code code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace telltale
