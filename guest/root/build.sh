#!/bin/bash
# Builds the layers of an image's root from its Debian packages and our programs: each an uncompressed squashfs.
# usage: build.sh IMAGE CACHE_FOLDER LAYER…
# result: CACHE_FOLDER/LAYER.sqfs for each, CACHE_FOLDER/layers/LAYER with its files, and CACHE_FOLDER/packages.tsv
#
# A layer is a folder of guest/layers with some of these:
#   build.sh  builds what only this layer needs, into CACHE_FOLDER/programs
#   programs  packages whose programs it gets, except those that ../programs builds, those in Perl or Python, and those
#             on the lines that begin with a minus
#   contents  other files of the packages
#   built     recipes of ../programs/recipes; it gets everything that was built with them
#             All libraries that these files need are added, unless an earlier layer has them.
#   files/    our own files
#   links     symbolic links: name, then target
#   first     files, or patterns of them, in the order in which a reader first needs them; they come first in the layer
#   block-size  of its squashfs, in bytes; 16384 without this file. The kernel reads a block as a whole.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
image=$1 cache=$(cd "$2" && pwd)
layers=("${@:3}")
debian=$cache/debian roots=$cache/layers
export LC_ALL=C
list() { [ ! -e "$1" ] || sed 's/#.*//; /^[[:space:]]*$/d' "$1"; }

unpack_packages() {
  # Security updates are left out: the guest has no network, and an index that lags behind on one mirror
  # would stop the build.
  local mirror
  mirror=$("$here/../mirror.sh")
  rm -rf "$debian"
  mmdebstrap --quiet --arch=i386 --variant=extract \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --include="$(node "$here/../images/print-recipe.ts" "$image" packages | paste -sd,)" \
    --extract-hook="$here/record-packages.sh '$cache' \"\$1\"" \
    bookworm "$debian" "deb $mirror bookworm main"
}

copy_contents() { # copy_contents LIST LAYER_ROOT: the files of the packages that match its patterns
  local pattern path
  while read -r pattern; do
    for path in "$debian"/$pattern; do
      [ -e "$path" ] || { echo "$1: nothing matches $pattern" >&2; exit 1; }
      (cd "$debian" && cp -a --parents "${path#"$debian"/}" "$2")
    done
  done < <(list "$1")
}

# Lists the files of the packages that this image has and the image that it extends does not. These files do not belong in
# a layer that both images share, for instance the one with all shell completions.
list_own_files() {
  local base
  base=$(node "$here/../images/print-recipe.ts" "$image" extends)
  : > "$cache/shared-layers.list"
  [ -n "$base" ] || return 0
  node "$here/../images/print-recipe.ts" "$base" layers > "$cache/shared-layers.list"
  awk -F '\t' 'NR == FNR { shared[$1]; next } !($1 in shared) { print $2 }' \
    "$here/../images/$base/packages.lock" "$cache/files.tsv" > "$cache/own-files.list"
}

remove_own_files() { # remove_own_files LAYER LAYER_ROOT
  ! grep -qxF "$1" "$cache/shared-layers.list" || (cd "$2" && xargs --delimiter='\n' rm -f -- < "$cache/own-files.list")
}

copy_programs() { # copy_programs LIST LAYER_ROOT
  local package path without
  without=$(list "$1" | sed -n 's/^-//p')
  while read -r package; do
    # shellcheck disable=SC2016 # the fields are awk's
    awk -F '\t' -v package="$package" '$1 == package && $2 ~ /^usr\/s?bin\//  { print $2; found = 1 } END { exit !found }' \
      "$cache/files.tsv" > "$cache/programs.list" || { echo "$1: there is no package $package with programs" >&2; exit 1; }
    while read -r path; do
      ! compgen -G "$cache/programs/*/$path" > /dev/null || continue
      ! grep -qxF "$path" <<< "$without" || continue
      ! head -n 1 "$debian/$path" 2> /dev/null | grep -aqE '^#!.*(perl|python)' || continue
      (cd "$debian" && cp -a --parents "$path" "$2")
    done < "$cache/programs.list"
  done < <(list "$1" | sed '/^-/d')
}

copy_built() { # copy_built LIST LAYER_ROOT
  local name
  while read -r name; do
    [ -d "$cache/programs/$name" ] || { echo "$1: ../programs has no recipe $name" >&2; exit 1; }
    cp -a "$cache/programs/$name/." "$2/"
  done < <(list "$1")
}

needed_by() { # the libraries named in the ELF headers of all files below a folder
  find "$1" -type f -exec sh -c 'head -c4 "$1" | grep -q ELF && readelf -d "$1" 2>/dev/null' _ {} \; |
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u
}

copy_libraries() { # copy_libraries LAYER_ROOT
  local name found added=1
  while [ "$added" = 1 ]; do
    added=0
    for name in $(needed_by "$1"); do
      [ -z "$(find "$roots" -name "$name" -print -quit)" ] || continue
      found=$(find "$debian/usr/lib" -name "$name" -print -quit)
      [ -n "$found" ] || { echo "no package contains the library $name" >&2; exit 1; }
      mkdir -p "$1/usr/lib/i386-linux-gnu"
      cp -L "$found" "$1${found#"$debian"}"
      added=1
    done
  done
}

add_links() { # add_links LAYER LAYER_ROOT
  local name target
  while read -r name target; do
    mkdir -p "$2/$(dirname "$name")"
    ln -s "$target" "$2/$name"
  done < <(list "$here/../layers/$1/links")
}

# Prints the files of a layer in a fixed order, with mksquashfs's priorities, the highest first. A program that changes
# then moves only the files after it, and the order of the directories on the build computer does not matter.
sort_files() { # sort_files LAYER LAYER_ROOT
  local pattern
  {
    while read -r pattern; do
      (cd "$2" && compgen -G "$pattern") || { echo "layers/$1/first: the layer has no $pattern" >&2; exit 1; }
    done < <(list "$here/../layers/$1/first")
    (cd "$2" && find . -type f | sed 's#^\./##' | sort)
  } |
    awk -v root="$2" '!seen[$1]++ { print root "/" $1, 32767 - n++ }'
}

pack() { # pack LAYER
  rm -f "$cache/$1.sqfs"
  sort_files "$1" "$roots/$1" > "$cache/$1.sort"
  local block=16384
  [ ! -e "$here/../layers/$1/block-size" ] || block=$(< "$here/../layers/$1/block-size")
  mksquashfs "$roots/$1" "$cache/$1.sqfs" -noI -noD -noF -noX -b "$block" \
    -sort "$cache/$1.sort" -mkfs-time 0 -all-time 0 -no-progress -quiet
}

unpack_packages
list_own_files
"$here/../compilers/build.sh" "$cache"
"$here/../programs/build.sh" "$cache"
rm -rf "$roots"
for layer in "${layers[@]}"; do
  source=$here/../layers/$layer root=$roots/$layer
  [ -d "$source" ] || { echo "there is no layer guest/layers/$layer" >&2; exit 1; }
  mkdir -p "$root"
  [ ! -x "$source/build.sh" ] || "$source/build.sh" "$cache"
  copy_programs "$source/programs" "$root"
  copy_contents "$source/contents" "$root"
  remove_own_files "$layer" "$root"
  copy_built "$source/built" "$root"
  copy_libraries "$root"
  add_links "$layer" "$root"
  [ ! -d "$source/files" ] || cp -r "$source/files/." "$root/"
  [ ! -x "$source/finish.sh" ] || "$source/finish.sh" "$roots" "$root"
  pack "$layer"
done
