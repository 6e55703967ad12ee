// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Plain words for cells: what the models answer for Qt::DisplayRole. Numbers and dates in the default
/// QLocale.
namespace telltale::itemtext {

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
QString count(std::uint64_t value);
/// "12.3 %"
QString share(double zeroToOne, int decimals = 1);
/// "850 ms", "41.2 s", "3 min 20 s", "2 h 5 min"; "–" when there is none.
QString duration(std::optional<double> milliseconds);
/// "28:12", "1:05:00": the length of a session.
QString clockDuration(double milliseconds);
QDateTime local(Instant at, const QTimeZone &zone);
/// "14:31:05"
QString timeOfDay(Instant at, const QTimeZone &zone);
/// "14:31"
QString shortTime(Instant at, const QTimeZone &zone);
/// "18 Nov 2025"
QString day(Instant at, const QTimeZone &zone);
/// "18 Nov"
QString dayOfYear(Instant at, const QTimeZone &zone);
/// "18 Nov 2025 14:31:05"
QString dateTime(Instant at, const QTimeZone &zone);
/// "12 s ago", "38 min ago", "3 weeks ago"; "now" below a second.
QString ago(Instant at, Instant now);
/// "38 min", "6 days", "2 months": how old.
QString age(Instant at, Instant now);

} // namespace telltale::itemtext
