# ../record-order.ts reads the map.
link="$link -Wl,-T,$here/recipes/bash.ld -Wl,-Map,bash.map" \
  configure bash "$glibc" --build=i686-linux-gnu --without-bash-malloc --enable-static-link
compile bash bash
keep bash/bash usr/bin/bash
is_static usr/bin/bash
