// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/followedfile.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace telltale::test {

/// {"event":"7"}, and such lines from one number until before another.
QByteArray line(int number);
QByteArray lines(int from, int to);
QList<int> numbers(int from, int to);

/// Takes everything there is, as a cache would: lines and place together, or neither.
class FollowReader
{
public:
    explicit FollowReader(QString path, FollowedFile::Limits limits = {});

    /// As after a kill: only what was stored is known.
    void restart();
    void look() { m_file->look(m_now); }
    std::optional<FollowedFile::Part> part() { return m_file->next(m_now); }
    void store(const FollowedFile::Part &part);
    void takeAll();
    void refuse(const FollowedFile::Part &part) { m_file->refused(part); }
    void pass(std::chrono::milliseconds time) { m_now += time; }

    QList<int> stored;
    QStringList otlp, places;
    std::uint64_t rejected = 0;
    CounterSet counters;

private:
    const QString m_path;
    const FollowedFile::Limits m_limits;
    std::optional<std::string> m_document;
    std::unique_ptr<FollowedFile> m_file;
    FollowedFile::Time m_now{std::chrono::hours(1)};
};

/// A folder with app.log in it, which is written to and rotated.
class FollowedFolder
{
protected:
    /// Makes it anew.
    void makeFolder();
    QString path() const { return m_folder->filePath(QStringLiteral("app.log")); }
    /// Later than all that was written before, however coarse the clock of the file system.
    void append(const QByteArray &bytes);
    void stamp(const QString &file);
    void truncate();
    /// `kind`: "rename", "numbers", "dates", "before the extension" or "copy".
    void rotate(const QString &kind, int time);
    /// All that were rotated away and are not packed yet.
    void pack(const QString &packing, bool isTimeKept);

    std::unique_ptr<QTemporaryDir> m_folder;

private:
    const std::filesystem::file_time_type m_begin = std::filesystem::file_time_type::clock::now();
    int m_written = 0;
};

/// The bytes as they are packed: ".gz" or ".zst".
std::string packedAs(const QString &packing, const std::string &bytes);

} // namespace telltale::test
