#!/bin/bash
# Builds Docker Engine from Debian's source packages, with the patches of patches/, the hook of setkey.c, and the images
# of images/. Also makes the manual pages of Debian's docker.io. The Go compiler and the libraries of Go are Debian's,
# too; they are unpacked, not installed.
# usage: build.sh CACHE_FOLDER; needs CACHE_FOLDER/compilers and CACHE_FOLDER/programs.
# Result: CACHE_FOLDER/programs/docker, laid out like the root, CACHE_FOLDER/linked.tsv with the packages that the
# programs contain, and rows in CACHE_FOLDER/found.tsv, packages.tsv and files.tsv
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
guest=$here/../..
cache=$(cd "$1" && pwd)
work=$cache/docker-work go=$cache/go built=$cache/programs/docker
sources=(docker.io containerd)
export SOURCE_DATE_EPOCH=1763856000

unpack_go() {
  local mirror stamp
  stamp=$(cat "$here"/{build.sh,go-packages} "$here"/patches/go/* | sha256sum)
  [ "$(cat "$go.built" 2> /dev/null)" != "$stamp" ] || return 0
  mirror=$("$guest/mirror.sh")
  rm -rf "$go" "$go-rows" "$go.built"
  mkdir -p "$go-rows"
  mmdebstrap --quiet --arch=amd64 --variant=extract \
    --include="$(sed 's/#.*//; /^[[:space:]]*$/d' "$here/go-packages" | paste -sd,)" \
    --extract-hook="$guest/root/record-packages.sh '$go-rows' \"\$1\"" \
    bookworm "$go" "deb $mirror bookworm main"
  apply go "$go/usr/share/go-1.19"
  echo "$stamp" > "$go.built"
}

# Adds the rows of Go's packages, and of the sources, to those of the root. Other packages that Go's depend on are not used.
note_go() {
  local table source version
  for table in packages files found; do grep '^golang-' "$go-rows/$table.tsv" >> "$cache/$table.tsv"; done
  for source in "${sources[@]}"; do # the packages that Debian builds from these sources are not unpacked
    version=$(sed -n 's/^Version: //p' "$cache/sources/$source"_*.dsc | head -n 1)
    printf '%s\t%s\t%s\t%s\n' "$source" "$version" "$source" "$version" >> "$cache/packages.tsv"
  done
}

apply() { # apply NAME FOLDER: our patches for a source
  local change
  for change in "$here/patches/$1"/*.patch; do patch --quiet --strip=1 --directory="$2" < "$change"; done
}

unpack() { # unpack SOURCE: with Debian's patches and ours
  dpkg-source --no-check -x "$cache/sources/$1"_*.dsc "$work/$1" > /dev/null
  [ ! -d "$here/patches/$1" ] || apply "$1" "$work/$1"
}

place() { # place FOLDER PACKAGE: where Go looks for the package with that name
  mkdir -p "$(dirname "$work/path/src/$2")"
  mv "$work/$1" "$work/path/src/$2"
}

# Static programs that do not depend on the folder of the build. `list` names the same packages as `build`.
go_run() { # go_run ARCHITECTURE PACKAGE COMMAND OPTION…
  (cd "$work/path/src/$2" &&
    GOROOT=$go/usr/lib/go-1.19 GOPATH=$work/path:$go/usr/share/gocode GOCACHE=$cache/go-cache GO111MODULE=off \
      GOOS=linux GOARCH=$1 CGO_ENABLED=0 GOFLAGS=-trimpath "$go/usr/lib/go-1.19/bin/go" "${@:3}")
}

compile() { # compile PACKAGE PROGRAM PATH TAGS VARIABLE=VALUE…
  local variable settings='-s -w -buildid='
  for variable in "${@:5}"; do settings+=" -X $variable"; done
  go_run 386 "$1" build -tags "$4" -ldflags "$settings" -o "$built/$3" "./cmd/$2"
  go_run 386 "$1" list -deps -tags "$4" -f '{{.Dir}}' "./cmd/$2" >> "$work/folders"
}

# The packages of the folders that the programs were compiled from.
list_linked() {
  sed -n "s#^$go/##p" "$work/folders" | sort -u > "$work/used"
  awk -F '\t' 'NR == FNR { used[$1] = 1; next }
    { folder = $2; sub("/[^/]*$", "", folder); if (folder in used) print $1 }' "$work/used" "$go-rows/files.tsv" |
    sort -u > "$work/linked"
  printf '%s\n' golang-1.19-src "${sources[@]}" | sort -u - "$work/linked" > "$cache/linked.tsv"
}

# The manual pages of Debian's docker.io. One program generates most of them from the client's commands. Another program
# converts the others from Markdown. Both are compiled for this computer, because QEMU (run-i386.sh) cannot run Go
# programs for i386.
write_manual() { # write_manual CLIENT
  local source=$work/path/src/$1 manual=$built/usr/share/man page name
  mkdir -p "$work/path/src/manual-page" "$manual"/man{1,5,8}
  cp "$here/manual-page.go" "$work/path/src/manual-page/"
  go_run amd64 manual-page build -o "$work/manual-page" .
  go_run amd64 "$1" build -o "$work/generate-manual" ./man
  "$work/generate-manual" --root "$source" --target "$manual/man1"
  for page in "$source"/man/*.[158].md; do
    name=$(basename "$page" .md)
    "$work/manual-page" < "$page" > "$manual/man${name##*.}/$name"
  done
}

build_all() {
  local engine=github.com/docker/docker client=github.com/docker/cli containerd=github.com/containerd/containerd
  local version revision name engine_commit client_commit
  local -a versions
  version=$(sed -n 's/^Version: \(.*\)-[^-]*$/\1/p' "$cache"/sources/docker.io_*.dsc | head -n 1)
  commit() { (cd "$work/docker.io" && debian/helpers/gitcommit.sh "$1" "$version"); }
  unpack docker.io
  unpack containerd
  engine_commit=$(commit engine) client_commit=$(commit cli)
  for name in "${sources[@]}"; do install -D -m 644 "$work/$name/debian/copyright" "$go/usr/share/doc/$name/copyright"; done
  install -D -m 644 "$work/docker.io/cli/contrib/completion/bash/docker" "$built/usr/share/bash-completion/completions/docker"
  place docker.io/engine "$engine"
  place docker.io/cli "$client"
  place docker.io/libnetwork github.com/docker/libnetwork
  place docker.io/swarmkit github.com/docker/swarmkit
  place containerd "$containerd"
  # Without the drivers of file systems that this machine lacks; these would need libraries in C.
  compile "$engine" dockerd usr/sbin/dockerd \
    'seccomp exclude_graphdriver_aufs exclude_graphdriver_btrfs exclude_graphdriver_devicemapper exclude_graphdriver_zfs' \
    "$engine/dockerversion.Version=$version" "$engine/dockerversion.GitCommit=$engine_commit" \
    "$engine/dockerversion.BuildTime=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" "$engine/dockerversion.ProductName=docker"
  compile "$client" docker usr/bin/docker '' \
    "$client/cli/version.Version=$version" "$client/cli/version.GitCommit=$client_commit" \
    "$client/cli/version.BuildTime=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)"
  revision=$(sed -n 's/^Version: //p' "$cache"/sources/containerd_*.dsc | head -n 1)
  versions=("$containerd/version.Version=${revision%-*}" "$containerd/version.Revision=$revision")
  # Without Kubernetes' interface (CRI), which is a third of it.
  compile "$containerd" containerd usr/bin/containerd 'no_aufs no_btrfs no_cri no_devmapper no_zfs' "${versions[@]}"
  compile "$containerd" containerd-shim-runc-v2 usr/bin/containerd-shim-runc-v2 '' "${versions[@]}"
  list_linked
  write_manual "$client"
}

stamp() {
  cat "$here"/{build.sh,go-packages,manual-page.go,setkey.c} "$here"/patches/*/* "$here"/images/* "$cache"/sources/{docker.io,containerd}_*.dsc \
    "$cache/compilers/.built" "$cache/programs-work/container.built" | sha256sum
}

"$guest/sources.sh" "$cache" "${sources[@]}"
unpack_go
note_go
[ "$(cat "$work/built" 2> /dev/null)" != "$(stamp)" ] || exit 0
rm -rf "$built" "$work"
mkdir -p "$built"/usr/{libexec/docker,share/course} "$work"
build_all > "$work/log" 2>&1 &
wait $! || {
  tail -n 20 "$work/log" >&2
  echo "guest:build: Docker Engine could not be built; all its output is in $work/log" >&2
  exit 1
}
"$cache/compilers/musl-cc" -Os -static -Wl,--build-id=none -o "$built/usr/libexec/docker/docker-setkey" "$here/setkey.c"
strip --strip-all "$built/usr/libexec/docker/docker-setkey"
"$here/images/build.sh" "$cache/programs/container/usr/share/course/bundle/rootfs" "$built/usr/share/course/docker-images.tar"
! grep -rlF "$cache" "$built" >&2 || { echo "guest:build: the files of docker above contain the path $cache" >&2; exit 1; }
stamp > "$work/built"
