#!/bin/bash
# Rebuilds an image and puts it beside the others in the machine's folder. Needs Debian 12 and root:
# apt installs missing packages. Stops when a package differs from the image's packages.lock.
# usage: npm run guest:build [-- IMAGE] [--update | --check]   (IMAGE: a folder of guest/images; the default is course)
#   --update  accepts the packages that apt finds, and rewrites the lock
#   --check   builds from scratch in another folder and compares byte by byte with the committed image. Then builds
#             once more with a larger bash, which may change only the parts of its layer and 1 MB of other parts
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shared=$here/../.cache/guest # shared by all images: the kernel and its modules
target=$(node --input-type=module -e "import { machineFolder } from '$here/../src/paths.ts'; console.log(machineFolder)")
image=course
tools=(bc bison cpio dpkg-dev e2fsprogs flex gcc-multilib libcap2-bin libelf-dev libssl-dev linux-source-6.12 lz4 make
  mmdebstrap patch pkg-config seabios squashfs-tools xz-utils)

say() { printf '\n== %s\n' "$*"; }

# Notes a package of this computer for the lock: its version, and the hash of the one file that the build uses.
note_file() {
  printf '%s\t%s\t%s\n' "$1" "$(dpkg-query -W -f '${Version}' "$1")" \
    "$(sha256sum "$2" | cut -c 1-64)" >> "$cache/found.tsv"
}

[ "$(id -u)" = 0 ] || { echo 'guest:build needs root, because it sets the owners of the files in the image.' >&2; exit 1; }
command -v apt-get > /dev/null || { echo 'guest:build needs Debian 12, because it builds the image from Debian packages.' >&2; exit 1; }
case ${1:-} in
  '' | --*) ;;
  *) image=$1; shift ;;
esac
[ -f "$here/images/$image/image.ts" ] || { echo "guest:build: there is no guest/images/$image/image.ts." >&2; exit 2; }
case ${1:-} in
  '' | --update) ;;
  --check)
    shared=$shared-check
    committed=$target target=$shared/machine
    rm -rf "$shared"
    ;;
  *) echo "guest:build: unknown option $1. The options are --update and --check." >&2; exit 2 ;;
esac
cache=$shared/$image
mkdir -p "$cache"
say 'Tools'
"$here/install-tools.sh" "${tools[@]}"
"$here/run-i386.sh"
say 'Kernel (about 10 minutes the first time)'
"$here/kernel/build.sh" "$shared"
rm -rf "$cache/modules"
cp -r "$shared/bzImage" "$shared/kernel-version" "$shared/modules" "$cache/"
say 'Root'
mapfile -t layers < <(node "$here/images/print-recipe.ts" "$image" layers)
"$here/root/build.sh" "$image" "$cache" "${layers[@]}"
say 'Packages'
cp /usr/share/seabios/bios-256k.bin "$cache/bios.bin"
cp /usr/share/seabios/vgabios-stdvga.bin "$cache/vgabios.bin"
note_file linux-source-6.12 /usr/src/linux-source-6.12.tar.xz
note_file seabios /usr/share/seabios/bios-256k.bin
note_file gcc-12 "$(gcc -m32 -print-prog-name=cc1)"
note_file lib32gcc-12-dev "$(gcc -m32 -print-libgcc-file-name)"
node "$here/lock.ts" "$image" "$cache" "${1:-}"
say 'Scratch disk'
node "$here/images/print-recipe.ts" "$image" scratch | while read -r label mebibytes; do
  "$here/scratch.sh" "$cache" "$label" "$mebibytes"
done
say 'Agent'
"$here/agent/build.sh" "$cache"
say 'Parts and manifest'
dpkg-query -W -f '${Package}\t${Version}\t${source:Package}\t${source:Version}\n' \
  seabios linux-source-6.12 > "$cache/built-from.tsv"
node "$here/pack-built.ts" "$image" "$cache" "$target"
[ "${1:-}" = --check ] || exit 0
node "$here/check.ts" "$image" "$committed" "$target"
say 'The same build with a larger bash'
head -c 250000 "$cache/programs/crun/usr/bin/crun" >> "$cache/programs/bash/usr/bin/bash"
cp -r "$target" "$target-changed"
"$here/root/build.sh" "$image" "$cache" "${layers[@]}"
node "$here/pack-built.ts" "$image" "$cache" "$target-changed"
node "$here/check.ts" "$image" "$target" "$target-changed" --changed programs
rm -rf "$shared"
