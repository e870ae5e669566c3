#!/bin/bash
# Fuzzes the agent's readers natively, with the sanitizers for addresses and undefined behaviour.
# usage: run.sh [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command -v gcc > /dev/null || { echo 'fuzz: gcc is missing. On Debian: apt install gcc libc6-dev' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -std=c17 -O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
  -o "$work/fuzz" "$here/fuzz.c" "$here/../frame.c" "$here/../marker.c"
"$work/fuzz" "${1:-200000}" "$(date +%s%N)"
