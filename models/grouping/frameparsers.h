// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/grouping/stacktrace.h"

#include <cstdint>
#include <optional>
#include <string_view>

// One function per way to write a frame. Each takes a trimmed line and gives nothing when the line is not of
// its kind.
namespace telltale::stack {

enum class Language : std::uint8_t { JavaScript, Java, DotNet, Python, Go, Apple, Dart, Native };

/// A frame in views of the line.
struct FrameViews
{
    Language language = Language::Native;
    std::string_view function;
    std::string_view file;
    int line = 0;
};

/// The kinds that stand on one line.
std::optional<FrameViews> parseFrame(std::string_view line);

/// Go writes the function on one line and the place on the next.
std::optional<std::string_view> parseGoFunction(std::string_view line);
std::optional<FrameViews> parseGoPlace(std::string_view line, std::string_view function);

/// Whether the frame belongs to the application rather than to a runtime, a framework or a library.
bool isInApp(const FrameViews &frame);

std::string_view trimmed(std::string_view text);

} // namespace telltale::stack
