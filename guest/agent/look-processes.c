#define _GNU_SOURCE
#include "look.h"
#include "report.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const namespaces[] = {"ns/cgroup", "ns/ipc",  "ns/mnt",  "ns/net",
                                         "ns/pid",    "ns/time", "ns/user", "ns/uts"};
enum { KINDS = sizeof namespaces / sizeof *namespaces, NET = 3, PID = 4, NUMBER = 24, NO_ROOM = -1 };
/* Fields in the text of /proc/PID/stat; see proc(5). */
enum { STATE = 3, PARENT = 4, THREADS = 20 };

/* The reported processes, each after its parent. */
static pid_t queue[PROCESSES];
static int queued;
static struct network networks[PROCESSES];
static int network_count;

int found_networks(const struct network **found) {
  *found = networks;
  return network_count;
}

static void note_network(unsigned long number, pid_t pid) {
  if (!number) return;
  /* Processes that were started one after the other are often in the same namespace. */
  for (int i = network_count - 1; i >= 0; i--)
    if (networks[i].number == number) return;
  networks[network_count++] = (struct network){number, pid};
}

/* Copies the number in the text of a link in the folder of a process, for instance "pid:[4026531836]". Copies
 * "0" if there is no number because the process is ending. */
static void read_namespace(int folder, const char *link, char number[NUMBER]) {
  char target[48];
  ssize_t got = readlinkat(folder, link, target, sizeof target - 1);
  target[got > 0 ? got : 0] = 0;
  const char *begin = strchr(target, '['), *end = begin ? strchr(begin, ']') : NULL;
  size_t length = end ? (size_t)(end - begin - 1) : 0;
  if (length == 0 || length >= NUMBER) begin = "[0", length = 1;
  memcpy(number, begin + 1, length);
  number[length] = 0;
}

/* Adds the process's PIDs, from the outermost namespace to its own. Only a process outside our namespace has
 * several. */
static void add_pids(pid_t pid, int folder, bool nested) {
  static const char key[] = "\nNSpid:\t";
  char status[2048];
  bool there = nested && read_text(folder, "status", status, sizeof status);
  const char *line = there ? strstr(status, key) : NULL;
  if (!line) return report_add("%d", pid);
  const char *separator = "";
  for (const char *at = line + sizeof key - 2; *at == '\t'; at += 1 + strcspn(at + 1, "\t\n")) {
    report_add_text(separator);
    report_add_word(at + 1);
    separator = ",";
  }
}

static void add_namespaces(pid_t pid, int folder) {
  static char own[NUMBER];
  char number[NUMBER];
  bool nested = false;
  for (int i = 0; i < KINDS; i++) {
    read_namespace(folder, namespaces[i], number);
    if (i == PID && pid == 1) memcpy(own, number, sizeof own);
    if (i == PID) nested = strcmp(number, "0") && strcmp(number, own);
    if (i == NET) note_network(strtoul(number, NULL, 10), pid);
    report_add_text(i ? "," : "\t");
    report_add_text(number);
  }
  report_add_text("\t");
  add_pids(pid, folder, nested);
}

/* Adds the line of a process. `folder` is its folder in /proc. Returns the number of its threads, 0 if it has
 * ended, or NO_ROOM. */
static int add_process(pid_t pid, int folder) {
  char stat[512], group[4200]; /* a path has at most 4096 bytes */
  if (!read_text(folder, "stat", stat, sizeof stat)) return 0;
  char *name = strchr(stat, '('), *after = strrchr(stat, ')');
  if (!name || !after || !after[1]) return 0;
  *after = 0;
  /* The fields of proc(5) from the third one on: the state, the parent, … */
  const char *field = after + 2, *state = field, *parent = NULL;
  for (int i = STATE; i < THREADS && field; i++) {
    field = strchr(field, ' ');
    if (field) field++;
    if (i + 1 == PARENT) parent = field;
  }
  if (!field || !parent) return 0;
  report_add("%d\t", pid);
  report_add_word(parent);
  report_add("\t%c", *state);
  add_namespaces(pid, folder);
  if (!read_text(folder, "cgroup", group, sizeof group)) *group = 0;
  char *path = strstr(group, "0::");
  if (path) path[strcspn(path, "\n")] = 0;
  report_add_text("\t");
  report_add_path(path ? path + 3 : "");
  report_add_text("\t");
  report_add_name(name + 1);
  return report_end_line() ? atoi(field) : NO_ROOM;
}

/* Queues the children of a thread. Returns false if the queue has no room for all of them. */
static bool queue_children_of(int folder, pid_t thread) {
  char name[40], children[2048]; /* enough for all PIDs in a full queue */
  snprintf(name, sizeof name, "task/%d/children", thread);
  if (!read_text(folder, name, children, sizeof children)) return true;
  for (char *at = children, *end;; at = end) {
    pid_t child = (pid_t)strtol(at, &end, 10);
    if (end == at) return true;
    if (queued == PROCESSES) return false;
    queue[queued++] = child;
  }
}

static bool queue_children(int folder, pid_t pid, int threads) {
  if (threads < 2)
    return queue_children_of(folder, pid); /* the usual case; reading the directory costs more */
  int tasks = open_quietly(folder, "task");
  DIR *list = tasks < 0 ? NULL : fdopendir(tasks);
  bool whole = true;
  for (struct dirent *entry; list && (entry = readdir(list));) {
    pid_t thread = atoi(entry->d_name);
    if (thread && !queue_children_of(folder, thread)) whole = false;
  }
  if (list) closedir(list);
  return whole;
}

bool look_at_processes(void) {
  bool whole = true;
  network_count = 0;
  queue[0] = 1;
  queued = 1;
  for (int i = 0; i < queued; i++) {
    char path[24];
    snprintf(path, sizeof path, "/proc/%d", queue[i]);
    int folder = open_quietly(AT_FDCWD, path);
    if (folder < 0) continue; /* it has ended */
    int threads = add_process(queue[i], folder);
    if (threads == NO_ROOM || !queue_children(folder, queue[i], threads)) whole = false;
    close(folder);
    if (threads == NO_ROOM) break;
  }
  return whole;
}
