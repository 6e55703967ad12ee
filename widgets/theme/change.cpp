// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/formatter.h"

#include <cmath>

namespace telltale {

namespace {

/// The kinds that say no number, or None when a number may be said.
Change::Kind verdict(double before, double nowObservations, double beforeObservations)
{
    if (beforeObservations == 0 && nowObservations == 0)
        return Change::Kind::FewData;
    if (before == 0 && beforeObservations == 0)
        return Change::Kind::New;
    if (nowObservations < kFewestObservations || beforeObservations < kFewestObservations)
        return Change::Kind::FewData;
    return Change::Kind::None;
}

} // namespace

int Change::mood() const
{
    if (better == Better::Neither || amount == 0 || kind == Kind::None || kind == Kind::FewData ||
        kind == Kind::New)
        return 0;
    return (amount > 0) == (better == Better::Higher) ? 1 : -1;
}

Change Change::ratio(double now, double before, Better better, double nowObservations,
                     double beforeObservations)
{
    const Kind verdictKind = verdict(before, nowObservations, beforeObservations);
    if (verdictKind != Kind::None)
        return {verdictKind, 0, better, ValueKind::Count};
    if (before == 0)
        return {Kind::New, 0, better, ValueKind::Count};
    return {Kind::Ratio, now / before - 1, better, ValueKind::Count};
}

Change Change::points(double now, double before, Better better, double nowObservations,
                      double beforeObservations)
{
    const Kind verdictKind = verdict(before, nowObservations, beforeObservations);
    if (verdictKind != Kind::None)
        return {verdictKind, 0, better, ValueKind::Ratio};
    return {Kind::Points, now - before, better, ValueKind::Ratio};
}

Change Change::value(double now, double before, ValueKind kind, Better better, double nowObservations,
                     double beforeObservations)
{
    const Kind verdictKind = verdict(before, nowObservations, beforeObservations);
    if (verdictKind != Kind::None)
        return {verdictKind, 0, better, kind};
    return {Kind::Value, now - before, better, kind};
}

QString Change::text(const Formatter &formatter) const
{
    switch (kind) {
    case Kind::None:
        return {};
    case Kind::FewData:
        return QCoreApplication::translate("telltale::Change", "few data");
    case Kind::New:
        return QCoreApplication::translate("telltale::Change", "new", "there was nothing before");
    case Kind::Ratio:
        return formatter.signedPercent(amount);
    case Kind::Points:
        return formatter.signedPoints(amount);
    case Kind::Value:
        return formatter.signedValue(amount, valueKind);
    }
    return {};
}

} // namespace telltale
