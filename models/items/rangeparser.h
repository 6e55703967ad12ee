// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <QCoreApplication>
#include <QString>
#include <QTimeZone>

#include <chrono>
#include <functional>
#include <optional>

namespace telltale {

/// The time that is looked at: either the last `width` until now, which follows (live), or two fixed ends
/// (history).
struct RangeSpec
{
    bool isLive = true;
    std::chrono::nanoseconds width = std::chrono::minutes(60); ///< of a live range
    TimeRange fixed;                                           ///< of a history range, half-open
    QString expression; ///< what was typed or picked: "60m", "yesterday"; empty after a zoom or a step

    static RangeSpec live(std::chrono::nanoseconds width, const QString &expression = {});
    static RangeSpec history(TimeRange range, const QString &expression = {});
    TimeRange resolve(Instant now) const;
    std::chrono::nanoseconds length() const { return isLive ? width : fixed.to - fixed.from; }
    friend bool operator==(const RangeSpec &, const RangeSpec &) = default;
};

/// Reads what a person types into the time picker: `60m 6h 7d`, `today`, `yesterday 9-17`, `18 Nov 13:32 -
/// 14:10`, `since 4.2.0`, `14:00..`, RFC 3339. Days and hours are those of the zone; a day without a year is
/// the latest that is not in the future. The words of the language and its month names are read too. Errors are
/// InvalidArgument with a sentence for the person. Pure but for the default locale; cost: microseconds.
class RangeParser
{
    Q_DECLARE_TR_FUNCTIONS(telltale::RangeParser)

public:
    /// When a release was first seen; nothing when it is unknown.
    using ReleaseStart = std::function<std::optional<Instant>(const QString &release)>;

    RangeParser(Instant now, QTimeZone zone, ReleaseStart releaseStart = {});

    Result<RangeSpec> parse(const QString &text) const;
    /// The picker's two fields. `to` may be "now" or empty; `from` may be a whole expression then.
    Result<RangeSpec> parse(const QString &fromTyped, const QString &toTyped) const;

private:
    struct Point
    {
        std::optional<QDate> date;
        std::optional<int> second; ///< of the day, 0..86400
        std::optional<Instant> instant;
    };

    Result<RangeSpec> parseShorthand(const QString &text) const;
    Result<RangeSpec> parseSince(const QString &what) const;
    Result<RangeSpec> parseBetween(const QString &from, const QString &to) const;
    Result<Point> parsePoint(const QString &text) const;
    Result<QDate> parseDate(const QString &text) const;
    Result<RangeSpec> between(const Point &from, const Point &to) const;
    Result<RangeSpec> checked(Instant from, Instant to) const;
    Instant at(QDate date, int second) const;
    QDate today() const;

    Instant m_now;
    QTimeZone m_zone;
    ReleaseStart m_releaseStart;
};

} // namespace telltale
