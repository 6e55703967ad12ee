// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// Goes up when the rules change: keys of different versions do not mean the same.
inline constexpr std::uint32_t kErrorGroupingVersion = 1;

struct ErrorGrouping
{
    std::uint64_t key = 0; ///< never 0
    std::string culprit;   ///< "Sync.upload (Sync.java)": the top in-app frame as a person reads it; empty
                           ///< without frames
};

/// Which group an error belongs to. Errors are the same when they have the same type and the same top in-app
/// frames of the captured error (causes do not count): function and file name, without what changes from
/// build to build or from run to run - lines, columns, addresses, hashes in file names, numbers of lambdas,
/// folders. Without any frame: the same type and the same message template. Without type, message and stack
/// there is one common group (isUngrouped()). Pure, safe from any thread. Cost: linear in at most 64 KiB of
/// stack and 1 KiB of message.
ErrorGrouping errorGroup(std::string_view type, std::string_view message, std::string_view stack);

/// The error says nothing that could tell it from others; the caller counts error.ungrouped.
inline bool isUngrouped(std::string_view type, std::string_view message, std::string_view stack)
{
    return type.empty() && message.empty() && stack.empty();
}

/// How many frames make a group.
inline constexpr std::size_t kGroupingFrames = 5;

/// A function's name without numbers of lambdas, closures and generated classes; a file's base name without
/// hashes.
std::string normalisedFunction(std::string_view function);
std::string normalisedFile(std::string_view file);

} // namespace telltale
