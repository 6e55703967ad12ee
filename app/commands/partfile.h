// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <string>

// Files that commands write: there when they are whole, else what was there before stays.
namespace telltale {

/// What is beside `path` until it is whole; "" for the standard output ("-").
std::string partOf(const std::string &path);
/// Moves the part into place, as readable as the file that was there, or for its owner alone. False: the part is gone.
bool putInPlace(const std::string &path);

/// Text on its way into a file beside `path`, or to the standard output. One thread.
class PartFile
{
public:
    explicit PartFile(std::string path);
    ~PartFile(); ///< what was not kept is gone
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;

    bool isOpen() const { return m_file != nullptr; }
    std::FILE *file() const { return m_file; }
    /// What is to be written next is appended to this.
    std::string &text() { return m_text; }
    bool flush();         ///< false: the system refused, now or before
    bool flushIfLarge();
    /// Safe on the disk and in place, or false.
    bool keep();

private:
    bool isStandard() const { return m_path == "-"; }

    std::string m_path;
    std::FILE *m_file;
    std::string m_text;
    bool m_isGood = true;
};

/// While it lives, SIGINT, SIGTERM and SIGHUP remove the part, say `said` on the standard error and end the process with ExitFailed.
/// For work that nobody can interrupt otherwise; one at a time. `said` is a literal.
class PartGuard
{
public:
    PartGuard(std::string part, const char *said);
    ~PartGuard(); ///< the handlers of before are back
    PartGuard(const PartGuard &) = delete;
    PartGuard &operator=(const PartGuard &) = delete;

private:
    std::string m_part;
    void (*m_before[3])(int);
};

} // namespace telltale
