// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace telltale::test {

/// Where the programs are that drive real SDKs (README there).
QString sdkFolder();
/// False when `npm ci` was not run there.
bool isSdkInstalled();
/// Runs a program there against an endpoint, with TELLTALE_SDK_SESSIONS (40) sessions of 25 events each, for no longer than four minutes (more for more sessions;
/// QTEST_FUNCTION_TIMEOUT then, too). What it printed; empty, with a warning, when it failed. The event loop of the test goes on meanwhile.
QJsonObject runSdk(const QStringList &arguments, const QString &endpoint, int seed);

// What a program printed of what it sent is what `telltale query` answers: totals, names, sessions, users, errors. They report
// differences as failures of the running test.

/// Names and numbers of sessions and users alone.
void compareSessions(const QString &cache, const QJsonObject &sent);
/// otlp-js.mjs. `hasAllPointsAgain`: at its end it exported as many metric points as before.
void compareOtlp(const QString &cache, const QJsonObject &sent, bool hasAllPointsAgain);
/// sentry-node.mjs, when all it sent was delivered.
void compareSentry(const QString &cache, const QJsonObject &sent);
/// posthog-node.mjs
void comparePostHog(const QString &cache, const QJsonObject &sent);
/// segment-node.mjs
void compareSegment(const QString &cache, const QJsonObject &sent);

} // namespace telltale::test
