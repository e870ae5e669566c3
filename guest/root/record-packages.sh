#!/bin/sh
# A hook of mmdebstrap. Records for each .deb that is unpacked: package, version, source package and its
# version (packages.tsv), its files (files.tsv), for the manifest's licences and sources, and its hash
# (found.tsv), for the lock.
# usage: record-packages.sh RESULT_FOLDER ROOT
set -eu
: > "$1/packages.tsv"
: > "$1/files.tsv"
: > "$1/found.tsv"
for deb in "$2"/var/cache/apt/archives/*.deb; do
  # shellcheck disable=SC2016 # the fields are dpkg-query's
  dpkg-deb --show --showformat='${Package}\t${Version}\t${source:Package}\t${source:Version}\n' \
    "$deb" >> "$1/packages.tsv"
  name=$(dpkg-deb --field "$deb" Package)
  printf '%s\t%s\t%s\n' "$name" "$(dpkg-deb --field "$deb" Version)" \
    "$(sha256sum "$deb" | cut -c 1-64)" >> "$1/found.tsv"
  # Debian 12 has merged /bin, /lib and /sbin into /usr.
  dpkg-deb --fsys-tarfile "$deb" | tar t |
    sed -n "s#^\./##; s#^\(bin\|sbin\|lib\)/#usr/\1/#; /[^/]\$/s#^#$name\t#p" >> "$1/files.tsv"
done
