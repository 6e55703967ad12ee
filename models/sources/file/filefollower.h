// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/followedfile.h"
#include "models/sources/requesthandler.h"
#include "models/telemetry/document.h"
#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// Files that are followed in one way.
struct FollowTarget
{
    std::string id;   ///< by which sights() names it
    std::string path; ///< of a file, a folder (all files in it), or with * and ? (all that match); need not be there yet
    bool isTableByName = false; ///< form.isTable holds for .csv and .tsv only
    FollowedFile::Form form;
    friend bool operator==(const FollowTarget &, const FollowTarget &) = default;
};

/// The files that the path of a target means now, in the order of their names. A plain path is one, whether it is there or not.
std::vector<std::string> filesOfTarget(const std::string &path);
/// How one of them is read.
FollowedFile::Form formOfTarget(const FollowTarget &target, const std::string &file);

/// How a target does.
struct FollowSight
{
    std::string id;
    std::size_t files = 0;      ///< found so far
    std::uint64_t requests = 0; ///< stored
    std::optional<Instant> lastRequest;
    std::string problem; ///< one sentence; empty: none
};

struct FollowOptions
{
    std::vector<std::string> files; ///< of lines of JSON; need not be there yet
    std::vector<FollowTarget> targets;
    /// What was stored about kFilePlaceKind so far; empty: nothing.
    std::function<Result<std::vector<Document>>()> places;
    FollowedFile::Limits limits;
    /// How often is looked where the system does not say that something changed: network file systems.
    std::chrono::milliseconds interval{1'000};
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Follows files that lines of JSON are appended to (OTLP, or jsonlines.h), across rotation by name or by copy. The place in each file
/// is stored in the transaction of the lines before it, so that no line is lost or stored twice, however the process
/// ends. A file's next lines go up when those before are stored; while the handler is busy or its disk full the same ones
/// are sent again after a pause.
///
/// Of a folder or a pattern files that come later are followed, too; packed ones are not, nor those that are other ones' rotated
/// away, and no more than kMostFiles.
///
/// Lines go up as FilePart says, their source is the file's path. Counters: file.line.malformed, file.line.refused,
/// file.line.too_long, file.followed.gone, file.followed.emptied. Owns a thread; start() and stop() from one thread at a time.
class FileFollower
{
public:
    static constexpr std::size_t kMostFiles = 1'000;

    /// `handler` is not owned and must outlive the follower.
    FileFollower(FollowOptions options, RequestHandler &handler);
    ~FileFollower(); ///< stops
    FileFollower(const FileFollower &) = delete;
    FileFollower &operator=(const FileFollower &) = delete;

    void start();
    /// Waits until what is on its way is answered. Idempotent.
    void stop();
    /// FollowOptions::files, absolute, each once.
    const std::vector<std::string> &files() const;
    /// One a target, in their order. Any thread.
    std::vector<FollowSight> sights() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
