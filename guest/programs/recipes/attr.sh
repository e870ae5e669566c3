# Extended attributes, for acl and coreutils.
configure attr "$musl"
compile attr
install_library attr install
