#!/bin/bash
# Builds programs from Debian's source packages: those that readers run most, to load less than Debian's own, and those
# that would otherwise need large libraries. recipes/ has a file for each source. Programs linked with musl start
# fastest. bash, crun and ps are linked statically with glibc: a fork of a bash with shared libraries would copy more
# memory areas.
# They print the same as Debian's, with the exceptions that the page content/about/machine.mdx lists.
# usage: build.sh CACHE_FOLDER; needs CACHE_FOLDER/debian and CACHE_FOLDER/compilers.
# Result: CACHE_FOLDER/programs/SOURCE, each laid out like the root, and rows in CACHE_FOLDER/found.tsv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$1" && pwd)
debian=$cache/debian compilers=$cache/compilers work=$cache/programs-work result=$cache/programs
libraries=$work/libraries

# Sources, and our own programs, in the order of building: libraries before the programs that use them.
sources=(attr acl pcre2 libpcap bash busybox coreutils crun file findutils grep hostname iproute2 kmod mawk mdocml procps
  rsync sed socat sudo tcpdump util-linux)
own=(burn hello-amd64 container)

stamp() { # stamp NAME: the hashes of everything that its result depends on
  cat "$here"/*.sh "$here/recipes/$1".* "$cache/compilers/.built" | sha256sum
  grep -E '^[^[:blank:]]*-dev[[:blank:]]' "$cache/packages.tsv" | sha256sum # the libraries it is linked with
  [ ! -e "$cache/sources/$1"_*.dsc ] || cat "$cache/sources/$1"_*.dsc | sha256sum
}

"$here/../sources.sh" "$cache" "${sources[@]}"
mkdir -p "$work" "$result"
for name in "${sources[@]}" "${own[@]}"; do
  built=$result/$name
  [ "$(cat "$work/$name.built" 2> /dev/null)" != "$(stamp "$name")" ] || continue
  rm -rf "$built" "${work:?}/$name" "$work/$name.built"
  mkdir -p "$built"
  # In a subshell, so that the variables of one recipe do not affect the others.
  (. "$here/helpers.sh"; . "$here/recipes/$name.sh")
  # If a file contained the path of this folder, a build in another folder would produce different bytes.
  ! grep -rlF "$cache" "$built" >&2 || { echo "guest:build: the files of $name above contain the path $cache" >&2; exit 1; }
  stamp "$name" > "$work/$name.built"
done
