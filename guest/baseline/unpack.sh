# For build.sh and docker.sh, which source this file: unpacks Debian packages, and lists the versions of those that were
# unpacked. Needs $here, the folder of this file, and $work, an empty folder.
# A hook of mmdebstrap, for sh.
# shellcheck disable=SC2016 # the names are the hook's and dpkg-deb's
note_versions='for deb in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --show --showformat "\${Package} \${Version}\n" "$deb"
done > "$versions"'
export versions=$work/versions

unpack() { # unpack FOLDER PACKAGES OPTION...: packages and their dependencies, from this computer's mirror
  local folder=$1 packages=$2 mirror
  shift 2
  mirror=$("$here/../mirror.sh")
  mmdebstrap --quiet --arch=i386 --variant=extract --include="$packages" "$@" \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr bookworm "$folder" "deb $mirror bookworm main"
}

list_versions() { # list_versions PACKAGE,...
  grep -E "^(${1//,/|}) " "$versions" | paste -sd, | sed 's/,/, /g'
}
