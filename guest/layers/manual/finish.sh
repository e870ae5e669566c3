#!/bin/bash
# Adds the packages' manual pages: all of sections 2 (system calls), 5 and 7, and those of sections 1 and 8 for the
# programs in the earlier layers. The pages are not compressed, because the parts of the disk are.
# usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
layers=$1 root=$2 cache=$1/..
pages=$root/usr/share/man
names=$(mktemp)
trap 'rm -f "$names"' EXIT
(cd "$layers" && find ./*/usr/{bin,sbin,libexec} \( -type f -o -type l \) -printf '%f\n' 2> /dev/null) | sort -u > "$names"

is_wanted() { # is_wanted PATH: usr/share/man/manSECTION/NAME.SECTION.gz
  local file=${1##*/} section=${1#usr/share/man/man}
  case ${section%%/*} in
    2 | 5 | 7) return 0 ;;
    1 | 8) grep -qxF "${file%.[0-9]*.gz}" "$names" ;;
    *) return 1 ;;
  esac
}

while read -r path; do
  is_wanted "$path" || continue
  target=$root/${path%.gz}
  mkdir -p "${target%/*}"
  if [ -L "$cache/debian/$path" ]; then
    ln -s "$(readlink "$cache/debian/$path" | sed 's/\.gz$//')" "$target"
  else
    zcat "$cache/debian/$path" > "$target"
  fi
done < <(cut -f 2 "$cache/files.tsv" | grep -E '^usr/share/man/man[0-9]/.*\.gz$' | sort -u)
# Deletes links to pages that this layer does not have.
find "$pages" -xtype l -delete
"$(dirname "$0")/index.sh" "$cache/programs" "$pages"
