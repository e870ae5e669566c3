# Debian's needs OpenSSL.
configure socat "$glibc" --disable-openssl --disable-readline --disable-libwrap
compile socat socat
keep socat/socat usr/bin/socat
