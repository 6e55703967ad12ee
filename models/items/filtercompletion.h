// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

/// What can be typed into a filter where the cursor stands. Pure; microseconds.
namespace telltale {

/// The term that is being typed.
struct FilterToken
{
    int from = 0;          ///< where it begins in the text, behind a minus
    int length = 0;        ///< up to the cursor
    QString field;         ///< what stands before the colon; empty: that is being typed
    QString typed;         ///< of the field, else of the value, without quotes
    friend bool operator==(const FilterToken &, const FilterToken &) = default;
};
/// Of the text before `cursor`; inside quotes blanks end nothing.
FilterToken filterTokenAt(const QString &text, int cursor);

/// A value that a field has in the data, and how often.
struct FieldValue
{
    QString value;
    std::uint64_t count = 0; ///< 0: not known
    friend bool operator==(const FieldValue &, const FieldValue &) = default;
};

struct FilterSuggestion
{
    QString text;            ///< in place of the token: "release:", "release:4.2.0"
    std::uint64_t count = 0; ///< of a value, where it is known
    friend bool operator==(const FilterSuggestion &, const FilterSuggestion &) = default;
};
/// No more than this many are suggested.
inline constexpr std::size_t kMostSuggestions = 10;
/// Fields that begin as it was typed, then those that have it inside; in the order of filterFields().
std::vector<FilterSuggestion> suggestedFields(const FilterToken &token);
/// Of these values those that begin as it was typed, then those that have it inside; the most frequent first.
std::vector<FilterSuggestion> suggestedValues(const FilterToken &token, const std::vector<FieldValue> &values);
/// Values that a field has whatever the data are: kinds, severities, other fields; empty for others.
std::vector<FieldValue> fixedValues(const QString &field);

} // namespace telltale
