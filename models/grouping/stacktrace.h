// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One frame of a stack trace, as its language wrote it.
struct StackFrame
{
    std::string function; ///< without arguments; empty when the trace does not say
    std::string file;     ///< path, URL or module as written; empty when the trace does not say
    int line = 0;         ///< 0: not said
    bool isInApp = true;  ///< false: of a runtime, a framework or a library
    bool isCause = false; ///< of a cause, not of the captured error itself
    std::string text;     ///< the line of the trace, trimmed; Go's two lines joined by a blank
    friend bool operator==(const StackFrame &, const StackFrame &) = default;
};

/// How much of a trace is looked at: enough for any honest one.
inline constexpr std::size_t kMaximumStackBytes = 64 * 1024;
inline constexpr std::size_t kMaximumStackFrames = 100;

/// Reads the stack trace of JavaScript (Node, Chromium, Firefox, Safari), Java, Kotlin, Python, .NET, Go,
/// Swift, Dart and C++ (sanitizers, gdb, glibc). The frames of the captured error come first, the one where
/// it happened first of all (Python writes them the other way round); those of its causes follow in the order
/// written. Lines that are no frame are skipped; no frame at all gives an empty list. Pure, safe from any
/// thread. Cost: linear in the bytes looked at.
std::vector<StackFrame> parseStack(std::string_view stack);

/// The last part of a path or URL of any system, without query: "C:\\src\\Sync.cs" gives "Sync.cs".
std::string_view baseName(std::string_view file);

} // namespace telltale
