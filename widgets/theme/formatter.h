// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace telltale {

/// What a number counts; decides how it is written.
enum class ValueKind { Count, Decimal, Milliseconds, Ratio, Bytes };

/// Seconds to add to UTC at an instant (east positive).
using ZoneOffset = std::function<int(Instant)>;

/// A number split for display: "41.2" and "s". The unit may be empty.
struct NumberText
{
    QString number, unit;
    QString joined() const; ///< with a no-break space between
    friend bool operator==(const NumberText &, const NumberText &) = default;
};

/// Writes numbers, durations and times for people: digits and order by locale, minus as U+2212, times in the given zone.
/// Value type, cheap to copy; everything is const. Sentences are translated in context "telltale::Formatter".
class Formatter
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Formatter)

public:
    /// Without an offset function: UTC.
    explicit Formatter(QLocale locale = QLocale(), ZoneOffset offset = {}, QString zoneName = {});

    const QLocale &locale() const { return m_locale; }
    const ZoneOffset &offset() const { return m_offset; }
    /// "Europe/Berlin"; "UTC" when none was given.
    const QString &zoneName() const { return m_zoneName; }

    QString count(double value) const;   ///< 1,449; rounded
    QString compact(double value) const; ///< 38.2 M, 12.4 k, 950
    QString decimal(double value, int digits) const;
    QString percent(double ratio, int digits = 0) const; ///< 0.25 -> 25 %
    QString bytes(double bytes) const;                   ///< 4.1 GB
    NumberText duration(double milliseconds) const; ///< 842 ms, 41.2 s, 12 min, 2.5 h, 3 d: the headline form
    QString durationWords(double milliseconds) const;     ///< 28 min 12 s
    QString durationClock(double milliseconds) const;     ///< 28:12, 1:02:05
    NumberText value(double value, ValueKind kind) const; ///< whichever of these fits
    QString valueText(double value, ValueKind kind) const { return this->value(value, kind).joined(); }
    /// Short form for axis labels: 2,000, 1.5 s, 40.
    QString axisValue(double value, double step, ValueKind kind) const;
    /// The same where nothing else names the unit: of milliseconds, which axisValue() leaves bare.
    QString axisValueWithUnit(double value, double step, ValueKind kind) const;

    QString signedCount(double value) const;                            ///< +118, −3, 0
    QString signedPercent(double ratio, int digits = 1) const;          ///< +6.1%, −2.0%
    QString signedPoints(double ratioDifference, int digits = 2) const; ///< −0.93 pt
    QString signedValue(double value, ValueKind kind) const;            ///< +118 ms

    QString ago(Instant then, Instant now) const;    ///< just now, 12 s ago, 6 min ago, 3 days ago
    QString age(std::chrono::nanoseconds age) const; ///< 6 min, 3 weeks: for "%1 late", "%1 old"
    QString time(Instant at) const;                  ///< 14:32
    QString timeSeconds(Instant at) const;           ///< 14:32:10
    QString timeMilliseconds(Instant at) const;      ///< 14:32:10.250
    QString date(Instant at) const;                  ///< 18 Nov 2025
    QString shortDate(Instant at) const;             ///< 18 Nov
    QString weekday(Instant at) const;               ///< Tue
    QString dateTime(Instant at) const;              ///< 18 Nov 2025 14:32
    QString month(Instant at) const;                 ///< Nov 2025
    /// As short as is unambiguous: "14:20:15 – 30", "14:08 – 14:19", "18 Nov 23:00 – 19 Nov 01:00". Half-open end as given.
    QString interval(TimeRange range) const;

private:
    QDateTime local(Instant at) const;

    QLocale m_locale;
    ZoneOffset m_offset;
    QString m_zoneName;
};

/// How a figure changed against the period before, and what may honestly be said about it.
struct Change
{
    enum class Kind { None, FewData, New, Ratio, Points, Value };
    /// Which way is good news; Neither is painted grey.
    enum class Better { Neither, Higher, Lower };
    Kind kind = Kind::None;
    double amount = 0; ///< ratio 0.061, points of a ratio −0.0093, or a plain value
    Better better = Better::Neither;
    ValueKind valueKind = ValueKind::Count; ///< of Kind::Value

    /// +1 good, −1 bad, 0 neither.
    int mood() const;
    /// Base of 0 is New, fewer than 30 observations on either side FewData.
    static Change ratio(double now, double before, Better better, double nowObservations,
                        double beforeObservations);
    static Change points(double now, double before, Better better, double nowObservations,
                         double beforeObservations);
    static Change value(double now, double before, ValueKind kind, Better better, double nowObservations,
                        double beforeObservations);
    /// "+6.1%", "new", "few data", "" for None.
    QString text(const Formatter &formatter) const;
    friend bool operator==(const Change &, const Change &) = default;
};

/// Fewer observations than this say nothing.
inline constexpr double kFewestObservations = 30;

} // namespace telltale
