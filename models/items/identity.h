// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

// Who somebody is, in the window: short and without a name, unless the person at the screen chose otherwise. Like the default QLocale it
// holds for the whole process; to be set and read on the UI thread. `telltale query` does not come by here.
namespace telltale::identity {

inline constexpr int kShortLength = 6;

/// Six characters that tell ids apart: the first ones of an id that is nothing but hex digits and dashes, which names nobody; else of
/// its hash, so that no beginning of a name or an address is shown. Empty for an empty one. Any thread.
QString pseudonym(std::string_view id);
/// As it is, or its pseudonym.
QString shown(std::string_view id);

bool areShown();
void setShown(bool areShown);

/// While it lives, ids are pseudonyms (or, with `areShown`, themselves): for what leaves the window.
class Scope
{
public:
    explicit Scope(bool areShown);
    ~Scope();
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;

private:
    bool m_before;
};

} // namespace telltale::identity
