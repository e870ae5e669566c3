# Debian's needs OpenSSL, xxHash and two libraries for compression. lxc-copy and lxc-snapshot run it.
configure rsync "$musl" --disable-openssl --disable-xxhash --disable-zstd --disable-lz4 --disable-md2man \
  --with-included-popt --with-included-zlib
compile rsync -o aclocal.m4 -o config.h.in -o configure.sh rsync # make would run autoconf for these three
keep rsync/rsync usr/bin/rsync
is_static usr/bin/rsync
