// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/filterchips.h"

#include "models/items/itemtext.h"

#include <algorithm>

namespace telltale {

namespace {

/// Terms about one field that stand together in one alternative, and those that stand there in others.
struct Place
{
    std::string field;
    std::vector<std::vector<FilterTerm>> choices;
};

std::vector<FilterTerm> termsOf(const std::vector<FilterTerm> &alternative, const std::string &field)
{
    std::vector<FilterTerm> found;
    std::copy_if(alternative.begin(), alternative.end(), std::back_inserter(found), [&](const FilterTerm &term) { return term.field == field; });
    return found;
}

std::vector<Place> placesOf(const Filter &filter)
{
    std::vector<Place> places;
    for (const FilterTerm &term : filter.alternatives().front()) {
        if (std::none_of(places.begin(), places.end(), [&](const Place &place) { return place.field == term.field; }))
            places.push_back({term.field, {}});
    }
    for (const auto &alternative : filter.alternatives()) {
        for (Place &place : places) {
            auto terms = termsOf(alternative, place.field);
            if (std::find(place.choices.begin(), place.choices.end(), terms) == place.choices.end())
                place.choices.push_back(std::move(terms));
        }
    }
    return places;
}

/// Whether choosing one at each place gives just these alternatives, each once.
bool areAllChoices(const Filter &filter, const std::vector<Place> &places)
{
    std::size_t combinations = 1;
    for (const Place &place : places)
        combinations *= place.choices.size();
    if (combinations != filter.alternatives().size())
        return false;
    for (std::size_t i = 0; i < filter.alternatives().size(); ++i) {
        const auto &alternative = filter.alternatives()[i];
        const bool hasOthers = std::any_of(alternative.begin(), alternative.end(), [&](const FilterTerm &term) {
            return std::none_of(places.begin(), places.end(), [&](const Place &place) { return place.field == term.field; });
        });
        if (hasOthers || std::find(filter.alternatives().begin(), filter.alternatives().begin() + static_cast<std::ptrdiff_t>(i), alternative) !=
                             filter.alternatives().begin() + static_cast<std::ptrdiff_t>(i))
            return false;
    }
    return true;
}

QString termText(const FilterTerm &term)
{
    return itemtext::text(Filter(term).text());
}

} // namespace

std::optional<std::vector<FilterChipTerms>> filterChips(const Filter &filter)
{
    std::vector<FilterChipTerms> chips;
    if (filter.isEmpty())
        return chips;
    if (filter.alternatives().size() == 1) {
        for (const FilterTerm &term : filter.alternatives().front())
            chips.push_back({term});
        return chips;
    }
    const std::vector<Place> places = placesOf(filter);
    if (!areAllChoices(filter, places))
        return std::nullopt;
    for (const Place &place : places) {
        if (place.choices.size() == 1) {
            for (const FilterTerm &term : place.choices.front())
                chips.push_back({term});
            continue;
        }
        FilterChipTerms chip;
        for (const std::vector<FilterTerm> &choice : place.choices) {
            if (choice.size() != 1)
                return std::nullopt;
            chip.push_back(choice.front());
        }
        chips.push_back(std::move(chip));
    }
    return chips;
}

QString filterChipText(const FilterChipTerms &chip)
{
    QStringList terms;
    for (const FilterTerm &term : chip)
        terms.append(termText(term));
    return chip.size() == 1 ? terms.front() : u'(' + terms.join(QStringLiteral(" OR ")) + u')';
}

QStringList filterChipTexts(const std::vector<FilterChipTerms> &chips)
{
    QStringList texts;
    for (const FilterChipTerms &chip : chips)
        texts.append(filterChipText(chip));
    return texts;
}

} // namespace telltale
