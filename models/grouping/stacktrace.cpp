// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/stacktrace.h"

#include "models/grouping/frameparsers.h"

#include <algorithm>
#include <iterator>

namespace telltale {
namespace {

using stack::FrameViews;
using stack::Language;

constexpr std::string_view kPythonTraceback = "Traceback (most recent call last):";

/// Collects frames line by line and knows which belong to the captured error.
class StackReader
{
public:
    explicit StackReader(std::size_t maximumFrames)
        : m_maximum(maximumFrames)
    {}

    std::vector<StackFrame> read(std::string_view text)
    {
        while (!text.empty() && m_count < m_maximum) {
            const std::size_t end = text.find('\n');
            readLine(text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        if (m_isPython)
            std::reverse(m_captured.begin(), m_captured.end());
        for (StackFrame &cause : m_causes)
            cause.isCause = true;
        std::move(m_causes.begin(), m_causes.end(), std::back_inserter(m_captured));
        if (m_captured.size() > kMaximumStackFrames)
            m_captured.resize(kMaximumStackFrames);
        return std::move(m_captured);
    }

private:
    void readLine(std::string_view raw)
    {
        std::string_view line = stack::trimmed(raw);
        while (line.starts_with("| ")) // Python's exception groups
            line = stack::trimmed(line.substr(2));
        if (line.empty())
            return;
        if (!m_goFunction.empty()) {
            const std::string_view function = m_goFunction;
            const std::string_view functionLine = m_goLine;
            m_goFunction = {};
            if (const auto frame = stack::parseGoPlace(line, function)) {
                add(*frame, std::string(functionLine) + ' ' + std::string(line));
                return;
            }
        }
        if (startsCause(line)) {
            m_isInCause = true;
            return;
        }
        // What came so far was the cause: .NET writes it first, and so does Python.
        if (line.starts_with("--- End of inner exception stack trace") || line.ends_with(kPythonTraceback)) {
            std::move(m_captured.begin(), m_captured.end(), std::back_inserter(m_causes));
            m_captured.clear();
            m_isInCause = false;
            return;
        }
        if (line.starts_with("goroutine ")) {
            // A dump of all goroutines begins with the one that failed.
            m_isInCause = m_isInCause || !m_captured.empty();
            return;
        }
        if (const auto frame = stack::parseFrame(line)) {
            add(*frame, std::string(line));
        } else if (const auto function = stack::parseGoFunction(line)) {
            m_goFunction = *function;
            m_goLine = line;
        }
    }

    static bool startsCause(std::string_view line)
    {
        return line.starts_with("Caused by:") || line.starts_with("Suppressed:") ||
               line.starts_with("[cause]:");
    }

    void add(const FrameViews &views, std::string text)
    {
        StackFrame frame;
        frame.function = views.function;
        frame.file = views.file;
        frame.line = views.line;
        frame.isInApp = stack::isInApp(views);
        frame.text = std::move(text);
        m_isPython = m_isPython || views.language == Language::Python;
        (m_isInCause ? m_causes : m_captured).push_back(std::move(frame));
        ++m_count;
    }

    std::vector<StackFrame> m_captured;
    std::vector<StackFrame> m_causes;
    std::string_view m_goFunction;
    std::string_view m_goLine;
    std::size_t m_maximum;
    std::size_t m_count = 0;
    bool m_isInCause = false;
    bool m_isPython = false;
};

} // namespace

std::vector<StackFrame> parseStack(std::string_view text)
{
    // Where it happened stands first, but in Python last.
    const bool isPython = text.substr(0, 4096).find(kPythonTraceback) != std::string_view::npos;
    if (text.size() > kMaximumStackBytes)
        text = isPython ? text.substr(text.size() - kMaximumStackBytes) : text.substr(0, kMaximumStackBytes);
    return StackReader(isPython ? kMaximumStackBytes : kMaximumStackFrames).read(text);
}

std::string_view baseName(std::string_view file)
{
    if (const std::size_t query = file.find_first_of("?#"); query != std::string_view::npos && query > 0)
        file = file.substr(0, query);
    while (file.ends_with('/') || file.ends_with('\\'))
        file.remove_suffix(1);
    const std::size_t slash = file.find_last_of("/\\");
    return slash == std::string_view::npos ? file : file.substr(slash + 1);
}

} // namespace telltale
