# A program for 64-bit processors, which this machine's kernel refuses to run.
gcc -m64 -nostdlib -static -no-pie -Wl,--build-id=none -o "$work/hello-amd64" "$here/recipes/hello-amd64.S"
keep hello-amd64 usr/share/course/hello-amd64
