#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Telltale and opens its window with live example data.
#
#   app/run.sh                 the window, and Stride's example users behind it
#   app/run.sh --build-only    stops after the build: build/release/bin/telltale
#   app/run.sh --no-demo       the window on your own data
#   app/run.sh ARGUMENTS       goes to telltale (see telltale --help)
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=resources/scripts/setup.sh
source "$root/resources/scripts/setup.sh"

build_only=false
demo=true
arguments=()
for argument in "$@"; do
    case $argument in
    --build-only) build_only=true ;;
    --no-demo) demo=false ;;
    -h | --help) sed -n '3,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) arguments+=("$argument") ;;
    esac
done

install_missing "$root/resources/packages.txt"
build release telltale
program=$root/build/release/bin/telltale
if $build_only; then
    say "Built $program"
    exit 0
fi

if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
    cat >&2 <<TEXT
There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window. Telltale is built; to get a picture:

  $program collect --cache stride.db &
  $program demo --history 7d --for 0s
  $program snapshot overview --cache stride.db --out overview.png
  kill %1

TEXT
    exit 0
fi

if ! $demo; then
    exec "$program" ${arguments[@]+"${arguments[@]}"}
fi

# The example has a cache of its own: it never mixes with what your own apps send. --cache FILE takes another.
data=${XDG_DATA_HOME:-$HOME/.local/share}/telltale
cache=
for ((i = 0; i < ${#arguments[@]}; ++i)); do
    case ${arguments[i]} in
    --cache) cache=${arguments[i + 1]:-} ;;
    --cache=*) cache=${arguments[i]#--cache=} ;;
    esac
done
if [[ -z $cache ]]; then
    cache=$data/stride-demo.db
    arguments=(--cache "$cache" ${arguments[@]+"${arguments[@]}"})
    mkdir -p "$data"
    chmod 700 "$data"
fi
scratch=$(mktemp -d)
demo_process=
window_process=
# shellcheck disable=SC2317 # called by the trap
finish() {
    [[ -z $demo_process ]] || kill "$demo_process" 2>/dev/null || true
    [[ -z $window_process ]] || kill "$window_process" 2>/dev/null || true
    [[ -z $demo_process ]] || wait "$demo_process" 2>/dev/null || true
    [[ -z $window_process ]] || wait "$window_process" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Examples are not sent twice: a second start goes on where the first one ended. The first one begins with the overview,
# as there will be something to see in a moment.
if [[ ! -e $cache ]]; then
    rm -f "$cache.demo"
    [[ " ${arguments[*]}" == *" --view"* ]] || arguments=(--view overview "${arguments[@]}")
fi

# The window says on a line of JSON, as `telltale collect` does, where it listens.
"$program" "${arguments[@]}" >"$scratch/window" &
window_process=$!
endpoint=
for ((i = 0; i < 300; ++i)); do
    endpoint=$(sed -n '/"ready":true/s/.*"otlp_http":"\([^"]*\)".*/\1/p' "$scratch/window" | head -n 1)
    [[ -z $endpoint ]] || break
    kill -0 "$window_process" 2>/dev/null || break
    sleep 0.1
done
if [[ -n $endpoint ]]; then
    "$program" demo --endpoint "$endpoint" --history 28d --resume "$cache.demo" >/dev/null 2>"$scratch/demo" &
    demo_process=$!
elif kill -0 "$window_process" 2>/dev/null; then # else it was open already
    say "The window does not listen, so the example's users have nowhere to send to."
fi
status=0
wait "$window_process" || status=$?
window_process=
exit "$status"
