# Only ss. Debian's needs the libraries of Kerberos, for the names of RPC services.
unpack iproute2
(cd "$work/iproute2" && printf 'HAVE_MNL:=y\nCFLAGS+=-DNEED_STRLCPY -DHAVE_LIBMNL -DHAVE_SETNS -DHAVE_HANDLE_AT\nLDLIBS+=-lmnl\nYACC:=bison\n%%.o: %%.c\n\t$(CC) $(CFLAGS) $(EXTRA_CFLAGS) -c -o $@ $<\n' > config.mk &&
  make --quiet SUBDIRS='lib misc' CC="$glibc" CCOPTS="$flags" LDFLAGS="$link") > "$work/iproute2.log" 2>&1 || fail iproute2
keep iproute2/misc/ss usr/bin/ss
