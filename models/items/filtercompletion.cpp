// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/filtercompletion.h"

#include "models/items/itemtext.h"
#include "models/items/viewstate.h"
#include "models/telemetry/filterfields.h"

#include <algorithm>

namespace telltale {

namespace {

/// Those with `typed` at their start before those with it inside, otherwise as they were.
template<typename T, typename Text>
void keepMatching(std::vector<T> &all, const QString &typed, const Text &text)
{
    std::erase_if(all, [&](const T &one) { return !text(one).contains(typed, Qt::CaseInsensitive); });
    std::stable_partition(all.begin(), all.end(), [&](const T &one) { return text(one).startsWith(typed, Qt::CaseInsensitive); });
    if (all.size() > kMostSuggestions)
        all.resize(kMostSuggestions);
}

} // namespace

FilterToken filterTokenAt(const QString &text, int cursor)
{
    const int end = std::clamp(cursor, 0, static_cast<int>(text.size()));
    FilterToken token;
    int colon = -1;
    bool isQuoted = false;
    QString plain; // since the last beginning, without quotes
    for (int at = 0; at < end; ++at) {
        const QChar c = text[at];
        if (c == u'\\' && at + 1 < end) {
            plain += text[++at];
        } else if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c.isSpace() || c == u'(' || c == u')' || (c == u'-' && at == token.from))) {
            token.from = at + 1;
            colon = -1;
            plain.clear();
        } else {
            if (!isQuoted && c == u':' && colon < 0) {
                colon = static_cast<int>(plain.size());
            }
            plain += c;
        }
    }
    token.length = end - token.from;
    token.field = colon < 0 ? QString() : plain.left(colon).toLower();
    token.typed = colon < 0 ? plain : plain.mid(colon + 1);
    return token;
}

std::vector<FilterSuggestion> suggestedFields(const FilterToken &token)
{
    std::vector<FilterSuggestion> fields;
    for (const FilterField &field : filterFields()) {
        const QString name = itemtext::text(field.name);
        fields.push_back({name.endsWith(u'.') ? name : name + u':'});
    }
    keepMatching(fields, token.typed, [](const FilterSuggestion &one) { return one.text; });
    return fields;
}

std::vector<FilterSuggestion> suggestedValues(const FilterToken &token, const std::vector<FieldValue> &values)
{
    std::vector<FieldValue> sorted = values;
    std::erase_if(sorted, [](const FieldValue &one) { return one.value.isEmpty(); });
    std::stable_sort(sorted.begin(), sorted.end(), [](const FieldValue &a, const FieldValue &b) { return a.count > b.count; });
    keepMatching(sorted, token.typed, [](const FieldValue &one) { return one.value; });
    std::vector<FilterSuggestion> suggestions;
    for (const FieldValue &one : sorted)
        suggestions.push_back({ViewState::termText(token.field, one.value), one.count});
    return suggestions;
}

std::vector<FieldValue> fixedValues(const QString &field)
{
    QStringList values;
    if (field == u"severity") {
        values = {QStringLiteral("trace"), QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warn"), QStringLiteral("error"), QStringLiteral("fatal")};
    } else if (field == u"kind") {
        for (const RecordKind kind : {RecordKind::UsageEvent, RecordKind::ScreenView, RecordKind::Error, RecordKind::Log, RecordKind::Span, RecordKind::MetricPoint,
                                      RecordKind::SessionBound})
            values << itemtext::text(recordKindName(kind));
    } else if (field == u"has") {
        for (const FilterField &other : filterFields()) {
            if (other.name != "has" && other.name != "kind" && other.name != "text" && !other.name.ends_with('.'))
                values << itemtext::text(other.name);
        }
    }
    std::vector<FieldValue> found;
    for (const QString &value : values)
        found.push_back({value});
    return found;
}

} // namespace telltale
