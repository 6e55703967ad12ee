// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/alertmodel.h"

#include <cmath>

namespace telltale {
namespace {

QString ruleText(const AlertRow &row)
{
    const QString rule = itemtext::text(row.alert.rule.text());
    return row.alert.filter.isEmpty() ? rule : AlertModel::tr("%1 (%2)", "a rule, a filter").arg(rule, itemtext::text(row.alert.filter.text()));
}

bool isHolding(const AlertRow &row)
{
    return row.alert.isOn && row.reading && row.reading->isFiring;
}

} // namespace

AlertModel::AlertModel(QObject *parent)
    : DescribedTable({{tr("Alert"), [](const AlertRow &row) { return itemtext::text(row.alert.name); },
                       [](const AlertRow &row) { return QVariant(itemtext::text(row.alert.name)); }},
                      {tr("Rule"), [](const AlertRow &row) { return ruleText(row); }, [](const AlertRow &row) { return QVariant(ruleText(row)); }},
                      {tr("Now"), [](const AlertRow &row) { return nowText(row); },
                       [](const AlertRow &row) { return QVariant(isHolding(row) ? 2 : row.alert.isOn ? 1 : 0); }, false,
                       [](const AlertRow &row) { return isHolding(row) && !row.alert.rule.isAboutGroups() ? -1 : 0; }}},
                     parent)
{}

QString AlertModel::valueText(const AlertRule &rule, double value)
{
    if (rule.measure == AlertRule::Measure::CrashFree)
        return itemtext::share(value);
    if (rule.measure == AlertRule::Measure::Percentile)
        return itemtext::duration(value);
    return itemtext::count(static_cast<std::uint64_t>(std::llround(std::max(value, 0.0))));
}

QString AlertModel::nowText(const AlertRow &row)
{
    if (!row.alert.isOn)
        return tr("off");
    if (!row.reading)
        return tr("…", "not read yet");
    if (row.alert.rule.isAboutGroups())
        return row.reading->groups.empty() ? tr("none") : tr("%Ln error(s) in 7 days", nullptr, static_cast<int>(row.reading->groups.size()));
    if (!row.reading->value)
        return tr("too little to say");
    const QString now = valueText(row.alert.rule, *row.reading->value);
    return row.reading->isFiring ? tr("holds: %1").arg(now) : now;
}

std::pair<QString, QString> alertWords(const Alert &alert, const AlertNews &news)
{
    const QString name = itemtext::text(alert.name);
    const QString value = news.value ? AlertModel::valueText(alert.rule, *news.value) : QString();
    switch (news.what) {
    case AlertNews::What::Group:
        return {name, itemtext::text(news.group.title)};
    case AlertNews::What::Ended:
        return {AlertModel::tr("%1 is over").arg(name), value.isEmpty() ? itemtext::text(alert.rule.text()) : AlertModel::tr("%1; now %2").arg(itemtext::text(alert.rule.text()), value)};
    case AlertNews::What::Began:
        break;
    }
    if (news.before)
        return {name, AlertModel::tr("%1: now %2, before %3")
                          .arg(itemtext::text(alert.rule.text()), value, AlertModel::valueText(alert.rule, *news.before))};
    return {name, AlertModel::tr("%1: now %2").arg(itemtext::text(alert.rule.text()), value)};
}

} // namespace telltale
