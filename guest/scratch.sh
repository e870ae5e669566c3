#!/bin/bash
# Makes the scratch disk: an empty ext4 file system, nearly all zeros. It has no journal, so the
# kernel writes nothing to it on its own. usage: scratch.sh CACHE_FOLDER LABEL MEBIBYTES; result: CACHE_FOLDER/scratch.ext4
set -euo pipefail
image=$1/scratch.ext4
# Fixed, so that two builds give the same bytes.
export E2FSPROGS_FAKE_TIME=1
rm -f "$image"
truncate -s "$3"M "$image"
mke2fs -q -t ext4 -O ^has_journal -m 0 -b 4096 -N 4096 -L "$2" \
  -U 00000000-0000-4000-8000-000000000001 \
  -E hash_seed=00000000-0000-4000-8000-000000000002,lazy_itable_init=0,root_owner=0:0 "$image"
