/* Boots the machine, once, as its first process. */
#pragma once

/* Mounts the root: a tmpfs with the files of the disk's layers, an overlay of their programs at /usr, and the
 * usual file systems at /dev, /proc, /sys and /run. In the kernel's command line, `layers` lists the devices
 * of the layers, separated by commas, the lowest first. Starts the loopback interface and enables the cgroup
 * controllers. If a step fails, prints the reason and waits forever. */
void boot(void);

/* During the boot, the kernel zeroes freed memory (init_on_free=1). Otherwise the snapshot would contain data
 * that the boot has freed. Stops the zeroing, because it would slow down the machine for its readers. */
void stop_zeroing(void);
