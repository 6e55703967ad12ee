// SPDX-License-Identifier: GPL-3.0-or-later
// Lists what every counter means in the form that lupdate reads; the build keeps the list beside the catalogues.
#include "models/telemetry/counters.h"

#include <cstdio>
#include <string>

int main()
{
    for (const telltale::CounterInfo &counter : telltale::allCounters()) {
        std::string text;
        for (const char c : counter.help)
            text += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
        std::printf("QT_TRANSLATE_NOOP(\"telltale::Counters\", \"%s\")\n", text.c_str());
    }
}
