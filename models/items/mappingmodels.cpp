// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/mappingmodels.h"

#include "models/telemetry/filterfields.h"

namespace telltale {
namespace {

constexpr std::size_t kShownPayload = 300;
constexpr qsizetype kShownRecords = 6;

QString orDash(const std::string &text)
{
    return text.empty() ? QStringLiteral("–") : itemtext::text(text);
}

QString stateOf(const RuleRow &row)
{
    if (!row.problem.empty())
        return itemtext::text(row.problem);
    if (!row.isOwn)
        return RuleModel::tr("built in");
    return row.isOn ? RuleModel::tr("yours") : RuleModel::tr("yours, off");
}

QString fieldOf(const RuleRow &row)
{
    return row.meaning.empty() ? itemtext::text(row.field)
                               : RuleModel::tr("%1: %2", "a field of a mapping, what it becomes").arg(itemtext::text(row.field), itemtext::text(row.meaning));
}

std::string textIn(const Value::Map &record, std::string_view key)
{
    for (const auto &[name, value] : record) {
        if (name == key)
            return toDisplayText(value);
    }
    return {};
}

QString recordWords(const Value &value)
{
    const auto *record = value.as<Value::Map>();
    if (!record)
        return {};
    const RecordKind kind = recordKindNamed(textIn(*record, "kind")).value_or(RecordKind::Log);
    const QString name = itemtext::text(textIn(*record, "name"));
    if (kind == RecordKind::MetricPoint) {
        const QString figure = itemtext::text(textIn(*record, "value")), unit = itemtext::text(textIn(*record, "unit"));
        return unit.isEmpty() ? MessageModel::tr("%1 = %2", "a metric, its value").arg(name, figure)
                              : MessageModel::tr("%1 = %2 %3", "a metric, its value, its unit").arg(name, figure, unit);
    }
    const std::string said = kind == RecordKind::Error ? textIn(*record, "message") : textIn(*record, "body");
    const QString what = name.isEmpty() ? itemtext::text(said) : name;
    return what.isEmpty() ? RuleChangeModel::kindWord(kind) : MessageModel::tr("%1: %2", "a kind of record, its name").arg(RuleChangeModel::kindWord(kind), what);
}

} // namespace

RuleModel::RuleModel(QObject *parent)
    : DescribedTable({{tr("Field"), [](const RuleRow &row) { return fieldOf(row); }, [](const RuleRow &row) { return QVariant(fieldOf(row)); }},
                      {tr("Comes from"), [](const RuleRow &row) { return itemtext::text(row.source); },
                       [](const RuleRow &row) { return QVariant(itemtext::text(row.source)); }},
                      {tr("When"), [](const RuleRow &row) { return row.when.empty() ? tr("always") : itemtext::text(row.when); },
                       [](const RuleRow &row) { return QVariant(itemtext::text(row.when)); }},
                      {tr("Rule"), [](const RuleRow &row) { return stateOf(row); }, [](const RuleRow &row) { return QVariant(stateOf(row)); }, false,
                       [](const RuleRow &row) { return row.problem.empty() ? 0 : -1; }}},
                     parent)
{}

RuleChangeModel::RuleChangeModel(QObject *parent)
    : DescribedTable({{tr("Records"), [](const RuleChangeRow &row) {
                           return row.name.empty() ? kindWord(row.kind)
                                                   : tr("%1 (%2)", "a name, the kind of record").arg(itemtext::text(row.name), kindWord(row.kind));
                       },
                       [](const RuleChangeRow &row) { return QVariant(itemtext::text(row.name)); }},
                      {tr("Before"), [](const RuleChangeRow &row) { return orDash(row.before); },
                       [](const RuleChangeRow &row) { return QVariant(itemtext::text(row.before)); }},
                      {tr("After"), [](const RuleChangeRow &row) { return orDash(row.after); },
                       [](const RuleChangeRow &row) { return QVariant(itemtext::text(row.after)); }},
                      {tr("How many"), [](const RuleChangeRow &row) { return itemtext::count(row.records); },
                       [](const RuleChangeRow &row) { return number(row.records); }, true}},
                     parent)
{}

QString RuleChangeModel::kindWord(RecordKind kind)
{
    switch (kind) {
    case RecordKind::UsageEvent:
        return tr("use", "a kind of record");
    case RecordKind::ScreenView:
        return tr("screen view", "a kind of record");
    case RecordKind::Error:
        return tr("error", "a kind of record");
    case RecordKind::Span:
        return tr("operation", "a kind of record");
    case RecordKind::MetricPoint:
        return tr("figure", "a kind of record");
    case RecordKind::SessionBound:
        return tr("session", "a kind of record");
    case RecordKind::Log:
        break;
    }
    return tr("log line", "a kind of record");
}

std::string RuleChangeModel::keyOf(const RuleChangeRow &row) const
{
    return std::to_string(static_cast<int>(row.kind)) + '\n' + row.name + '\n' + row.before + '\n' + row.after;
}

MessageRuleModel::MessageRuleModel(QObject *parent)
    : DescribedTable({{tr("Topic"), [](const MessageRuleRow &row) { return orDash(row.topic); },
                       [](const MessageRuleRow &row) { return QVariant(itemtext::text(row.topic)); }},
                      {tr("State"), [](const MessageRuleRow &row) { return row.problem.empty() ? tr("fine") : itemtext::text(row.problem); },
                       [](const MessageRuleRow &row) { return QVariant(itemtext::text(row.problem)); }, false,
                       [](const MessageRuleRow &row) { return row.problem.empty() ? 0 : -1; }}},
                     parent)
{}

MessageModel::MessageModel(QObject *parent)
    : DescribedTable({{tr("Topic"), [](const MessageRow &row) { return itemtext::text(row.topic); },
                       [](const MessageRow &row) { return QVariant(itemtext::text(row.topic)); }},
                      {tr("Message"), [](const MessageRow &row) { return itemtext::text(row.payload.substr(0, kShownPayload)).simplified(); },
                       [](const MessageRow &row) { return QVariant(itemtext::text(row.payload)); }},
                      {tr("Rule"), [](const MessageRow &row) { return row.pattern.empty() ? tr("the usual") : itemtext::text(row.pattern); },
                       [](const MessageRow &row) { return QVariant(itemtext::text(row.pattern)); }},
                      {tr("Becomes"), [](const MessageRow &row) { return becomesText(row); }, [](const MessageRow &row) { return QVariant(becomesText(row)); }, false,
                       [](const MessageRow &row) { return row.records.empty() && !row.remarks.empty() ? -1 : 0; }}},
                     parent)
{}

QString MessageModel::becomesText(const MessageRow &row)
{
    QStringList words;
    for (const Value &record : row.records) {
        if (words.size() < kShownRecords)
            words.append(recordWords(record));
    }
    const auto more = static_cast<qsizetype>(row.records.size()) - words.size();
    if (more > 0)
        words.append(tr("%n more", nullptr, static_cast<int>(more)));
    for (const std::string &remark : row.remarks)
        words.append(itemtext::text(remark));
    return words.isEmpty() ? tr("nothing") : words.join(QStringLiteral("; "));
}

} // namespace telltale
