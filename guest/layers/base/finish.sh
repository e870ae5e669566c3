#!/bin/bash
# Removes the comments from settings that a manual page explains, because all files in /etc are part of each snapshot.
# usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
find "$2"/etc/{default,login.defs,pam.d,security} -type f -exec sed -i '/^[[:space:]]*\(#\|$\)/d' {} +
