// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/settingsfile.h"

#define SI_NO_CONVERSION // bytes in, bytes out
#include <SimpleIni.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The sections of a settings file that there may be several of, one a source: [scrape NAME], [mqtt NAME], [follow NAME].
namespace telltale::sections {

/// Reads them into `loaded`, with their problems. A section that says too little is left out.
void read(const CSimpleIniA &ini, LoadedSettings &loaded);
/// Changes only what is different between both, and takes away what is no longer there.
void write(CSimpleIniA &ini, const Settings &before, const Settings &after);
/// True when the section is one of them; then `isKnown` says whether it has such a key.
bool owns(std::string_view section, std::string_view key, bool &isKnown);

/// What a value can not hold is left out.
std::string oneLine(std::string text);
void set(CSimpleIniA &ini, const char *section, const char *key, const std::string &value, const char *comment = nullptr);
std::vector<std::string> valuesOf(const CSimpleIniA &ini, const char *section, const char *key);
Result<void> readBool(bool &value, const std::string &text);
std::string boolText(bool value);
std::string durationText(std::chrono::nanoseconds time);
/// "[section] key"
std::string placeOf(std::string_view section, std::string_view key);

} // namespace telltale::sections
