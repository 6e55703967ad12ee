// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/markers.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace telltale {

std::vector<MarkerGroup> groupMarkers(const std::vector<TimeMarker> &markers, const TimeScale &scale, double left, double right)
{
    std::vector<MarkerGroup> groups;
    std::vector<int> order;
    for (std::size_t i = 0; i < markers.size(); ++i)
        if (scale.range.contains(markers[i].at))
            order.push_back(int(i));
    const auto at = [&](int marker) { return markers[std::size_t(marker)].at; };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return at(a) < at(b); });
    const auto place = [&](MarkerGroup &group) {
        group.text = group.markers.size() == 1
                         ? markers[std::size_t(group.markers.front())].text
                         : QCoreApplication::translate("telltale::TrackStack", "%1 \u25BE", "that many flags, opens a list").arg(group.markers.size());
        group.text = QFontMetricsF(fontFor(FontRole::AxisStrong)).elidedText(group.text, Qt::ElideRight, scaled(180));
        group.rect = chartpaint::flagRect(group.x, 1, left, right, group.text);
    };
    for (const int marker : order) {
        MarkerGroup group{{marker}, scale.x(at(marker)), {}, {}};
        place(group);
        while (!groups.empty() && groups.back().rect.right() + 4 > group.rect.left()) {
            MarkerGroup earlier = groups.back();
            groups.pop_back();
            earlier.markers.insert(earlier.markers.end(), group.markers.begin(), group.markers.end());
            earlier.x = (scale.x(at(earlier.markers.front())) + group.x) / 2;
            group = earlier;
            place(group);
        }
        groups.push_back(group);
    }
    return groups;
}

void paintMarkerLines(QPainter &painter, const std::vector<TimeMarker> &markers, const TimeScale &scale, double top, double bottom,
                      const Tokens &tokens)
{
    for (const TimeMarker &marker : markers) {
        if (!scale.range.contains(marker.at))
            continue;
        QPen dashed(marker.kind == TimeMarker::Kind::Alert ? tokens.bad : tokens.text2, 1.3);
        dashed.setDashPattern({3.5, 2.5});
        dashed.setCapStyle(Qt::FlatCap);
        painter.setPen(dashed);
        const double x = chartpaint::hairline(scale.x(marker.at));
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
    }
}

void paintMarkerFlags(QPainter &painter, const std::vector<TimeMarker> &markers, const std::vector<MarkerGroup> &groups, double left, double right,
                      const Tokens &tokens)
{
    for (const MarkerGroup &group : groups) {
        const bool isAlert = std::any_of(group.markers.begin(), group.markers.end(),
                                         [&](int marker) { return markers[std::size_t(marker)].kind == TimeMarker::Kind::Alert; });
        const QColor ground = isAlert         ? tokens.badSoft
                              : tokens.isDark ? tokens.borderStrong
                                              : colour::mixOklab(tokens.flag, tokens.card, 0.12);
        const QColor ink = isAlert ? tokens.bad : tokens.isDark ? tokens.text : tokens.onFlag;
        chartpaint::flag(&painter, group.x, 1, left, right, group.text,
                         tokens.isDark && !isAlert ? colour::mixOklab(ground, tokens.card, 0.45) : ground, ink);
    }
}

void chooseMarker(QWidget *chart, const std::vector<TimeMarker> &markers, const MarkerGroup &group, const Formatter &formatter,
                  const QPoint &globalPosition, std::function<void(const TimeMarker &)> use)
{
    if (group.markers.size() == 1) {
        use(markers[std::size_t(group.markers.front())]);
        return;
    }
    auto *menu = new QMenu(chart);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int index : group.markers) {
        const TimeMarker marker = markers[std::size_t(index)];
        QString text = marker.text;
        text.replace(QLatin1Char('&'), QLatin1String("&&")); // names of strangers set no mnemonics
        menu->addAction(text + QLatin1Char('\t') + formatter.time(marker.at), chart, [marker, use] { use(marker); });
    }
    menu->popup(globalPosition);
}

int nearestFlag(const std::vector<MarkerGroup> &groups, double x)
{
    const auto nearest = std::ranges::min_element(groups, {}, [x](const MarkerGroup &group) { return std::abs(group.x - x); });
    return nearest == groups.end() ? -1 : int(nearest - groups.begin());
}

QString flagText(const std::vector<TimeMarker> &markers, const MarkerGroup &group, const Formatter &formatter)
{
    QStringList flags;
    for (const int marker : group.markers) {
        const TimeMarker &flag = markers[std::size_t(marker)];
        flags << QCoreApplication::translate("telltale::TrackStack", "%1: %2", "a flag above the chart: when, and what happened")
                     .arg(formatter.time(flag.at), flag.text);
    }
    return flags.join(QStringLiteral(", "));
}

QString flagsSentence(const std::vector<TimeMarker> &markers, const std::vector<MarkerGroup> &groups, const Formatter &formatter)
{
    QStringList flags;
    for (const MarkerGroup &group : groups)
        flags << flagText(markers, group, formatter);
    return flags.isEmpty() ? QString()
                           : QCoreApplication::translate("telltale::TrackStack", "Flags above: %1.", "the flags above a chart, each with its time")
                                 .arg(flags.join(QStringLiteral(", ")));
}

std::optional<FlagStep> flagStep(int key, int flag, const std::vector<MarkerGroup> &groups)
{
    if (std::size_t(flag) >= groups.size()) // also none
        return std::nullopt;
    const int last = int(groups.size()) - 1;
    switch (key) {
    case Qt::Key_Left:
        return FlagStep{std::max(0, flag - 1)};
    case Qt::Key_Right:
        return FlagStep{std::min(last, flag + 1)};
    case Qt::Key_Home:
        return FlagStep{0};
    case Qt::Key_End:
        return FlagStep{last};
    case Qt::Key_Up:
        return FlagStep{flag};
    case Qt::Key_Down:
    case Qt::Key_Escape:
        return FlagStep{};
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return FlagStep{flag, true};
    default:
        return std::nullopt;
    }
}

} // namespace telltale
