#!/bin/bash
# Builds the agent, one static program, and the initramfs that holds it and nothing else. It is linked
# with musl, from the packages of the root: a tenth of the size that it has with glibc, and all of it
# lies locked in memory, so in each snapshot.
# usage: build.sh CACHE_FOLDER; result: CACHE_FOLDER/agent.cpio.gz
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
include=$cache/debian/usr/include/i386-linux-musl
lib=$cache/debian/usr/lib/i386-linux-musl
rm -rf "$cache/initramfs"
mkdir -p "$cache/initramfs"
# The kernel's headers are those of the build machine; what is used of them does not change.
gcc -m32 -std=c17 -O2 -Wall -Wextra -Wconversion -Werror -static -s -no-pie -fno-pie -fno-stack-protector \
  -nostdinc -isystem "$include" -isystem "$(gcc -m32 -print-file-name=include)" \
  -idirafter /usr/include/x86_64-linux-gnu -idirafter /usr/include \
  -nostartfiles -nodefaultlibs -Wl,--build-id=none -o "$cache/initramfs/init" \
  "$lib/crt1.o" "$lib/crti.o" "$here"/*.c -L"$lib" \
  -Wl,--start-group -lc "$(gcc -m32 -print-libgcc-file-name)" -Wl,--end-group "$lib/crtn.o"
# Fixed times and order, so that two builds give the same bytes.
touch -d @0 "$cache/initramfs/init" "$cache/initramfs"
(cd "$cache/initramfs" && echo init | cpio --quiet --create --format=newc --reproducible --owner=0:0) |
  gzip -9n > "$cache/agent.cpio.gz"
