// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// What a second start tells the window that is open.
struct Handover
{
    std::vector<std::string> files; ///< absolute; to be imported, or opened when they are caches
    std::string view;               ///< empty: as it is
    std::string activation;         ///< the desktop's token for raising a window; may be empty
    friend bool operator==(const Handover &, const Handover &) = default;
};

/// One line of JSON, with its end.
QByteArray handoverLine(const Handover &handover);
/// Nothing when it is no such line.
std::optional<Handover> parseHandover(const QByteArray &line);

/// More than this nobody means.
inline constexpr qsizetype kMostHandoverBytes = 1 << 20;
/// What the window answers when it took a line.
inline constexpr char kHandoverTaken[] = "taken\n";

/// Whether a window of this user already shows a cache, and where it listens. The first one holds a lock that the system gives back
/// when its process ends in whatever way, so that a socket left behind stops nobody. Any thread; no event loop is needed.
class SingleInstance
{
public:
    /// $XDG_RUNTIME_DIR when it is a folder of this user, else $XDG_STATE_HOME/telltale.
    static std::filesystem::path defaultFolder();

    /// Two names of one file are one cache; it need not exist yet.
    explicit SingleInstance(const std::filesystem::path &cache, const std::filesystem::path &folder = defaultFolder());
    ~SingleInstance();
    SingleInstance(const SingleInstance &) = delete;
    SingleInstance &operator=(const SingleInstance &) = delete;

    /// True: this is the first, and listens on socketPath(). False: another one is, or nothing can be locked there.
    bool claim();
    /// Empty when the folder can not hold a socket.
    const std::filesystem::path &socketPath() const { return m_socket; }
    /// Tells the first one, which may still be starting. False when it did not answer in time. Blocks.
    bool handOver(const Handover &handover, std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

private:
    std::filesystem::path m_socket;
    int m_lock = -1;
};

} // namespace telltale
