// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale::test {

/// A disk of a fixed size that only this process and its children see, filled and freed at will. It needs the right to
/// mount: of root, or of a user namespace of one's own. To be made before any thread is.
class SmallDisk
{
public:
    /// Below `folder`, which must exist.
    SmallDisk(const std::filesystem::path &folder, std::uint64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    /// Empty when it is there, else why not.
    const std::string &problem() const { return m_problem; }
    const std::filesystem::path &path() const { return m_path; }
    /// Takes all room but this much.
    bool fill(std::uint64_t leave = 0);
    /// Gives back what fill() took.
    void free();
    std::uint64_t room() const;

private:
    std::string mount(std::uint64_t bytes) const;
    std::filesystem::path filler() const { return m_path / "filler"; }

    std::filesystem::path m_path;
    std::string m_problem;
};

} // namespace telltale::test
