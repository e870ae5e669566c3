#!/bin/bash
# Adds the group whose members may use Docker, as Debian's package does. usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
{ cat "$1/settings/etc/group"; echo 'docker:x:999:'; } > "$2/etc/group"
{ cat "$1/settings/etc/gshadow"; echo 'docker:!::'; } > "$2/etc/gshadow"
chmod 640 "$2/etc/gshadow"
chown 0:42 "$2/etc/gshadow"
