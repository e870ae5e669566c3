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
. "$here/unpack.sh"
unpack "$work/root" "$packages" --dpkgopt='path-exclude=/usr/share/*' --extract-hook="$note_versions"
rm -f "$result/docker.sqfs"
# Not compressed, like the image's own layers.
mksquashfs "$work/root/usr" "$result/docker.sqfs" -noI -noD -noF -noX -b 16384 -no-progress -quiet
list_versions docker.io,containerd,runc > "$result/docker.txt"
