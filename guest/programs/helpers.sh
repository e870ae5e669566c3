# Functions and settings that the recipes share. For each program, build.sh reads this file and then recipes/NAME.sh.
# Needs: here, cache, debian, compilers, work, libraries, built.

# A fixed date, a map of paths, and no build id, so that two builds give the same bytes.
export SOURCE_DATE_EPOCH=1763856000
# Two segments instead of four: an exec maps less, and a fork copies less.
link='-no-pie -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noseparate-code'
flags="-O2 -fno-pie -fno-stack-protector -ffunction-sections -fdata-sections -ffile-prefix-map=$work=."
musl=$compilers/musl-cc glibc=$compilers/glibc-cc

fail() {
  tail -n 20 "$work/$1.log" >&2
  echo "guest:build: $1 could not be built; all its output is in $work/$1.log" >&2
  exit 1
}

unpack() { # unpack SOURCE: with Debian's patches and ours
  dpkg-source --no-check -x "$cache/sources/$1"_*.dsc "$work/$1" > /dev/null
  [ ! -e "$here/recipes/$1.patch" ] || patch --quiet --directory="$work/$1" --strip=1 < "$here/recipes/$1.patch"
}

configure() { # configure SOURCE COMPILER OPTION...: unpacks and configures it
  local name=$1 compiler=$2
  shift 2
  unpack "$name"
  (cd "$work/$name" &&
    FORCE_UNSAFE_CONFIGURE=1 ./configure --quiet --host=i686-linux-gnu --prefix=/usr --sysconfdir=/etc \
      --localstatedir=/var --disable-nls --disable-shared --enable-static \
      CC="$compiler" CFLAGS="$flags" CPPFLAGS="$(headers "$compiler")" LDFLAGS="$link $(archives "$compiler")" \
      PKG_CONFIG_LIBDIR="$debian/usr/lib/i386-linux-gnu/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$debian" "$@") \
    > "$work/$name.log" 2>&1 || fail "$name"
}

# The libraries that we build are for programs with musl. Programs with glibc use Debian's.
headers() { [ "$1" != "$musl" ] || echo "-I$libraries/usr/include"; }
archives() { [ "$1" != "$musl" ] || echo "-L$libraries/usr/lib"; }

compile() { # compile SOURCE OPTION...: runs make in its folder, without autotools, whose results are in the archives
  (cd "$work/$1" && make --quiet -j"$(nproc)" AUTOCONF=: AUTOMAKE=: ACLOCAL=: AUTOHEADER=: MAKEINFO=: "${@:2}") \
    >> "$work/$1.log" 2>&1 || fail "$1"
}

install_library() { # install_library SOURCE TARGET...: for the programs that are built after it
  compile "$1" DESTDIR="$libraries" "${@:2}"
  rm -f "$libraries"/usr/lib/*.la # these would refer to folders of the build machine
}

keep() { # keep BUILT NAME [MODE]: installs a program at its path in the root
  install -D -m "${3:-755}" "$work/$1" "$built/$2"
  strip --strip-all "$built/$2"
}

is_static() { # is_static NAME...: checks that these programs are static, without the build machine's C library
  local name
  for name in "$@"; do
    ! readelf -lW "$built/$name" | grep -q INTERP || { echo "$name is not static" >&2; exit 1; }
    ! grep -aq /usr/lib32 "$built/$name" || { echo "$name is linked with the build machine's glibc" >&2; exit 1; }
  done
}
