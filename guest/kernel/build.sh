#!/bin/bash
# Builds the kernel of the machine from Debian's source package, our patches and our options.
# usage: build.sh CACHE_FOLDER; result: CACHE_FOLDER/bzImage, and CACHE_FOLDER/modules with the kernel's
# modules and its .config, laid out like the root. The source tree is kept for the next build.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
tree=$cache/linux
# Fixed, so that two builds give the same bytes.
export KBUILD_BUILD_TIMESTAMP='2026-11-23' KBUILD_BUILD_USER=course KBUILD_BUILD_HOST=machine
export KBUILD_BUILD_VERSION=1 ARCH=i386

# The configuration also notes the versions of tools that this kernel does not use. It is part of the image, so it must not
# depend on the computer. With these settings, make finds none of the tools.
kernel_make() {
  make -C "$tree" --quiet RUSTC=none BINDGEN=none PAHOLE=none "$@"
}

unpack_source() {
  local stamp
  stamp=$(cat /usr/src/linux-source-6.12.tar.xz "$here"/patches/*.patch | sha256sum)
  [ "$(cat "$tree/.course-source" 2>/dev/null)" = "$stamp" ] && return
  rm -rf "$tree"
  mkdir -p "$tree"
  tar xf /usr/src/linux-source-6.12.tar.xz -C "$tree" --strip-components=1
  for patch in "$here"/patches/*.patch; do patch -d "$tree" -p1 --quiet < "$patch"; done
  echo "$stamp" > "$tree/.course-source"
}

configure() {
  kernel_make tinyconfig
  (cd "$tree" && scripts/kconfig/merge_config.sh -m .config "$here/config" > /dev/null)
  kernel_make olddefconfig
}

# Kconfig silently drops an option whose dependencies are missing.
check_options() {
  local line name lost=0
  while read -r line; do
    case $line in
      CONFIG_*=*) grep -qxF "$line" "$tree/.config" || { echo "kernel/config: olddefconfig dropped $line" >&2; lost=1; } ;;
      '# CONFIG_'*' is not set')
        name=${line#\# }
        grep -q "^${name%% *}=" "$tree/.config" && { echo "kernel/config: ${name%% *} is still set" >&2; lost=1; } ;;
    esac
  done < "$here/config"
  return $lost
}

# Installs the modules without an index, which the image's own depmod makes.
install_modules() {
  rm -rf "$cache/modules"
  kernel_make INSTALL_MOD_PATH="$cache/modules/usr" INSTALL_MOD_STRIP=1 DEPMOD=true modules_install
  rm -f "$cache"/modules/usr/lib/modules/*/{build,source}
  cp "$tree/.config" "$cache/modules/usr/lib/modules/$(cat "$cache/kernel-version")/config"
}

unpack_source
configure
check_options
kernel_make -j"$(nproc)" bzImage modules
cp "$tree/arch/x86/boot/bzImage" "$cache/bzImage"
kernel_make kernelrelease > "$cache/kernel-version"
install_modules
