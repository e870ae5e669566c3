#!/bin/bash
# Builds the programs that a reader runs most from Debian's source packages, with less to load than Debian's
# own: busybox, unshare and nsenter with musl, which starts fastest; bash, crun and ps with glibc, as static
# files, since each fork copies the areas of a bash with libraries, and Debian's crun loads ten; the kin of ps
# with the C library alone, for the size of the image.
# They print what Debian's print, with the exceptions that the page content/about/machine.mdx lists.
# usage: build.sh CACHE_FOLDER; needs CACHE_FOLDER/debian and CACHE_FOLDER/compilers.
# Result: CACHE_FOLDER/programs, laid out like the root, and rows in CACHE_FOLDER/found.tsv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$1" && pwd)
debian=$cache/debian compilers=$cache/compilers work=$cache/programs-work result=$cache/programs
sources=(bash busybox crun procps util-linux)

# What the result depends on.
stamp() {
  cat "$here"/* "$cache/compilers/.built" "$cache/packages.tsv" | sha256sum
  for name in "${sources[@]}"; do cat "$cache/sources/$name"_*.dsc; done | sha256sum
}

compile() { # compile SOURCE OPTION...: makes in its folder, without autotools: the archives hold what those made
  (cd "$work/$1" && make --quiet -j"$(nproc)" AUTOCONF=: AUTOMAKE=: ACLOCAL=: AUTOHEADER=: "${@:2}") \
    >> "$work/$1.log" 2>&1 || fail "$1"
}

fail() {
  tail -n 20 "$work/$1.log" >&2
  exit 1
}

unpack() {
  dpkg-source --no-check -x "$cache/sources/$1"_*.dsc "$work/$1" > /dev/null
}

configure() { # configure SOURCE COMPILER OPTION...: unpacks and configures it
  local name=$1 compiler=$2
  shift 2
  unpack "$name"
  [ ! -e "$here/$name.patch" ] || patch --quiet --directory="$work/$name" --strip=1 < "$here/$name.patch"
  # A map of paths and no build id, so that two builds give the same bytes.
  (cd "$work/$name" &&
    ./configure --quiet --host=i686-linux-gnu --prefix=/usr --disable-nls --disable-shared --enable-static \
      CC="$compiler" CFLAGS="$flags" LDFLAGS="$link" \
      PKG_CONFIG_LIBDIR="$debian/usr/lib/i386-linux-gnu/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$debian" "$@") \
    > "$work/$name.log" 2>&1 || fail "$name"
}

keep() { # keep BUILT NAME: puts a program where the root has it
  install -D -m 755 "$work/$1" "$result/$2"
  strip --strip-all "$result/$2"
}

# Debian's options for its static busybox, but for two that need the regular expressions of glibc: vi searches
# for plain text, and grep has no -z.
build_busybox() {
  unpack busybox
  (cd "$work/busybox" &&
    sed -E 's/^(CONFIG_EXTRA_COMPAT|CONFIG_FEATURE_VI_REGEX_SEARCH)=y/# \1 is not set/' \
      debian/config/os/linux debian/config/pkg/static > .config &&
    export KCONFIG_NOTIMESTAMP=1 &&
    make silentoldconfig < <(yes '') &&
    make -j"$(nproc)" CC="$compilers/musl-cc" SKIP_STRIP=y \
      BB_EXTRA_VERSION="Debian $(dpkg-parsechangelog -S Version), musl") > "$work/busybox.log" 2>&1 || fail busybox
}

build_all() {
  local name link='-no-pie -Wl,--gc-sections -Wl,--build-id=none'
  local flags="-O2 -fno-pie -fno-stack-protector -ffunction-sections -fdata-sections -ffile-prefix-map=$work=."
  local glibc=$compilers/glibc-cc static="LDFLAGS=-all-static $link"
  rm -rf "$result" "$work"
  mkdir -p "$work"
  build_busybox
  keep busybox/busybox usr/bin/busybox

  link="$link -Wl,-T,$here/bash.ld" configure bash "$glibc" --build=i686-linux-gnu --without-bash-malloc --enable-static-link
  compile bash bash
  keep bash/bash usr/bin/bash

  # No SELinux and no systemd in this machine: the programs need not look for them.
  configure util-linux "$compilers/musl-cc" --disable-all-programs --enable-unshare --enable-nsenter --without-systemd \
    --without-udev --without-selinux --without-python --without-ncursesw --without-tinfo --without-readline \
    --without-cap-ng
  compile util-linux unshare nsenter
  for name in unshare nsenter; do keep "util-linux/$name" "usr/bin/$name"; done

  configure procps "$glibc" --enable-w-from --disable-pidof --disable-modern-top --without-ncurses --without-systemd
  compile procps "$static" src/ps/pscommand
  compile procps src/free src/pgrep src/sysctl src/uptime src/vmstat
  keep procps/src/ps/pscommand usr/bin/ps
  for name in free pgrep uptime vmstat; do keep "procps/src/$name" "usr/bin/$name"; done
  ln -s pgrep "$result/usr/bin/pkill"
  keep procps/src/sysctl usr/sbin/sysctl

  configure crun "$glibc" --disable-systemd --disable-criu --disable-dl LIBS=-lyajl_s YAJL_CFLAGS=-DYAJL YAJL_LIBS=-lyajl_s
  compile crun "$static" all
  keep crun/crun usr/bin/crun

  for name in bash busybox crun nsenter ps unshare; do
    ! readelf -lW "$result/usr/bin/$name" | grep -q INTERP || { echo "$name is not static" >&2; exit 1; }
    ! grep -aq /usr/lib32 "$result/usr/bin/$name" || { echo "$name is linked with the build machine's glibc" >&2; exit 1; }
  done
}

"$here/../sources.sh" "$cache" "${sources[@]}"
[ "$(cat "$result/.built" 2>/dev/null)" = "$(stamp)" ] && exit
build_all
stamp > "$result/.built"
