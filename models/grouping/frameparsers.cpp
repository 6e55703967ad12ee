// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/frameparsers.h"

#include <algorithm>
#include <charconv>

namespace telltale::stack {
namespace {

constexpr auto kNone = std::string_view::npos;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

int toNumber(std::string_view text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool dropPrefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Takes ":12" or ":12:34" off the end of a place. False when there is no number.
bool splitPlace(std::string_view place, std::string_view &file, int &line)
{
    int numbers[2] = {0, 0};
    int count = 0;
    while (count < 2) {
        const std::size_t colon = place.rfind(':');
        if (colon == kNone || !isNumber(place.substr(colon + 1)))
            break;
        numbers[count++] = toNumber(place.substr(colon + 1));
        place = place.substr(0, colon);
    }
    file = place;
    line = count > 0 ? numbers[count - 1] : 0;
    return count > 0;
}

/// Where the parenthesis that closes at the end of `text` opens.
std::size_t openingOfLast(std::string_view text)
{
    int depth = 0;
    for (std::size_t i = text.size(); i-- > 0;) {
        if (text[i] == ')')
            ++depth;
        else if (text[i] == '(' && --depth == 0)
            return i;
    }
    return kNone;
}

std::string_view javaScriptFunction(std::string_view function)
{
    dropPrefix(function, "async ");
    if (const std::size_t alias = function.find(" [as "); alias != kNone)
        function = function.substr(0, alias);
    return trimmed(function);
}

/// "fn (file:1:2)", "file:1:2", "fn (<anonymous>)": what follows "at " in V8.
std::optional<FrameViews> parseV8(std::string_view rest)
{
    FrameViews frame;
    frame.language = Language::JavaScript;
    if (rest.ends_with(')')) {
        const std::size_t open = openingOfLast(rest);
        if (open == kNone || open == 0 || rest[open - 1] != ' ')
            return {};
        std::string_view place = rest.substr(open + 1, rest.size() - open - 2);
        frame.function = javaScriptFunction(rest.substr(0, open));
        // "eval at f (file:1:2), <anonymous>:1:1": the place that exists on disk is the inner one.
        if (place.starts_with("eval at ")) {
            const std::size_t inner = place.rfind('(');
            const std::size_t close = place.find(')', inner == kNone ? 0 : inner);
            if (inner != kNone && close != kNone)
                place = place.substr(inner + 1, close - inner - 1);
        }
        if (splitPlace(place, frame.file, frame.line))
            return frame;
        if (place != "<anonymous>" && !place.starts_with("native") && !place.starts_with("index "))
            return {};
        frame.file = "<anonymous>"; // the engine's own: Array.map, Promise.all (index 0)
        return frame;
    }
    dropPrefix(rest, "async ");
    if (rest == "<anonymous>") {
        frame.file = rest;
        return frame;
    }
    if (!splitPlace(rest, frame.file, frame.line) || frame.file.find_first_of("/\\.<:") == kNone)
        return {};
    return frame;
}

bool isJavaPlace(std::string_view place)
{
    if (place == "Native Method" || place.starts_with("Unknown Source") || place.starts_with("SourceFile") ||
        place.starts_with("<generated>"))
        return true;
    std::string_view file = place;
    int line = 0;
    splitPlace(place, file, line);
    for (const std::string_view ending : {".java", ".kt", ".kts", ".scala", ".groovy", ".clj"}) {
        if (file.ends_with(ending))
            return true;
    }
    return false;
}

/// "com.example.Sync.upload(Sync.java:88)", also with "java.base/" or "app//" before it.
std::optional<FrameViews> parseJava(std::string_view rest)
{
    // "~[app.jar:1.2]" and the like come from loggers.
    if (const std::size_t jar = rest.find(") ~["); jar != kNone)
        rest = rest.substr(0, jar + 1);
    if (!rest.ends_with(')'))
        return {};
    const std::size_t open = openingOfLast(rest);
    if (open == kNone || open == 0 || rest[open - 1] == ' ')
        return {};
    const std::string_view place = rest.substr(open + 1, rest.size() - open - 2);
    if (!isJavaPlace(place))
        return {};
    FrameViews frame;
    frame.language = Language::Java;
    frame.function = rest.substr(0, open);
    if (const std::size_t module = frame.function.rfind('/'); module != kNone)
        frame.function = frame.function.substr(module + 1);
    splitPlace(place, frame.file, frame.line);
    return frame;
}

/// "Stride.Sync.UploadAsync(Int32 id) in C:\src\Sync.cs:line 88" or without a place.
std::optional<FrameViews> parseDotNet(std::string_view rest)
{
    FrameViews frame;
    frame.language = Language::DotNet;
    if (const std::size_t in = rest.find(") in "); in != kNone) {
        std::string_view place = rest.substr(in + 5);
        if (const std::size_t line = place.rfind(":line "); line != kNone) {
            frame.line = toNumber(place.substr(line + 6));
            place = place.substr(0, line);
        }
        frame.file = place;
        rest = rest.substr(0, in + 1);
    }
    if (!rest.ends_with(')'))
        return {};
    const std::size_t open = openingOfLast(rest);
    if (open == kNone || open == 0 || rest[open - 1] == ' ' || rest.find('.') >= open)
        return {};
    frame.function = rest.substr(0, open);
    return frame.function.find(' ') == kNone ? std::optional(frame) : std::nullopt;
}

/// `File "/app/sync.py", line 31, in upload`
std::optional<FrameViews> parsePython(std::string_view line)
{
    if (!dropPrefix(line, "File \""))
        return {};
    const std::size_t end = line.find("\", line ");
    if (end == kNone)
        return {};
    FrameViews frame;
    frame.language = Language::Python;
    frame.file = line.substr(0, end);
    line.remove_prefix(end + 8);
    frame.line = toNumber(line);
    if (const std::size_t in = line.find(", in "); in != kNone)
        frame.function = trimmed(line.substr(in + 5));
    return frame;
}

/// "fn@https://example.com/app.js:10:5" of Firefox and Safari.
std::optional<FrameViews> parseGecko(std::string_view line)
{
    const std::size_t at = line.find('@');
    if (at == kNone)
        return {};
    FrameViews frame;
    frame.language = Language::JavaScript;
    frame.function = line.substr(0, at);
    const std::string_view place = line.substr(at + 1);
    if (place == "[native code]") {
        frame.file = place;
        return frame;
    }
    // An e-mail address in a message is no frame: a place has a line number.
    const bool isPlace = splitPlace(place, frame.file, frame.line) &&
                         (frame.file.find_first_of("/:") != kNone || frame.file.ends_with(".js") ||
                          frame.file.ends_with(".bundle"));
    if (!isPlace || frame.file.find(' ') != kNone)
        return {};
    for (const std::string_view prefix : {"async*", "promise callback*", "setTimeout handler*"})
        dropPrefix(frame.function, prefix);
    if (frame.function.ends_with("/<"))
        frame.function.remove_suffix(2);
    return frame;
}

/// "0   Stride   0x0000000104a1c3f8 StrideApp.SyncEngine.upload(id:) + 312"
std::optional<FrameViews> parseApple(std::string_view line)
{
    const std::size_t address = line.find(" 0x");
    const std::size_t indexEnd = line.find(' ');
    if (address == kNone || indexEnd == kNone || !isNumber(line.substr(0, indexEnd)))
        return {};
    FrameViews frame;
    frame.language = Language::Apple;
    frame.file = trimmed(line.substr(indexEnd, address - indexEnd));
    std::string_view rest = trimmed(line.substr(address + 1));
    const std::size_t addressEnd = rest.find(' ');
    if (frame.file.empty() || addressEnd == kNone)
        return {};
    rest = trimmed(rest.substr(addressEnd));
    if (const std::size_t offset = rest.rfind(" + "); offset != kNone)
        rest = rest.substr(0, offset);
    if (!rest.starts_with("0x")) // not symbolicated
        frame.function = rest;
    return frame;
}

std::string_view withoutArguments(std::string_view function)
{
    function = trimmed(function);
    if (function.ends_with(" const"))
        function.remove_suffix(6);
    if (function.ends_with(')')) {
        const std::size_t open = openingOfLast(function);
        if (open != kNone && open > 0)
            function = trimmed(function.substr(0, open));
    }
    return function;
}

/// "/lib/libc.so.6" of "/lib/libc.so.6+0x2d0)".
std::string_view modulePath(std::string_view module)
{
    return module.substr(0, std::min(module.rfind("+0x"), module.rfind(')')));
}

/// What follows "#0 " in sanitizers, gdb and Dart.
std::optional<FrameViews> parseNumbered(std::string_view line)
{
    if (!dropPrefix(line, "#"))
        return {};
    const std::size_t indexEnd = line.find(' ');
    if (indexEnd == kNone || !isNumber(line.substr(0, indexEnd)))
        return {};
    line = trimmed(line.substr(indexEnd));
    FrameViews frame;
    if (line.ends_with(')')) {
        const std::size_t open = openingOfLast(line);
        const std::string_view place =
            open == kNone ? std::string_view() : line.substr(open + 1, line.size() - open - 2);
        if (place.starts_with("package:") || place.starts_with("dart:") || place.find(".dart:") != kNone) {
            frame.language = Language::Dart;
            frame.function = trimmed(line.substr(0, open));
            splitPlace(place, frame.file, frame.line);
            return frame;
        }
    }
    if (line.starts_with("0x")) {
        const std::size_t in = line.find(" in ");
        if (in == kNone) { // "0x7f… (/lib/libc.so.6+0x2d0)"
            const std::size_t open = line.find(" (");
            if (open == kNone)
                return {};
            frame.file = modulePath(line.substr(open + 2));
            return frame;
        }
        line = line.substr(in + 4);
    }
    // gdb: "f (x=1) at file.cpp:12" and "f () from /lib/libc.so"; sanitizers: "f(int) /src/file.cpp:12:3" or
    // "(module+0x1)".
    for (const std::string_view mark : {") at ", ") from "}) {
        if (const std::size_t at = line.rfind(mark); at != kNone) {
            splitPlace(line.substr(at + mark.size()), frame.file, frame.line);
            frame.function = withoutArguments(line.substr(0, at + 1));
            return frame;
        }
    }
    const std::size_t path = line.rfind(" /");
    const std::size_t module = line.rfind(" (/");
    if (module != kNone && line.ends_with(')')) {
        frame.file = modulePath(line.substr(module + 2));
        line = line.substr(0, module);
    } else if (path != kNone) {
        splitPlace(line.substr(path + 1), frame.file, frame.line);
        line = line.substr(0, path);
    } else if (const std::size_t blank = line.rfind(' '); blank != kNone && !line.ends_with(')')) {
        if (splitPlace(line.substr(blank + 1), frame.file, frame.line))
            line = line.substr(0, blank);
    }
    frame.function = withoutArguments(line);
    return frame.function.empty() && frame.file.empty() ? std::nullopt : std::optional(frame);
}

/// glibc: "./stride(_ZN6Stride4openEv+0x1a) [0x55d0c8a1]"
std::optional<FrameViews> parseGlibc(std::string_view line)
{
    if (!line.ends_with(']'))
        return {};
    const std::size_t address = line.rfind(") [0x");
    const std::size_t open = line.find('(');
    if (address == kNone || open == kNone || open > address)
        return {};
    FrameViews frame;
    frame.file = line.substr(0, open);
    frame.function = line.substr(open + 1, address - open - 1);
    frame.function = frame.function.substr(0, frame.function.rfind('+'));
    return frame;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == kNone)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<FrameViews> parseFrame(std::string_view line)
{
    if (line.empty())
        return {};
    if (line.starts_with("at ")) {
        const std::string_view rest = line.substr(3);
        if (auto frame = parseJava(rest))
            return frame;
        if (auto frame = parseV8(rest))
            return frame;
        return parseDotNet(rest);
    }
    if (line.starts_with("File \""))
        return parsePython(line);
    if (line.front() == '#')
        return parseNumbered(line);
    if (isDigit(line.front())) {
        if (auto frame = parseApple(line))
            return frame;
    }
    if (auto frame = parseGlibc(line))
        return frame;
    return parseGecko(line);
}

std::optional<std::string_view> parseGoFunction(std::string_view line)
{
    if (!line.ends_with(')') || line.find(' ') < line.find('('))
        return {};
    const std::size_t open = openingOfLast(line);
    if (open == kNone || open == 0)
        return {};
    const std::string_view function = line.substr(0, open);
    if (function != "panic" && function.find('.') == kNone)
        return {};
    return function;
}

std::optional<FrameViews> parseGoPlace(std::string_view line, std::string_view function)
{
    if (const std::size_t offset = line.rfind(" +0x"); offset != kNone)
        line = line.substr(0, offset);
    FrameViews frame;
    frame.language = Language::Go;
    frame.function = function;
    if (!splitPlace(line, frame.file, frame.line))
        return {};
    const bool isSource =
        frame.file.ends_with(".go") || frame.file.ends_with(".s") || frame.file.ends_with(".c");
    return isSource ? std::optional(frame) : std::nullopt;
}

} // namespace telltale::stack
