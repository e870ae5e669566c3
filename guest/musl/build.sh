#!/bin/bash
# Lays out what the agent and the small programs are compiled with: a compiler for musl. Fork, exec and exit
# of an empty static program take 309 thousand instructions with it, 470 with glibc, which starts with more
# than such a program needs. Its error messages are made glibc's.
# usage: build.sh CACHE_FOLDER; result: CACHE_FOLDER/musl, of packages in CACHE_FOLDER/debian
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
debian=$cache/debian musl=$cache/musl
rm -rf "$musl"
mkdir -p "$musl"
cp -r "$debian/usr/include/i386-linux-musl" "$musl/include"
cp -r "$debian"/usr/include/{asm-generic,linux,mtd} "$debian/usr/include/i386-linux-gnu/asm" "$musl/include/"
cp -r "$debian/usr/lib/i386-linux-musl" "$musl/lib"
cp "$here/cc" "$musl/"
gcc -m32 --sysroot="$debian" -static -o "$musl/messages" "$here/messages.c"
"$musl/messages" > "$musl/strerror.c"
"$musl/cc" -O2 -c -o "$musl/strerror.lo" "$musl/strerror.c"
ar rD "$musl/lib/libc.a" "$musl/strerror.lo"
