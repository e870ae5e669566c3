#!/bin/bash
# Makes the directories of the root. usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
root=$2
mkdir -p "$root"/{boot,dev,etc,home/reader,media,mnt,opt,proc,root,run,scratch,srv,sys,tmp,usr}
mkdir -p "$root"/var/{backups,cache,lib/lxc,local,log,mail,opt,spool,tmp}
mkdir -p "$root/usr/lib/i386-linux-gnu/lxc/rootfs" # where liblxc mounts a container before it starts
release=$(cat "$1/../kernel-version")
ln -s "../usr/lib/modules/$release/config" "$root/boot/config-$release" # where Debian puts a kernel's configuration
: > "$root/etc/sysctl.conf" # read by sysctl -p; Debian's has only comments
for path in bin sbin lib; do ln -s "usr/$path" "$root/$path"; done
ln -s ../run "$root/var/run"
ln -s ../run/lock "$root/var/lock"
ln -s ../mail "$root/var/spool/mail"
ldconfig -r "$root"
rm -r "$root/var/cache/ldconfig"
chown 1000:1000 "$root/home/reader"
chmod 700 "$root/root"
chmod 1777 "$root/var/tmp"
chmod 640 "$root"/etc/{shadow,gshadow}
chown 0:42 "$root"/etc/{shadow,gshadow}
chmod 440 "$root/etc/sudoers"
