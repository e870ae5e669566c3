#!/bin/bash
# Makes an archive for `docker load` with two images that share a layer: busybox, and web, which adds a page.
# usage: build.sh ROOT_OF_BUSYBOX ARCHIVE; the format is that of the Docker Image Specification 1.2
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
date=2025-11-23T00:00:00Z
mkdir -p "$work/archive" "$work/page/www"
install -m 644 "$here/index.html" "$work/page/www/"

pack() { # pack FOLDER FILE: the same bytes for the same files
  tar --sort=name --mtime="$date" --owner=0 --group=0 --numeric-owner --format=ustar --create --file="$2" --directory="$1" .
}
sum() { sha256sum "$1" | cut -c 1-64; }

add_layer() { # add_layer FOLDER: prints its hash
  local hash
  pack "$1" "$work/layer.tar"
  hash=$(sum "$work/layer.tar")
  mv "$work/layer.tar" "$work/archive/$hash.tar"
  echo "$hash"
}

add_image() { # add_image CONFIGURATION HASH…: prints the name of its file. The hashes replace LAYER1, LAYER2, …
  local hash text i=0
  text=$(sed "s/DATE/$date/g" "$here/$1")
  for hash in "${@:2}"; do i=$((i + 1)) text=${text//LAYER$i/$hash}; done
  printf '%s\n' "$text" > "$work/configuration"
  hash=$(sum "$work/configuration")
  mv "$work/configuration" "$work/archive/$hash.json"
  echo "$hash.json"
}

root=$(add_layer "$1") page=$(add_layer "$work/page")
busybox=$(add_image busybox.json "$root") web=$(add_image web.json "$root" "$page")
cat > "$work/archive/manifest.json" <<END
[
  {"Config": "$busybox", "RepoTags": ["busybox:latest"], "Layers": ["$root.tar"]},
  {"Config": "$web", "RepoTags": ["web:latest"], "Layers": ["$root.tar", "$page.tar"]}
]
END
pack "$work/archive" "$2"
