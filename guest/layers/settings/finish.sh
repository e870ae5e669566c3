#!/bin/bash
# Lays out the root's directories, and links busybox's programs where no other layer has one of that name. So this
# layer has to be built after the others. usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
layers=$1 root=$2
mkdir -p "$root"/usr/{bin,sbin,lib} "$root"/{dev,etc,home/reader,mnt,opt,proc,root,run,scratch,srv,sys,tmp,var/lib/lxc,var/log,var/cache}
mkdir -p "$root/usr/lib/i386-linux-gnu/lxc/rootfs" # where liblxc mounts a container before it starts
for path in bin sbin lib; do ln -s "usr/$path" "$root/$path"; done
ln -s ../run "$root/var/run"
busybox=$(echo "$layers"/*/usr/bin/busybox)
for applet in $("$busybox" --list); do
  [ -n "$(find "$layers"/*/usr/bin "$layers"/*/usr/sbin -name "$applet" -print -quit)" ] ||
    ln -s busybox "$root/usr/bin/$applet"
done
ldconfig -r "$root"
rm -r "$root/var/cache/ldconfig"
chown 1000:1000 "$root/home/reader"
chmod 700 "$root/root"
