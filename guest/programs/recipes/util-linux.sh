# This machine has neither SELinux nor systemd, so the programs need not look for them.
configure util-linux "$musl" --disable-all-programs --enable-unshare --enable-nsenter --without-systemd \
  --without-udev --without-selinux --without-python --without-ncursesw --without-tinfo --without-readline \
  --without-cap-ng
compile util-linux unshare nsenter
for name in unshare nsenter; do keep "util-linux/$name" "usr/bin/$name"; done
is_static usr/bin/unshare usr/bin/nsenter
