#define _GNU_SOURCE
#include "boot.h"
#include "look.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <unistd.h>

static void fail(int error, const char *what) {
  fprintf(stderr, "init: %s: %s\n", what, strerror(error));
  for (;;) pause();
}

static void require(int result, const char *what) {
  if (result < 0) fail(errno, what);
}

struct mount_point {
  const char *type, *where, *options;
  unsigned long flags;
};

static void mount_all(const struct mount_point *points, int count) {
  for (int i = 0; i < count; i++) {
    mkdir(points[i].where, 0755);
    require(mount(points[i].type, points[i].where, points[i].type, points[i].flags, points[i].options),
            points[i].where);
  }
}

/* Returns an option of the kernel's command line, which the image sets. The kernel passes such options to
 * process 1 as environment variables (bootparam(7)). */
static char *option(const char *name) {
  char *value = getenv(name);
  if (!value) fail(EINVAL, name);
  return value;
}

enum { LAYERS = 16, PATH = 512 };

static void copy_file(const char *from, const char *to, const struct stat *info) {
  int in = open(from, O_RDONLY | O_CLOEXEC);
  int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, info->st_mode & 07777);
  off_t copied = 0;
  require(in, from);
  require(out, to);
  while (copied < info->st_size) {
    ssize_t count = sendfile(out, in, &copied, (size_t)(info->st_size - copied));
    if (count == 0) fail(EIO, from); /* the file is shorter than its size says */
    require((int)count, to);
  }
  close(in);
  close(out);
}

static void copy_link(const char *from, const char *to) {
  char target[PATH] = "";
  require((int)readlink(from, target, sizeof target - 1), from);
  unlink(to);
  require(symlink(target, to), to);
}

/* Copies the contents of a directory, except for one name, with owners, modes and times. */
static void copy_tree(const char *from, const char *to, const char *but) {
  DIR *directory = opendir(from);
  if (!directory) {
    require(-1, from);
    return;
  }
  for (struct dirent *entry; (entry = readdir(directory));) {
    const char *name = entry->d_name;
    char source[PATH], target[PATH];
    struct stat info;
    if (!strcmp(name, ".") || !strcmp(name, "..") || (but && !strcmp(name, but))) continue;
    snprintf(source, sizeof source, "%s/%s", from, name);
    snprintf(target, sizeof target, "%s/%s", to, name);
    require(lstat(source, &info), source);
    if (S_ISLNK(info.st_mode)) {
      copy_link(source, target);
    } else if (S_ISDIR(info.st_mode)) {
      mkdir(target, 0755);
      copy_tree(source, target, NULL);
    } else {
      copy_file(source, target, &info);
    }
    require(lchown(target, info.st_uid, info.st_gid), target);
    if (!S_ISLNK(info.st_mode)) require(chmod(target, info.st_mode & 07777), target);
    const struct timespec times[] = {info.st_atim, info.st_mtim};
    require(utimensat(AT_FDCWD, target, times, AT_SYMLINK_NOFOLLOW), target);
  }
  closedir(directory);
}

/* Mounts the squashfs of each layer at /layers/0, /layers/1, …, the lowest first. Copies its contents, except
 * for /usr, to a directory. Returns the number of layers. */
static int mount_layers(const char *to) {
  char where[32], *rest = option("layers"), *device;
  int count = 0;
  mkdir("/layers", 0755);
  while ((device = strsep(&rest, ","))) {
    if (count == LAYERS) fail(E2BIG, "layers");
    snprintf(where, sizeof where, "/layers/%d", count++);
    mkdir(where, 0755);
    require(mount(device, where, "squashfs", MS_RDONLY, NULL), device);
    copy_tree(where, to, "usr");
    /* Unmounting frees the buffers with the copied files, which would otherwise be part of the snapshot. */
    require(umount(where), where);
    require(mount(device, where, "squashfs", MS_RDONLY, NULL), device);
  }
  return count;
}

/* Joins the programs of all layers in one writable directory. */
static void mount_programs(const char *where, int layers) {
  char options[PATH] = "lowerdir=";
  size_t length = strlen(options);
  for (int i = layers - 1; i >= 0; i--)
    length += (size_t)snprintf(options + length, sizeof options - length, "/layers/%d/usr%s", i,
                               i ? ":" : ",upperdir=/above/upper,workdir=/above/work");
  require(mount("overlay", where, "overlay", 0, options), where);
}

/* Makes a tmpfs the root. The initramfs cannot remain the root: pivot_root(2) refuses it, so no container
 * could start. The root is not an overlay either, because that cannot hold the upper directory of another
 * overlay. */
static void mount_root(void) {
  static const struct mount_point early[] = {
      {"devtmpfs", "/dev", NULL, 0},
      {"tmpfs", "/above", "mode=0755", 0},
      {"tmpfs", "/root", "mode=0755", 0},
  };
  mount_all(early, sizeof early / sizeof *early);
  int layers = mount_layers("/root");
  mkdir("/above/upper", 0755);
  mkdir("/above/work", 0755);
  mkdir("/root/usr", 0755);
  mount_programs("/root/usr", layers);
  require(mount("/dev", "/root/dev", NULL, MS_MOVE, NULL), "/root/dev");
  require(unlink("/init"), "/init"); /* its memory remains in use until this program ends */
  require(chdir("/root"), "/root");
  require(mount(".", "/", NULL, MS_MOVE, NULL), "/");
  require(chroot("."), "chroot");
  require(chdir("/"), "/");
}

static void mount_system(void) {
  static const struct mount_point points[] = {
      {"proc", "/proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      {"sysfs", "/sys", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
      /* The options that systemd uses. */
      {"cgroup2", "/sys/fs/cgroup", "nsdelegate,memory_recursiveprot", MS_NOSUID | MS_NODEV | MS_NOEXEC},
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

/* Makes the device nodes of modules that are not loaded yet. The kernel loads such a module when a program
 * opens its device. depmod(8) writes the list. On Debian, systemd-tmpfiles(8) makes the devices in it, and
 * udev lets all users open two of them. */
static void make_devices(void) {
  struct utsname system;
  char path[PATH], name[64], kind;
  unsigned major, minor;
  require(uname(&system), "uname");
  snprintf(path, sizeof path, "/usr/lib/modules/%s/modules.devname", system.release);
  FILE *list = fopen(path, "re");
  if (!list) return; /* an image without modules */
  while (fscanf(list, " #%*[^\n]") != EOF &&
         fscanf(list, "%*s %63s %c%u:%u", name, &kind, &major, &minor) == 4) {
    snprintf(path, sizeof path, "/dev/%s", name);
    for (char *slash = strchr(path + 5, '/'); slash; slash = strchr(slash + 1, '/')) {
      *slash = 0;
      mkdir(path, 0755);
      *slash = '/';
    }
    require(mknod(path, kind == 'b' ? S_IFBLK : S_IFCHR, makedev(major, minor)), path);
    require(chmod(path, !strcmp(name, "fuse") || !strcmp(name, "net/tun") ? 0666 : 0600), path);
  }
  fclose(list);
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
  require(keep_groups(), "cgroup2");
  make_devices();
  loopback_up();
  /* Enables the controllers for the first level of groups, as current distributions do. */
  write_file("/sys/fs/cgroup/cgroup.subtree_control", "+cpu +io +memory +pids");
  /* If a process without a limit evicts memory that others used in the last second, the kernel kills a
   * process. Without this setting, the machine would thrash for minutes. */
  write_file("/sys/kernel/mm/lru_gen/min_ttl_ms", "1000");
  write_file("/proc/self/oom_score_adj", "-1000");
}
