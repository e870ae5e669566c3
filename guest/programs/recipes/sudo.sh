# Without PAM, whose modules would take most of the time of each call. The other options are Debian's.
configure sudo "$glibc" --without-pam --enable-static-sudoers --disable-shared-libutil --disable-intercept \
  --with-all-insults --with-fqdn --with-logging=syslog --with-logfac=authpriv --with-env-editor \
  --with-editor=/usr/bin/editor --with-timeout=15 --with-password-timeout=0 --without-lecture \
  --with-passprompt='[sudo] password for %p: ' --with-tty-tickets --disable-root-mailer --with-rundir=/run/sudo \
  --enable-admin-flag --disable-zlib --disable-log-server --disable-log-client --disable-pie
# `sudo -V` prints the options of configure. The path of this folder must not be among them.
sed -i "s|$cache/||g" "$work/sudo/src/sudo_usage.h"
compile sudo
keep sudo/src/sudo usr/bin/sudo 4755
keep sudo/plugins/sudoers/visudo usr/sbin/visudo
ln -s sudo "$built/usr/bin/sudoedit"
