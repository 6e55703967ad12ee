// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace telltale {

/// What to put into an app so that it sends here.
struct Snippet
{
    QString language; ///< "TypeScript"
    QString code;
    QString commentPrefix; ///< "//" or "#"
    QString note;          ///< one sentence below, may be empty
};

/// For each language the OpenTelemetry SDK's own way, with the real port. One event that uses a feature, with
/// session, user and screen. The TypeScript one is run against Telltale by its tests.
std::vector<Snippet> openTelemetrySnippets(int port);

/// The same for SDKs of other makers, which only need another address.
std::vector<Snippet> otherSdkSnippets(int port);

} // namespace telltale
