#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs every test.
#
#   tests/run.sh                      the release preset
#   tests/run.sh asan|tsan|dev        another preset
#   tests/run.sh release -R store     further arguments go to ctest
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=resources/scripts/setup.sh
source "$root/resources/scripts/setup.sh"

preset=release
if [[ $# -gt 0 && $1 != -* ]]; then
    preset=$1
    shift
fi

# The SDK programs need Node; Debian's npm would quarrel with a Node from elsewhere, so only what is not there.
node=()
command -v node >/dev/null || node+=(nodejs)
command -v npm >/dev/null || node+=(npm)
install_missing "$root/resources/packages.txt" "$root/resources/packages-tests.txt" ${node[@]+-- "${node[@]}"}

# npm writes node_modules/.package-lock.json last: as long as it is newer than the lock file, there is nothing to do.
sdk=$root/tests/sdk
if [[ ! $sdk/node_modules/.package-lock.json -nt $sdk/package-lock.json ]]; then
    say "Installing the SDKs that tests/sdk drives"
    (cd "$sdk" && npm ci --no-audit --no-fund --loglevel=error) >&2
fi

build "$preset"
exec ctest --test-dir "$root/build/$preset" --output-on-failure --no-tests=error --parallel "$(nproc)" "$@"
