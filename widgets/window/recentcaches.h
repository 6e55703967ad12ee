// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <vector>

namespace telltale {

/// Caches and archives that were opened lately, the newest first, in a file that all windows of a person share. UI thread; the file is
/// read and written, and disks are asked for what is there, on a thread of its own.
class RecentCaches final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 10;

    struct Entry
    {
        QString path;        ///< absolute
        bool isThere = true; ///< as far as it is known
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    /// Nothing is read yet.
    explicit RecentCaches(QString listPath, QObject *parent = nullptr);
    ~RecentCaches() override; ///< waits for what is being written

    const std::vector<Entry> &entries() const { return m_entries; }
    /// Puts it first, and what else is in the file behind it; entries() follow.
    void add(const QString &path);
    /// Looks again what is in the file, and which of it is there.
    void refresh();
    void clear();

Q_SIGNALS:
    void changed();

private:
    using Change = std::function<void(QStringList &)>;
    void work(Change change);

    QString m_listPath;
    std::vector<Entry> m_entries;
    QThreadPool m_worker;
};

} // namespace telltale
