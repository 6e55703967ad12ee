// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include <CLI/CLI.hpp>

namespace telltale {

void addQueryCommand(CLI::App &, const GlobalOptions &, Run &)
{
}

} // namespace telltale
