#define _GNU_SOURCE
#include "boot.h"
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void require(int result, const char *what) {
  if (result >= 0) return;
  fprintf(stderr, "init: %s: %s\n", what, strerror(errno));
  for (;;) pause();
}

struct mount_point {
  const char *type, *where, *options;
  unsigned long flags;
};

static void mount_all(const struct mount_point *points, int count) {
  for (int i = 0; i < count; i++) {
    mkdir(points[i].where, 0755);
    require(mount(points[i].type, points[i].where, points[i].type, points[i].flags,
                  points[i].options),
            points[i].where);
  }
}

/* What the image has written on the kernel's command line, which gives it to process 1 (bootparam(7)). */
static char *option(const char *name) {
  char *value = getenv(name);
  if (!value) {
    errno = EINVAL;
    require(-1, name);
  }
  return value;
}

/* Mounts the squashfs of each layer. Gives their directories as an overlay wants them, the highest first. */
static const char *mount_layers(void) {
  static char directories[1024];
  char directory[32], *rest = option("layers"), *device;
  size_t length = 0;
  for (int i = 0; (device = strsep(&rest, ",")); i++) {
    snprintf(directory, sizeof directory, "/layer%d", i);
    mkdir(directory, 0755);
    require(mount(device, directory, "squashfs", MS_RDONLY, NULL), device);
    length += (size_t)snprintf(directories + length, sizeof directories - length, "%s%s",
                               i ? ":" : "", directory);
    if (length >= sizeof directories) require(-1, "too many layers");
  }
  return directories;
}

/* pivot_root(2) refuses the initramfs, and so would every container; hence the move to an overlay. */
static void mount_root(void) {
  static const struct mount_point early[] = {
      {"devtmpfs", "/dev", NULL, 0},
      {"tmpfs", "/above", "mode=0755", 0},
  };
  mount_all(early, 2);
  char options[1200];
  snprintf(options, sizeof options, "lowerdir=%s,upperdir=/above/upper,workdir=/above/work", mount_layers());
  mkdir("/above/upper", 0755);
  mkdir("/above/work", 0755);
  mkdir("/root", 0755);
  require(mount("overlay", "/root", "overlay", 0, options), "overlay");
  require(mount("/dev", "/root/dev", NULL, MS_MOVE, NULL), "/root/dev");
  require(unlink("/init"), "/init"); /* the file's memory stays until this program ends */
  require(chdir("/root"), "/root");
  require(mount(".", "/", NULL, MS_MOVE, NULL), "/");
  require(chroot("."), "chroot");
  require(chdir("/"), "/");
}

static void mount_system(void) {
  static const struct mount_point points[] = {
      {"proc", "/proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      {"sysfs", "/sys", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      {"cgroup2", "/sys/fs/cgroup", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      {"devpts", "/dev/pts", "mode=0620,gid=5,ptmxmode=0666", MS_NOSUID | MS_NOEXEC},
      {"tmpfs", "/dev/shm", "mode=1777", MS_NOSUID | MS_NODEV},
      {"mqueue", "/dev/mqueue", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      {"tmpfs", "/run", "mode=0755", MS_NOSUID | MS_NODEV},
      {"tmpfs", "/tmp", "mode=1777", MS_NOSUID | MS_NODEV},
  };
  mount_all(points, sizeof points / sizeof *points);
  (void)!symlink("/proc/self/fd", "/dev/fd");
  (void)!symlink("/proc/self/fd/0", "/dev/stdin");
  (void)!symlink("/proc/self/fd/1", "/dev/stdout");
  (void)!symlink("/proc/self/fd/2", "/dev/stderr");
}

/* A disk to write on, for what a file system in memory cannot show. */
static void mount_scratch(void) {
  char *where = getenv("scratch"), *device = strsep(&where, ":");
  if (!device || !where) return;
  require(mount(device, where, "ext4", MS_NOSUID | MS_NODEV | MS_NOATIME, NULL), device);
}

static void write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  require(fd, path);
  require((int)write(fd, text, strlen(text)), path);
  close(fd);
}

static void loopback_up(void) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  require(fd, "socket");
  require(ioctl(fd, SIOCSIFFLAGS, &request), "lo");
  close(fd);
}

void stop_zeroing(void) {
  int fd = open("/proc/sys/vm/init_on_free", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)!write(fd, "0", 1);
  close(fd);
}

void boot(void) {
  umask(0022);
  mount_root();
  mount_system();
  mount_scratch();
  loopback_up();
  /* As on any current distribution, the controllers are there for the first level of groups. */
  write_file("/sys/fs/cgroup/cgroup.subtree_control", "+cpu +io +memory +pids");
  /* A hog outside every limit is killed once it pushes out what others used in the last second;
   * without this the machine would thrash for minutes. */
  write_file("/sys/kernel/mm/lru_gen/min_ttl_ms", "1000");
  write_file("/proc/self/oom_score_adj", "-1000");
}
