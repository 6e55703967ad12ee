// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/errorgrouping.h"

#include "models/grouping/messagetemplate.h"
#include "models/grouping/stacktrace.h"

#include <xxhash.h>

#include <algorithm>
#include <vector>

namespace telltale {
namespace {

constexpr char kSeparator = '\x1f';

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// What stands before a number that the compiler counted.
bool endsInCountedName(std::string_view text)
{
    for (const std::string_view mark : {"$", "#", "/", "__", "|", "DisplayClass", "DisplayClass_", ".func",
                                        "lambda-", "Lambda", "lambda", "closure "}) {
        if (text.ends_with(mark))
            return true;
    }
    return false;
}

/// "4f3a2b1c" of webpack, "BkJ8s9aX" of vite, "1700000000": parts of a file name that change with each build.
bool isHash(std::string_view part)
{
    if (part.size() < 6)
        return false;
    const bool hasDigit = std::any_of(part.begin(), part.end(), isDigit);
    if (hasDigit && std::all_of(part.begin(), part.end(), isHex))
        return true;
    if (part.size() < 8 || !hasDigit)
        return false;
    const bool hasUpper = std::any_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool hasLower = std::any_of(part.begin(), part.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool isPlain = std::all_of(part.begin(), part.end(), [](char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    return isPlain && hasUpper && hasLower;
}

std::string readable(const StackFrame &frame)
{
    const std::string file = normalisedFile(frame.file);
    if (frame.function.empty())
        return file;
    return file.empty() ? frame.function : frame.function + " (" + file + ")";
}

/// The frames that make the group: of the captured error, in the app if any is, each once when it calls
/// itself.
std::vector<const StackFrame *> groupingFrames(const std::vector<StackFrame> &frames)
{
    const bool hasInApp = std::any_of(frames.begin(), frames.end(), [](const StackFrame &frame) {
        return frame.isInApp && !frame.isCause;
    });
    std::vector<const StackFrame *> chosen;
    for (const StackFrame &frame : frames) {
        if (chosen.size() == kGroupingFrames)
            break;
        if (frame.isCause || (hasInApp && !frame.isInApp))
            continue;
        const bool isRepeated =
            !chosen.empty() && chosen.back()->function == frame.function && chosen.back()->file == frame.file;
        if (!isRepeated)
            chosen.push_back(&frame);
    }
    return chosen;
}

} // namespace

std::string normalisedFunction(std::string_view function)
{
    std::string out;
    for (std::size_t i = 0; i < function.size();) {
        if (function.substr(i).starts_with("0x")) {
            i += 2;
            while (i < function.size() && isHex(function[i]))
                ++i;
        } else if (isDigit(function[i]) && endsInCountedName(out)) {
            while (i < function.size() &&
                   (isDigit(function[i]) ||
                    (function[i] == '_' && i + 1 < function.size() && isDigit(function[i + 1])) ||
                    (function[i] == '.' && i + 1 < function.size() && isDigit(function[i + 1]))))
                ++i;
        } else {
            out += function[i++];
        }
    }
    return out;
}

std::string normalisedFile(std::string_view file)
{
    const std::string_view name = baseName(file);
    std::string out;
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const std::size_t end = std::min(name.find_first_of(".-_~", begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        if (isHash(part)) {
            if (!out.empty())
                out.pop_back(); // and the mark before it
        } else {
            out += part;
        }
        if (end < name.size())
            out += name[end];
        begin = end + 1;
    }
    return out;
}

ErrorGrouping errorGroup(std::string_view type, std::string_view message, std::string_view stack)
{
    const std::vector<StackFrame> frames = parseStack(stack);
    const std::vector<const StackFrame *> chosen = groupingFrames(frames);
    ErrorGrouping grouping;
    std::string identity(type.substr(0, kMaximumTemplateBytes));
    identity += kSeparator;
    if (chosen.empty()) {
        identity += "message";
        identity += kSeparator;
        identity += messageTemplate(!message.empty() ? message : stack);
    } else {
        identity += "frames";
        for (const StackFrame *frame : chosen) {
            identity += kSeparator;
            identity += normalisedFunction(frame->function);
            identity += kSeparator;
            identity += normalisedFile(frame->file);
        }
        grouping.culprit = readable(*chosen.front());
    }
    grouping.key = XXH3_64bits(identity.data(), identity.size());
    if (grouping.key == 0)
        grouping.key = 1;
    return grouping;
}

} // namespace telltale
