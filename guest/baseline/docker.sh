#!/bin/bash
# Builds the disk that `npm run bench` adds to the image "docker" to compare the image's Docker Engine with Debian's
# own packages. Needs Debian 12 and root: apt installs missing packages. The disk is not committed or served.
# usage: docker.sh RESULT_FOLDER; result: docker.sqfs there, and docker.txt with the packages' versions
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
result=$(cd "$1" && pwd)
packages=docker.io,containerd,runc,libc-bin
[ "$(id -u)" = 0 ] || { echo "The build of Debian's Docker needs root, because it sets the owners of the files on the disk." >&2; exit 1; }
command -v apt-get > /dev/null || { echo "The build of Debian's Docker needs Debian 12, because it uses Debian packages." >&2; exit 1; }
"$here/../install-tools.sh" mmdebstrap squashfs-tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export versions=$work/versions
# shellcheck disable=SC2016 # the names are the hook's and dpkg-deb's
note_versions='for deb in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --show --showformat "\${Package} \${Version}\n" "$deb"
done > "$versions"'
mmdebstrap --quiet --arch=i386 --variant=extract --include="$packages" --dpkgopt='path-exclude=/usr/share/*' \
  --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --extract-hook="$note_versions" \
  bookworm "$work/root" "deb $("$here/../mirror.sh") bookworm main"
rm -f "$result/docker.sqfs"
# Not compressed, like the image's own layers.
mksquashfs "$work/root/usr" "$result/docker.sqfs" -noI -noD -noF -noX -b 16384 -no-progress -quiet
grep -E '^(docker.io|containerd|runc) ' "$versions" | paste -sd, | sed 's/,/, /g' > "$result/docker.txt"
