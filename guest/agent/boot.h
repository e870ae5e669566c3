/* What has to be done once, as the first process of the machine. */
#pragma once

/* Mounts the root: the squashfs of the disk below, a tmpfs above, and what a Unix system has in
 * /dev, /proc, /sys and /run. Sets host name, loopback and cgroup controllers.
 * Returns only when all of it worked; else it prints why and halts. */
void boot(void);
