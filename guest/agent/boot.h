/* What has to be done once, as the first process of the machine. */
#pragma once

/* Mounts the root: a tmpfs with what the layers of the disk hold, their programs as an overlay at /usr, and
 * what a Unix system has in /dev, /proc, /sys and /run. Which disks it takes stands on the kernel's command
 * line: `layers`, their devices with commas between, the lowest first, and `scratch`, a device and where it
 * is mounted with a colon between. Sets host name, loopback and cgroup controllers. Returns only when all of
 * it worked; else it prints why and halts. */
void boot(void);

/* From the boot on the kernel zeroes what is freed (init_on_free=1), so that what the boot leaves behind
 * does not lie in the snapshot. Those who use the machine need not pay for that: ends it. */
void stop_zeroing(void);
