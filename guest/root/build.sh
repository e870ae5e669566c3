#!/bin/bash
# Builds the root of the machine: an uncompressed squashfs of files from Debian's i386 packages.
# usage: build.sh IMAGE_FOLDER CACHE_FOLDER; result: CACHE_FOLDER/root.sqfs and CACHE_FOLDER/packages.tsv
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
recipe=$1 cache=$2
debian=$cache/debian root=$cache/root-files
list() { sed 's/#.*//; /^[[:space:]]*$/d' "$recipe/$1"; }

unpack_packages() {
  # Security updates stay out: the guest has no network, and an index that lags behind on one mirror
  # would stop the build.
  local mirror
  mirror=$("$here/../mirror.sh")
  rm -rf "$debian"
  mmdebstrap --quiet --arch=i386 --variant=extract \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --include="$(list packages | paste -sd,)" \
    --extract-hook="$here/record-packages.sh '$cache' \"\$1\"" \
    bookworm "$debian" "deb $mirror bookworm main"
}

copy_contents() {
  local pattern path
  rm -rf "$root"
  mkdir -p "$root"/usr/{bin,sbin,lib} "$root"/{dev,etc,home/reader,mnt,opt,proc,root,run,scratch,srv,sys,tmp,var/lib/lxc,var/log,var/cache}
  mkdir -p "$root/usr/lib/i386-linux-gnu/lxc/rootfs" # where liblxc mounts a container before it starts
  for path in bin sbin lib; do ln -s "usr/$path" "$root/$path"; done
  ln -s ../run "$root/var/run"
  while read -r pattern; do
    for path in "$debian"/$pattern; do
      [ -e "$path" ] || { echo "contents: nothing matches $pattern" >&2; exit 1; }
      (cd "$debian" && cp -a --parents "${path#"$debian"/}" "$root")
    done
  done < <(list contents)
}

needed_by() { # the libraries named in the ELF headers of all files below a folder
  find "$1" -type f -exec sh -c 'head -c4 "$1" | grep -q ELF && readelf -d "$1" 2>/dev/null' _ {} \; |
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u
}

copy_libraries() {
  local name found added=1
  while [ "$added" = 1 ]; do
    added=0
    for name in $(needed_by "$root"); do
      [ -z "$(find "$root/usr/lib" -name "$name" -print -quit)" ] || continue
      found=$(find "$debian/usr/lib" -name "$name" -print -quit)
      [ -n "$found" ] || { echo "no package holds $name" >&2; exit 1; }
      mkdir -p "$root/usr/lib/i386-linux-gnu"
      cp -L "$found" "$root${found#"$debian"}"
      added=1
    done
  done
  ldconfig -r "$root"
}

add_links() {
  local name target applet
  while read -r name target; do ln -s "$target" "$root/$name"; done < <(list links)
  for applet in $("$root/usr/bin/busybox" --list); do
    [ -e "$root/usr/bin/$applet" ] || [ -e "$root/usr/sbin/$applet" ] || [ -L "$root/usr/bin/$applet" ] ||
      ln -s busybox "$root/usr/bin/$applet"
  done
}

unpack_packages
"$here/../compilers/build.sh" "$cache"
"$here/../programs/build.sh" "$cache"
copy_contents
cp -a "$cache/programs/usr" "$root/"
copy_libraries
add_links
cp -r "$recipe/files/." "$root/"
chown 1000:1000 "$root/home/reader"
chmod 700 "$root/root"
# Priorities, the highest first.
list first | awk -v root="$root" '{ print root "/" $1, 32767 - NR }' > "$cache/first.sort"
rm -f "$cache/root.sqfs"
mksquashfs "$root" "$cache/root.sqfs" -noI -noD -noF -noX -b 16384 \
  -sort "$cache/first.sort" -mkfs-time 0 -all-time 0 -no-progress -quiet
