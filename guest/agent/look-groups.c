#define _GNU_SOURCE
#include "look.h"
#include "report.h"
#include <dirent.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GROUPS = 256, PATHS = 16 << 10, PATH_MOST = 4096, LINKS_OF_EMPTY = 2, NO_TREE = -1 };

static int tree = NO_TREE;
/* The paths of the found groups, each after its parent's. They begin with "/" and end with a zero. */
static char paths[PATHS];
static uint16_t starts[GROUPS];
static int found;
static size_t used;
static char text[640]; /* the content of a file of the group */

int keep_groups(void) {
  const struct mount_attr quiet = {.attr_clr = MOUNT_ATTR__ATIME, .attr_set = MOUNT_ATTR_NOATIME};
  tree = (int)syscall(SYS_open_tree, AT_FDCWD, "/sys/fs/cgroup", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
  if (tree < 0) return tree;
  return (int)syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &quiet, sizeof quiet);
}

/* Adds a path to the found ones. Returns false if there is no room for it. */
static bool queue(const char *parent, const char *name) {
  const char *above = parent[1] ? parent : "";
  size_t length = strlen(above) + 1 + strlen(name);
  if (found == GROUPS || length >= PATH_MOST || used + length + 1 > sizeof paths) return false;
  starts[found++] = (uint16_t)used;
  used += (size_t)snprintf(paths + used, sizeof paths - used, "%s/%s", above, name) + 1;
  return true;
}

static bool queue_children(int group, const char *path) {
  struct stat info;
  /* A directory of a cgroup2 file system has two links of its own, and one for each group in it. */
  if (fstat(group, &info) || info.st_nlink <= LINKS_OF_EMPTY) return true;
  int copy = open_quietly(group, ".");
  DIR *list = copy < 0 ? NULL : fdopendir(copy);
  bool whole = true;
  for (struct dirent *entry; list && whole && (entry = readdir(list));)
    if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
      whole = queue(path, entry->d_name);
  if (list) closedir(list);
  return whole;
}

/* Adds a number as a field; an empty field for "max" and for NULL. */
static void add_number(const char *number) {
  report_add_text("\t");
  if (number && *number >= '0' && *number <= '9') report_add_word(number);
}

/* Returns the value of the key in `text`, whose lines are "KEY VALUE"; NULL without the key. */
static const char *value_of(const char *key) {
  size_t length = strlen(key);
  for (const char *at = text; at; at = strchr(at, '\n')) {
    if (*at == '\n') at++;
    if (!strncmp(at, key, length) && at[length] == ' ') return at + length + 1;
  }
  return NULL;
}

/* Adds a field with the content of a file. Returns false if the group has no such file. */
static bool add_file(int group, const char *name) {
  bool there = read_text(group, name, text, sizeof text);
  add_number(there ? text : NULL);
  return there;
}

static void add_memory(int group) {
  if (!add_file(group, "memory.current")) {
    report_add_text("\t\t\t");
    return;
  }
  add_file(group, "memory.max");
  add_file(group, "memory.high");
  add_number(read_text(group, "memory.events", text, sizeof text) ? value_of("oom_kill") : NULL);
}

static void add_cpu(int group) {
  static const char *const keys[] = {"usage_usec", "throttled_usec", "nr_periods", "nr_throttled"};
  if (!read_text(group, "cpu.stat", text, sizeof text)) *text = 0;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) add_number(value_of(keys[i]));
  if (!add_file(group, "cpu.max")) { /* the quota */
    report_add_text("\t\t");
    return;
  }
  const char *period = strchr(text, ' ');
  add_number(period ? period + 1 : NULL);
  add_file(group, "cpu.weight");
}

static void add_pressure(int group, const char *file) {
  static const char key[] = "some avg10=";
  bool there = read_text(group, file, text, sizeof text) && !strncmp(text, key, sizeof key - 1);
  add_number(there ? text + sizeof key - 1 : NULL);
}

/* The number of lines in cgroup.procs. */
static int count_processes(int group) {
  int file = open_quietly(group, "cgroup.procs"), count = 0;
  if (file < 0) return 0;
  for (ssize_t got; (got = read(file, text, sizeof text)) > 0;)
    for (ssize_t i = 0; i < got; i++) count += text[i] == '\n';
  close(file);
  return count;
}

/* Adds a group. Returns false if there was no room for its line. */
static bool add_group(int group, const char *path) {
  report_add_path(path);
  bool counted = add_file(group, "pids.current");
  bool empty = counted && !strcmp(text, "0\n"); /* pids.current also counts the groups below it */
  if (counted) add_file(group, "pids.max");
  else report_add_text("\t");
  report_add("\t%d", empty ? 0 : count_processes(group));
  add_number(read_text(group, "cgroup.events", text, sizeof text) ? value_of("frozen") : NULL);
  add_memory(group);
  add_cpu(group);
  add_pressure(group, "cpu.pressure");
  add_pressure(group, "memory.pressure");
  add_pressure(group, "io.pressure");
  return report_end_line();
}

bool look_at_groups(void) {
  bool whole = true;
  found = 0;
  used = 0;
  queue("/", "");
  for (int i = 0; i < found && tree != NO_TREE; i++) {
    const char *path = paths + starts[i];
    int group = open_quietly(tree, path[1] ? path + 1 : ".");
    if (group < 0) continue; /* it was removed */
    bool added = add_group(group, path);
    if (added && !queue_children(group, path)) whole = false;
    close(group);
    if (!added) return false;
  }
  return whole;
}
