# One program with many names. Debian's kill and uptime are those of procps; stdbuf needs a library of Debian's.
link="$link -Wl,-T,$here/recipes/coreutils.ld"
configure coreutils "$musl" --enable-single-binary=symlinks --enable-install-program=arch \
  --enable-no-install-program=coreutils,kill,uptime,stdbuf --without-selinux --without-libgmp --with-openssl=no
compile coreutils all SUBDIRS=.
keep coreutils/src/coreutils usr/bin/coreutils
for name in $("$work/coreutils/src/coreutils" --help | sed -n '/^ \[/,/^$/p'); do
  ln -s coreutils "$built/usr/bin/$name"
done
mv "$built/usr/bin/ginstall" "$built/usr/bin/install"
mkdir -p "$built/usr/sbin"
rm "$built/usr/bin/chroot"
ln -s ../bin/coreutils "$built/usr/sbin/chroot"
is_static usr/bin/coreutils
