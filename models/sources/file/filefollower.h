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
#include <string>
#include <vector>

namespace telltale {

struct FollowOptions
{
    std::vector<std::string> files; ///< need not be there yet
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
/// Lines go up as FilePart says, their source is the file's path. Counters: file.line.malformed, file.line.refused,
/// file.line.too_long, file.followed.gone, file.followed.emptied. Owns a thread; start() and stop() from one thread at a time.
class FileFollower
{
public:
    /// `handler` is not owned and must outlive the follower.
    FileFollower(FollowOptions options, RequestHandler &handler);
    ~FileFollower(); ///< stops
    FileFollower(const FileFollower &) = delete;
    FileFollower &operator=(const FileFollower &) = delete;

    void start();
    /// Waits until what is on its way is answered. Idempotent.
    void stop();
    /// Absolute, each once.
    const std::vector<std::string> &files() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
