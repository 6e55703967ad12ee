// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace telltale {

/// How much of a time of day is written.
enum class TimeDetail { Minutes, Seconds, Milliseconds };

/// What of a date is written: 18 Nov 2025, 18 Nov, Nov 2025.
enum class DateDetail { Day, DayOfYear, Month };

/// The locale's way to write a time of day, as a format of QTime: "HH:mm:ss", "h:mm AP". The C locale writes as the British
/// do. Pure; costs about a microsecond.
QString timeFormat(const QLocale &locale, TimeDetail detail);

/// The locale's order of day, month and year with the month in short, as a format of QDate: "d. MMM yyyy", "MMM d, yyyy".
/// Made from the locale's long format, without the weekday. Pure; costs a few microseconds.
QString dateFormat(const QLocale &locale, DateDetail detail);

/// A whole number's digits as the locale writes them, without grouping, with zeros in front up to `width`: for clocks and
/// years.
QString digits(const QLocale &locale, qint64 number, int width = 1);

} // namespace telltale
