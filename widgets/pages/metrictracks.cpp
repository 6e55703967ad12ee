// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/metrictracks.h"

#include "models/items/itemtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::MetricTracks)
};

/// What people look at first, by the end of the metric's name. Names as in OpenTelemetry's semantic conventions, with the ones
/// programs use where these have none.
struct KnownMetric
{
    const char *ending;
    const char *name;
};
constexpr KnownMetric kKnown[] = {
    {"cpu.utilization", QT_TRANSLATE_NOOP("telltale::MetricTracks", "CPU")},
    {"cpu.usage", QT_TRANSLATE_NOOP("telltale::MetricTracks", "CPU")},
    {"memory.usage", QT_TRANSLATE_NOOP("telltale::MetricTracks", "Memory")},
    {"memory.used", QT_TRANSLATE_NOOP("telltale::MetricTracks", "Memory")},
    {"frame.time", QT_TRANSLATE_NOOP("telltale::MetricTracks", "Frame time")},
    {"frame.duration", QT_TRANSLATE_NOOP("telltale::MetricTracks", "Frame time")},
};
constexpr double kFrameMs = 1000.0 / 60;

/// Its place in kKnown, or the size of that.
std::size_t rankOf(const SessionMetric &metric)
{
    const auto known = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const KnownMetric &one) {
        return std::string_view(metric.metric).ends_with(one.ending);
    });
    return static_cast<std::size_t>(known - std::begin(kKnown));
}

bool isFrameTime(const SessionMetric &metric)
{
    const std::size_t rank = rankOf(metric);
    return rank < std::size(kKnown) && std::string_view(kKnown[rank].ending).starts_with("frame.");
}

/// What tells this series apart from the others of its metric.
QString differenceOf(const SessionMetric &metric, const std::vector<SessionMetric> &all)
{
    QStringList values;
    for (const auto &[key, value] : metric.attributes) {
        const bool isShared = std::all_of(all.begin(), all.end(), [&](const SessionMetric &other) {
            return other.metric != metric.metric ||
                   std::any_of(other.attributes.begin(), other.attributes.end(), [&](const auto &attribute) {
                       return attribute.first == key && attribute.second == value;
                   });
        });
        if (!isShared)
            values.append(itemtext::text(toDisplayText(value)));
    }
    return values.join(QStringLiteral(", "));
}

QString nameOf(const SessionMetric &metric, const std::vector<SessionMetric> &all)
{
    const std::size_t rank = rankOf(metric);
    const QString name = rank < std::size(kKnown) ? Words::tr(kKnown[rank].name) : itemtext::text(metric.metric);
    const QString difference = differenceOf(metric, all);
    return difference.isEmpty() ? name : name + QStringLiteral(" · ") + difference;
}

/// Points a usual distance apart are joined; where some are missing, nothing is known.
std::vector<TimedValue> brokenLine(const SessionMetric &metric, double factor)
{
    std::vector<std::int64_t> distances;
    for (std::size_t i = 1; i < metric.points.size(); ++i)
        distances.push_back(metric.points[i].time.ns - metric.points[i - 1].time.ns);
    std::int64_t longest = std::numeric_limits<std::int64_t>::max();
    if (distances.size() > 1) {
        const auto middle = distances.begin() + std::ptrdiff_t(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        longest = 3 * *middle;
    }
    std::vector<TimedValue> line;
    for (const SessionMetric::Point &point : metric.points) {
        if (!line.empty() && point.time.ns - line.back().at.ns >= longest && longest > 0)
            line.push_back({line.back().at + std::chrono::nanoseconds(longest / 3), std::nan("")});
        line.push_back({point.time, point.value * factor});
    }
    return line;
}

SessionTimelineData::Lane laneOf(const SessionMetric &metric, const std::vector<SessionMetric> &all)
{
    const UnitWriting writing = writingOf(itemtext::text(metric.unit), itemtext::text(metric.metric));
    SessionTimelineData::Lane lane;
    lane.name = nameOf(metric, all);
    lane.kind = writing.kind;
    lane.unit = writing.unit;
    if (metric.line == MetricLine::Rate) // "taps/s", "1.2 MB per second"
        lane.unit = writing.unit.isEmpty() ? Words::tr("per second") : writing.unit + QStringLiteral("/s");
    else if (metric.line == MetricLine::Mean)
        lane.unit = writing.unit.isEmpty() ? Words::tr("mean") : writing.unit + QLatin1Char(' ') + Words::tr("mean");
    lane.points = brokenLine(metric, writing.factor);
    if (isFrameTime(metric) && writing.kind == ValueKind::Milliseconds) {
        lane.budget = kFrameMs;
        lane.budgetName = Words::tr("60 fps budget");
    }
    return lane;
}

} // namespace

UnitWriting writingOf(const QString &unit, const QString &metric)
{
    struct Scaled
    {
        const char *unit;
        ValueKind kind;
        double factor;
    };
    static constexpr Scaled kScaled[] = {
        {"By", ValueKind::Bytes, 1},          {"kBy", ValueKind::Bytes, 1e3},       {"MBy", ValueKind::Bytes, 1e6},
        {"GBy", ValueKind::Bytes, 1e9},       {"KiBy", ValueKind::Bytes, 1024},     {"MiBy", ValueKind::Bytes, 1048576},
        {"GiBy", ValueKind::Bytes, 1073741824}, {"ns", ValueKind::Milliseconds, 1e-6}, {"us", ValueKind::Milliseconds, 1e-3},
        {"ms", ValueKind::Milliseconds, 1},   {"s", ValueKind::Milliseconds, 1e3},  {"min", ValueKind::Milliseconds, 6e4},
        {"h", ValueKind::Milliseconds, 3.6e6}, {"%", ValueKind::Ratio, 0.01}};
    for (const Scaled &known : kScaled) {
        if (unit == QLatin1String(known.unit))
            return {known.kind, known.factor, {}};
    }
    if (unit == u"1") {
        const bool isShare = metric.endsWith(u"utilization") || metric.endsWith(u"ratio");
        return {isShare ? ValueKind::Ratio : ValueKind::Decimal, 1, {}};
    }
    if (unit == u"Cel")
        return {ValueKind::Decimal, 1, QStringLiteral("°C")};
    if (unit.startsWith(u'{') && unit.endsWith(u'}'))
        return {ValueKind::Decimal, 1, unit.mid(1, unit.size() - 2)};
    return {ValueKind::Decimal, 1, unit};
}

MetricTracks metricTracks(const std::vector<SessionMetric> &metrics)
{
    std::vector<const SessionMetric *> order;
    for (const SessionMetric &metric : metrics)
        order.push_back(&metric);
    std::stable_sort(order.begin(), order.end(), [](const SessionMetric *a, const SessionMetric *b) {
        const std::size_t rankA = rankOf(*a), rankB = rankOf(*b);
        return rankA != rankB ? rankA < rankB : a->points.size() > b->points.size();
    });
    static constexpr SeriesSlot kColours[MetricTracks::kMost] = {SeriesSlot::Blue, SeriesSlot::Plum, SeriesSlot::Orange,
                                                                 SeriesSlot::Green};
    MetricTracks tracks;
    for (const SessionMetric *metric : order) {
        if (tracks.lanes.size() == MetricTracks::kMost) {
            tracks.others.append(nameOf(*metric, metrics));
            continue;
        }
        tracks.lanes.push_back(laneOf(*metric, metrics));
        tracks.lanes.back().colour = kColours[tracks.lanes.size() - 1];
    }
    return tracks;
}

} // namespace telltale
