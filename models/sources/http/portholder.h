// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace telltale {

/// Who listens on a TCP port of this machine, as a phrase for a message: "process 4711 (otelcol)", "a process of user
/// 1000" when its files can not be read, or "another program". Linux: /proc/net/tcp, /proc/net/tcp6 and /proc/PID/fd.
/// Cost: a walk over all readable processes; only for errors.
std::string describePortHolder(std::uint16_t port);

} // namespace telltale
