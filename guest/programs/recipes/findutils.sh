configure findutils "$musl" --without-selinux
compile findutils all
for name in find xargs; do keep "findutils/$name/$name" "usr/bin/$name"; done
is_static usr/bin/find usr/bin/xargs
