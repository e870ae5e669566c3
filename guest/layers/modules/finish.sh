#!/bin/bash
# The kernel's modules, from ../../kernel/build.sh, and the index of them that our modprobe reads.
# usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
cache=$1/.. root=$2
release=$(cat "$cache/kernel-version")
cp -r "$cache/modules/." "$root/"
"$cache/programs/kmod/usr/sbin/depmod" --basedir "$root/usr" "$release"
cd "$root/usr/lib/modules/$release"
# modprobe reads the binary forms, and the agent reads modules.devname. No program reads these files.
rm -f modules.{alias,dep,softdep.bin,symbols,symbols.bin,order}
