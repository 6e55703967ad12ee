# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# Shared by app/run.sh and tests/run.sh: installs what is missing, configures, builds. Sourced, never run.
# Needs `root`, the folder of the sources.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Prints the packages of the lists that are not installed. One look at the package database, some 20 ms.
missing_packages() {
    local wanted installed
    wanted=$(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@" | LC_ALL=C sort -u)
    # shellcheck disable=SC2086 # one argument a package
    installed=$( (dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true) |
        sed -n 's/ installed$//p' | LC_ALL=C sort -u)
    LC_ALL=C comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install_missing LIST... [-- PACKAGE...]: the packages of the lists, and those named, as far as they are not there.
install_missing() {
    local lists=() extra=() missing
    while [[ $# -gt 0 && $1 != -- ]]; do lists+=("$1"); shift; done
    [[ $# -gt 0 ]] && shift && extra=("$@")
    command -v dpkg-query >/dev/null || fail "Telltale is built on Debian 12; this machine has no dpkg."
    missing=$(missing_packages "${lists[@]}" <(printf '%s\n' "${extra[@]}") | paste -sd ' ')
    [[ -n $missing ]] || return 0
    say "Installing: $missing"
    if [[ $(id -u) -ne 0 ]] && ! command -v sudo >/dev/null; then
        fail "Only root can install packages, and there is no sudo here. Run this once as root, then try again:" \
             "  apt-get update && apt-get install --no-install-recommends $missing"
    fi
    as_root apt-get update -q >&2
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
    has_installed=1
}
has_installed=0

# build PRESET [TARGET...]: configures once (again when the sources moved, or when packages came that were not found), then
# leaves it to ninja what is to be done.
build() {
    local preset=$1 folder=$root/build/$1 fresh=()
    shift
    if [[ -f $folder/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        fresh=(--fresh)
    fi
    if [[ ! -f $folder/build.ninja || ${#fresh[@]} -gt 0 || $has_installed -eq 1 ]]; then
        (cd "$root" && cmake --preset "$preset" ${fresh[@]+"${fresh[@]}"}) >&2
    fi
    (cd "$root" && cmake --build --preset "$preset" ${1+--target "$@"}) >&2
}
