# ps is static. The others load the C library; those that draw on the terminal also load ncurses. Debian's load systemd's
# library and its dependencies.
configure procps "$glibc" --enable-watch8bit --enable-w-from --enable-skill --disable-pidof --disable-modern-top \
  --without-systemd NCURSES_CFLAGS=" " NCURSES_LIBS="-lncursesw -ltinfo"
compile procps "LDFLAGS=-all-static $link" src/ps/pscommand
others="free kill pgrep pmap pwdx skill slabtop tload uptime vmstat w watch"
compile procps src/top/top src/sysctl $(printf 'src/%s ' $others)
keep procps/src/ps/pscommand usr/bin/ps
keep procps/src/top/top usr/bin/top
keep procps/src/sysctl usr/sbin/sysctl
for name in $others; do keep "procps/src/$name" "usr/bin/$name"; done
for name in pkill pidwait; do ln -s pgrep "$built/usr/bin/$name"; done
ln -s skill "$built/usr/bin/snice"
is_static usr/bin/ps
