#!/bin/bash
# Builds the system that `npm run bench` compares the machine with: Debian's stock 686 kernel, and an
# initramfs of Debian's own programs. Needs Debian 12 and root: apt installs missing packages. None of it is
# committed or served. usage: build.sh RESULT_FOLDER; result: vmlinuz, initrd.cpio and info.json there
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
result=$(cd "$1" && pwd)
tools=(cpio mmdebstrap)
programs=bash,coreutils,crun,mount,procps,sed,util-linux

# Not compressed: inflating is slow in an emulator, and would make the baseline's boot a third longer.
pack_initramfs() {
  rm -rf "$1"/var/{cache,lib}/apt "$1"/var/lib/dpkg
  mkdir -p "$1"/{dev,mnt,proc,run,sys,tmp}
  ldconfig -r "$1"
  install -m 755 "$here/init" "$1/init"
  (cd "$1" && find . | cpio --quiet --create --format=newc --owner=0:0) > "$result/initrd.cpio"
}

[ "$(id -u)" = 0 ] || { echo 'The baseline needs root, because it sets the owners of the files in its root file system.' >&2; exit 1; }
command -v apt-get > /dev/null || { echo 'The baseline needs Debian 12, because it consists of Debian packages.' >&2; exit 1; }
"$here/../install-tools.sh" "${tools[@]}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/unpack.sh"
# Without the files that no command reads, since the guest would have to unpack them.
unpack "$work/root" "$programs" --dpkgopt='path-exclude=/usr/share/*' \
  --dpkgopt='path-exclude=/usr/lib/*/gconv/*' --extract-hook="$note_versions"
unpack "$work/kernel" linux-image-686 --dpkgopt='path-exclude=/*' --dpkgopt='path-include=/boot/vmlinuz-*'
kernel=$(cd "$work/kernel/boot" && echo vmlinuz-*)
cp "$work/kernel/boot/$kernel" "$result/vmlinuz"
pack_initramfs "$work/root"
recipe=$(cat "$here/build.sh" "$here/init" "$here/unpack.sh" | sha256sum | cut -c 1-64)
programs_used=$(list_versions "$programs")
printf '{ "recipe": "%s", "kernel": "%s", "programs": "%s" }\n' \
  "$recipe" "${kernel#vmlinuz-}" "$programs_used" > "$result/info.json"
