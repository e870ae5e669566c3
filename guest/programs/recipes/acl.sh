# Access control lists, for coreutils and sed.
configure acl "$musl"
compile acl
install_library acl install
