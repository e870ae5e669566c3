#!/bin/bash
# Adds the group whose members may use Docker, as Debian's package does. Also adds the manual pages of runc and an index
# of all manual pages, including those of the layer below. usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
layers=$1 root=$2
{ cat "$layers/settings/etc/group"; echo 'docker:x:999:'; } > "$root/etc/group"
{ cat "$layers/settings/etc/gshadow"; echo 'docker:!::'; } > "$root/etc/gshadow"
chmod 640 "$root/etc/gshadow"
chown 0:42 "$root/etc/gshadow"
for page in "$layers"/../debian/usr/share/man/man8/runc*.8.gz; do
  zcat "$page" > "$root/usr/share/man/man8/$(basename "$page" .gz)"
done
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
cp -a "$layers/manual/usr/share/man/." "$root/usr/share/man/." "$pages/"
"$(dirname "$0")/../manual/index.sh" "$layers/../programs" "$pages"
cp "$pages/mandoc.db" "$root/usr/share/man/"
