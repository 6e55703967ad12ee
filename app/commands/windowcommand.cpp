// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include <cstdio>

namespace telltale {

int runWindow(const GlobalOptions &, const std::string &)
{
    std::fputs("telltale: the window is not built yet\n", stderr);
    return ExitFailed;
}

} // namespace telltale
