configure sed "$musl" --without-selinux
compile sed sed/sed
keep sed/sed/sed usr/bin/sed
is_static usr/bin/sed
