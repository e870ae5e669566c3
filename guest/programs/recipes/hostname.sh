unpack hostname
compile hostname hostname CC="$musl $link" CFLAGS="$flags -D_GNU_SOURCE"
keep hostname/hostname usr/bin/hostname
for name in dnsdomainname domainname nisdomainname ypdomainname; do ln -s hostname "$built/usr/bin/$name"; done
is_static usr/bin/hostname
