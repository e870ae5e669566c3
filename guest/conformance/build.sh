#!/bin/bash
# Builds the Debian into which `npm run guest:debian` types the commands of this folder: Debian's own packages, of the
# versions that the image's packages.lock names, configured by apt, under Debian's own kernel. For
# bookworm, Debian builds Linux 6.12 only for amd64, so the kernel is for amd64 and the programs are for i386.
# Needs Debian 12 on amd64 and root: apt installs missing packages. None of it is committed or served.
# usage: build.sh RESULT_FOLDER IMAGE; result: vmlinuz, initrd.cpio and origin.txt there
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
result=$(cd "$1" && pwd) image=$here/../images/$2
tools=(arch-test cpio kmod mmdebstrap qemu-system-x86)
export LC_ALL=C

# man-db shows Debian's manual pages. systemd is only here for its kernel module settings; it does not run.
install_root() { # install_root FOLDER: the image's packages, and these
  mmdebstrap --quiet --arch=i386 --variant=minbase \
    --include="$(sed 's/#.*//; /^[[:space:]]*$/d' "$image/packages" | paste -sd,),man-db,systemd" \
    --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash reader' \
    --customize-hook='chroot "$1" usermod --append --groups sudo reader' \
    bookworm "$1" "deb $mirror bookworm main"
  # The settings of the course.
  cp "$here/../layers/settings/files/etc/sudoers" "$1/etc/sudoers"
  cp "$here/../layers/settings/files/etc/lxc/default.conf" "$1/etc/lxc/default.conf" # containers without a network
  echo machine > "$1/etc/hostname"
  cp "$here/../layers/settings/files/etc/hosts" "$1/etc/hosts"
}

# The versions have to be those of the image.
check_versions() { # check_versions ROOT
  chroot "$1" dpkg-query --show --showformat '${Package}\t${Version}\n' | sort > "$work/installed"
  grep -v '^#' "$image/packages.lock" | cut -f 1,2 | sort > "$work/locked"
  join -t $'\t' "$work/locked" "$work/installed" | awk -F '\t' '$2 != $3' > "$work/other"
  [ ! -s "$work/other" ] || { echo 'The mirror has other versions than the image (package, locked, found):' >&2; cat "$work/other" >&2; exit 1; }
}

add_kernel() { # add_kernel ROOT: its modules, and the kernel beside the root
  mmdebstrap --quiet --arch=amd64 --variant=extract --include=linux-image-6.12-amd64 \
    --dpkgopt='path-exclude=/usr/*' --dpkgopt='path-exclude=/etc/*' --dpkgopt='path-exclude=/var/*' \
    bookworm "$work/kernel" "deb $mirror bookworm main" "deb $security_mirror bookworm-security main"
  cp "$work"/kernel/boot/vmlinuz-* "$result/vmlinuz"
  kernel=$(cd "$work/kernel/boot" && echo vmlinuz-*)
  kernel=${kernel#vmlinuz-}
  cp -r "$work/kernel/lib/modules" "$1/usr/lib/"
  (cd "$1/usr/lib/modules/$kernel/kernel" && rm -rf sound drivers/{gpu,media,scsi,usb,net/{ethernet,wireless}})
  depmod --basedir "$1" "$kernel"
}

[ "$(id -u)" = 0 ] || { echo 'guest:debian needs root, because it sets the owners of the files in a root file system.' >&2; exit 1; }
command -v apt-get > /dev/null || { echo 'guest:debian needs Debian 12, because it installs Debian packages.' >&2; exit 1; }
"$here/../install-tools.sh" "${tools[@]}"
mirror=$("$here/../mirror.sh")
security_mirror=$("$here/../mirror.sh" bookworm-security)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install_root "$work/root"
check_versions "$work/root"
add_kernel "$work/root"
rm -rf "$work"/root/var/{cache,lib}/apt "$work"/root/usr/share/{doc,locale}
install -m 755 "$here/init" "$work/root/init"
(cd "$work/root" && find . | cpio --quiet --create --format=newc) > "$result/initrd.cpio"
cp "$work/installed" "$result/packages.tsv"
printf 'Linux %s (Debian, amd64), %s packages of Debian %s for i386\n' \
  "$kernel" "$(wc -l < "$work/installed")" "$(cat "$work/root/etc/debian_version")" > "$result/origin.txt"
