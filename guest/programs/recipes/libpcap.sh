# Captures packets, for tcpdump. Debian's static library needs D-Bus and other libraries.
configure libpcap "$musl" --disable-dbus --disable-rdma --disable-usb --disable-bluetooth --without-libnl
compile libpcap libpcap.a
install -D -t "$libraries/usr/lib" "$work/libpcap/libpcap.a"
cp -r "$work"/libpcap/{pcap.h,pcap} "$libraries/usr/include/"
