// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/filterwords.h"

#include "models/items/filterchips.h"
#include "models/items/itemtext.h"

#include <QCoreApplication>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::ChipRow)
};

QString valueInWords(const FilterTerm &term)
{
    const char *op = "";
    switch (term.op) {
    case FilterOperator::Equal:
        break;
    case FilterOperator::Greater:
        op = ">";
        break;
    case FilterOperator::GreaterOrEqual:
        op = ">=";
        break;
    case FilterOperator::Less:
        op = "<";
        break;
    case FilterOperator::LessOrEqual:
        op = "<=";
        break;
    }
    return QLatin1String(op) + itemtext::text(term.value);
}

} // namespace

QString fieldInWords(QString field)
{
    const std::pair<const char16_t *, QString> names[] = {
        {u"product", Words::tr("Product")},     {u"environment", Words::tr("Environment")}, {u"release", Words::tr("Release")},
        {u"user", Words::tr("User")},           {u"session", Words::tr("Session")},         {u"feature", Words::tr("Feature")},
        {u"screen", Words::tr("Screen")},       {u"event", Words::tr("Event")},             {u"error", Words::tr("Error")},
        {u"severity", Words::tr("Severity")},   {u"operation", Words::tr("Operation")},     {u"metric", Words::tr("Metric")},
        {u"os", Words::tr("System")},           {u"device", Words::tr("Device")},           {u"country", Words::tr("Country")},
        {u"dwell", Words::tr("Dwell")},         {u"duration", Words::tr("Duration")},       {u"kind", Words::tr("Kind")},
        {u"has", Words::tr("Has")},             {u"text", Words::tr("Text")},
    };
    for (const auto &[name, words] : names) {
        if (field == QStringView(name))
            return words;
    }
    if (!field.contains(u'.'))
        field.replace(0, 1, field.at(0).toUpper());
    return field;
}

QString termInWords(const QString &term)
{
    const auto filter = Filter::parse(term.toStdString());
    const auto chips = filter ? filterChips(*filter) : std::nullopt;
    if (!chips || chips->size() != 1)
        return term;
    const FilterChipTerms &chip = chips->front();
    const QString field = fieldInWords(itemtext::text(chip.front().field));
    if (chip.size() == 1) {
        const QString value = valueInWords(chip.front());
        return chip.front().isNegated ? Words::tr("not %1 %2").arg(field, value) : Words::tr("%1 %2", "field and value of a filter").arg(field, value);
    }
    QString values;
    for (const FilterTerm &one : chip) {
        const QString value = one.isNegated ? u'-' + valueInWords(one) : valueInWords(one);
        values = values.isEmpty() ? value : Words::tr("%1 or %2", "two values of a filter").arg(values, value);
    }
    return Words::tr("%1 %2", "field and value of a filter").arg(field, values);
}

} // namespace telltale
