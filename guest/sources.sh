#!/bin/bash
# Fetches source packages of Debian and notes them for the lock. apt checks them with Debian's keys.
# usage: sources.sh CACHE_FOLDER NAME...; result: CACHE_FOLDER/sources/NAME_*.dsc and their archives
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$1" && pwd)
shift
sources=$cache/sources
mirror=$("$here/mirror.sh")
mkdir -p "$sources/apt/lists/partial" "$sources/apt/cache/archives/partial"
echo "deb-src $mirror bookworm main" > "$sources/apt/sources.list"
apt=(apt-get -qq -o APT::Sandbox::User=root -o Dir::Etc::sourcelist="$sources/apt/sources.list"
  -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$sources/apt/lists"
  -o Dir::Cache="$sources/apt/cache")
"${apt[@]}" update
for name in "$@"; do rm -f "$sources/$name"_*.dsc; done
(cd "$sources" && "${apt[@]}" source --download-only "$@")
for name in "$@"; do # a .dsc holds the hashes of the archives
  dsc=$(echo "$sources/$name"_*.dsc)
  printf 'source of %s\t%s\t%s\n' "$name" "$(sed -n 's/^Version: //p' "$dsc" | head -n 1)" \
    "$(sha256sum "$dsc" | cut -c 1-64)" >> "$cache/found.tsv"
done
