#!/bin/bash
# Prepares the compilers of the agent and the programs: gcc with glibc, and gcc with musl, which is built from
# Debian's source. Fork, exec and exit of an empty static program take 309 thousand instructions with musl and 470
# thousand with glibc, which prepares more than such a program needs. glibc's error messages replace musl's.
# usage: build.sh CACHE_FOLDER; needs CACHE_FOLDER/debian; result: glibc-cc and musl-cc in CACHE_FOLDER/compilers
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$1" && pwd)
debian=$cache/debian result=$cache/compilers work=$cache/compilers-work

stamp() { # everything that the result depends on
  cat "$here"/{build.sh,*-cc,messages.c,musl-patches/*} "$cache"/sources/musl_*.dsc "$cache/packages.tsv" | sha256sum
  gcc --version
}

build_musl() {
  dpkg-source --no-check -x "$cache"/sources/musl_*.dsc "$work/musl"
  cd "$work/musl"
  for change in "$here"/musl-patches/*; do patch --strip=1 < "$change"; done
  "$result/glibc-cc" -static -o ../messages "$here/messages.c"
  ../messages > src/errno/strerror.c
  ./configure --target=i386-linux-musl --disable-shared --prefix="$result/musl" CC='gcc -m32' \
    CFLAGS="-O2 -fno-pie -fno-stack-protector -ffile-prefix-map=$work=."
  make -j"$(nproc)" AR=ar RANLIB=ranlib install
  cp -r "$debian"/usr/include/{asm-generic,linux,mtd} "$debian/usr/include/i386-linux-gnu/asm" "$result/musl/include/"
}

"$here/../sources.sh" "$cache" musl
[ "$(cat "$result/.built" 2>/dev/null)" = "$(stamp)" ] && exit
rm -rf "$result" "$work"
mkdir -p "$result/lib" "$work"
cp "$here"/*-cc "$result/"
ln -s ../../debian/usr/lib/i386-linux-gnu "$result/lib/32"
# In the background, because bash ignores `set -e` in a command before ||.
(build_musl) > "$work/musl.log" 2>&1 &
wait $! || {
  tail -n 20 "$work/musl.log" >&2
  exit 1
}
stamp > "$result/.built"
