#!/bin/bash
# Builds the agent, one static program, and the initramfs, which contains only the agent. With musl, the agent has a
# tenth of its size with glibc. Its size matters, because it is locked in memory and therefore part of each snapshot.
# usage: build.sh CACHE_FOLDER; needs CACHE_FOLDER/compilers; result: CACHE_FOLDER/agent.cpio.gz
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
rm -rf "$cache/initramfs"
mkdir -p "$cache/initramfs"
"$cache/compilers/musl-cc" -std=c17 -O2 -Wall -Wextra -Wconversion -Werror -s -o "$cache/initramfs/init" "$here"/*.c
# Fixed times and order, so that two builds give the same bytes.
touch -d @0 "$cache/initramfs/init" "$cache/initramfs"
(cd "$cache/initramfs" && echo init | cpio --quiet --create --format=newc --reproducible --owner=0:0) |
  gzip -9n > "$cache/agent.cpio.gz"
