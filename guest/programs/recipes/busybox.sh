# For the roots of containers. Debian's options for its static busybox, except two that need the regular expressions
# of glibc: vi searches for plain text, and grep has no -z.
unpack busybox
(cd "$work/busybox" &&
  sed -E 's/^(CONFIG_EXTRA_COMPAT|CONFIG_FEATURE_VI_REGEX_SEARCH)=y/# \1 is not set/' \
    debian/config/os/linux debian/config/pkg/static > .config &&
  export KCONFIG_NOTIMESTAMP=1 &&
  make silentoldconfig < <(yes '') &&
  make -j"$(nproc)" CC="$musl" SKIP_STRIP=y \
    BB_EXTRA_VERSION="Debian $(dpkg-parsechangelog -S Version), musl") > "$work/busybox.log" 2>&1 || fail busybox
keep busybox/busybox usr/bin/busybox
is_static usr/bin/busybox
