// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>

namespace telltale::test {

/// A recorded request of tests/fixtures: what was sent, and what is in it.
struct Fixture
{
    QString name;                                 ///< "otlp-js/01-logs-basic-json"
    QString kind;                                 ///< "http"; other kinds are not requests
    QByteArray method;                            ///< "POST"
    QByteArray path;                              ///< with query
    QList<QPair<QByteArray, QByteArray>> headers; ///< in order, letters as sent
    QByteArray wireBody;                          ///< after transfer coding, still compressed if it was
    QJsonObject expected;

    QByteArray header(const QByteArray &key) const; ///< without regard to case; empty when there is none
    bool isJson() const;
    bool isChunked() const;
    /// The status a server owes; several when any of them will do. {200} when nothing is said.
    QList<int> expectedStatus() const;
    /// The expected content is that of several requests.
    bool isPartOfStep() const { return expected.contains(QStringLiteral("requestNote")); }
    /// The body decompressed; nothing when it is damaged or larger than `limit`.
    std::optional<std::string> body(std::size_t limit = 64U << 20) const;
};

/// Reads `tests/fixtures/NAME.json` with its body and expected content; fails the process when a file is
/// missing.
Fixture loadFixture(const QString &name);

/// Names of the http fixtures in these folders of tests/fixtures, sorted.
QStringList httpFixtureNames(const QStringList &folders);

/// Undoes gzip or zlib. Nothing when the bytes are damaged or unfold to more than `limit`.
std::optional<std::string> inflated(const QByteArray &bytes, std::size_t limit);

} // namespace telltale::test
