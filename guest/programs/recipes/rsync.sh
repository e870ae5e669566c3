# Debian's rsync needs OpenSSL, xxHash and two compression libraries. lxc-copy and lxc-snapshot run rsync.
configure rsync "$musl" --disable-openssl --disable-xxhash --disable-zstd --disable-lz4 --disable-md2man \
  --with-included-popt --with-included-zlib
compile rsync -o aclocal.m4 -o config.h.in -o configure.sh rsync # make would run autoconf for these three
keep rsync/rsync usr/bin/rsync
is_static usr/bin/rsync
