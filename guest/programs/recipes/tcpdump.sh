# Debian's needs OpenSSL.
configure tcpdump "$musl" --without-crypto --without-cap-ng
compile tcpdump tcpdump
keep tcpdump/tcpdump usr/bin/tcpdump
is_static usr/bin/tcpdump
