#define _GNU_SOURCE
#include "observe.h"
#include "clock.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A look at the processes costs CPU time. The agent then waits at least REST times as long. */
enum { PROCESSES = 256, TEXT = 48 << 10, REST = 49, WHOLE = 1, CUT = 2 };

static const char *const kinds[] = {"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"};
enum { KINDS = sizeof kinds / sizeof *kinds };
static const char pid_kind[] = "pid";

static uint32_t interval;
static uint64_t next;
static uint64_t last_hash;
static char text[TEXT];
static size_t length;
static bool full; /* `text` had no room for the last addition */

static void add(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int wanted = vsnprintf(text + length, sizeof text - length, format, arguments);
  va_end(arguments);
  if (wanted < 0 || (size_t)wanted >= sizeof text - length) full = true;
  else length += (size_t)wanted;
}

/* Tabs separate fields, and line feeds separate processes. A name may contain both, so they are replaced. */
static void add_text(const char *value) {
  for (; *value; value++) add("%c", (unsigned char)*value < ' ' ? '?' : *value);
}

static bool read_file(pid_t pid, const char *name, char *out, size_t size) {
  char path[48];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t got = read(fd, out, size - 1);
  close(fd);
  out[got > 0 ? got : 0] = 0;
  return got > 0;
}

/* Returns the number in the text of the link, for instance "pid:[4026531836]". */
static unsigned long namespace_of(pid_t pid, const char *kind) {
  char path[48], target[48];
  snprintf(path, sizeof path, "/proc/%d/ns/%s", pid, kind);
  ssize_t got = readlink(path, target, sizeof target - 1);
  if (got < 0) return 0;
  target[got] = 0;
  const char *number = strchr(target, '[');
  return number ? strtoul(number + 1, NULL, 10) : 0;
}

/* Adds the process's PIDs, from the outermost namespace to its own. Only a process outside our namespace has
 * several. */
static void add_pids(pid_t pid, bool nested) {
  char status[2048];
  const char *line = nested && read_file(pid, "status", status, sizeof status) ? strstr(status, "\nNSpid:\t")
                                                                               : NULL;
  if (!line) return add("%d\t", pid);
  for (line += sizeof "\nNSpid:\t" - 1; *line && *line != '\n'; line++)
    add("%c", *line == '\t' ? ',' : *line);
  add("\t");
}

/* Adds a process. Returns its number of threads; 0 if it has ended. */
static int add_process(pid_t pid) {
  static unsigned long own;
  char stat[512], group[512];
  if (!own) own = namespace_of(1, pid_kind);
  if (!read_file(pid, "stat", stat, sizeof stat)) return 0;
  char *name = strchr(stat, '('), *after = strrchr(stat, ')');
  int parent, threads;
  char state;
  /* Fields 3, 4 and 20 of proc(5). */
  static const char format[] = " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d";
  if (!name || !after || sscanf(after + 1, format, &state, &parent, &threads) != 3) return 0;
  *after = 0;
  add("%d\t%d\t%c\t", pid, parent, state);
  unsigned long inner = 0;
  for (int i = 0; i < KINDS; i++) {
    unsigned long number = namespace_of(pid, kinds[i]);
    if (!strcmp(kinds[i], pid_kind)) inner = number;
    add("%lu%c", number, i + 1 < KINDS ? ',' : '\t');
  }
  add_pids(pid, inner && inner != own);
  if (!read_file(pid, "cgroup", group, sizeof group)) *group = 0;
  char *path = strstr(group, "0::");
  if (path) path[strcspn(path, "\n")] = 0;
  add_text(path ? path + 3 : "");
  add("\t");
  add_text(name + 1);
  add("\n");
  return threads;
}

/* The reported processes, each after its parent. */
static pid_t queue[PROCESSES];
static int queued;

/* Queues the children of a thread. Returns false if the queue has no room for all of them. */
static bool queue_children_of(pid_t pid, pid_t thread) {
  char name[40], children[2048]; /* enough for all PIDs in a full queue */
  snprintf(name, sizeof name, "task/%d/children", thread);
  if (!read_file(pid, name, children, sizeof children)) return true;
  for (char *at = children, *end;; at = end) {
    pid_t child = (pid_t)strtol(at, &end, 10);
    if (end == at) return true;
    if (queued == PROCESSES) return false;
    queue[queued++] = child;
  }
}

static bool queue_children(pid_t pid, int threads) {
  if (threads < 2) return queue_children_of(pid, pid); /* the usual case; reading the directory costs more */
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *list = opendir(path);
  bool whole = true;
  for (struct dirent *entry; list && (entry = readdir(list));) {
    pid_t thread = atoi(entry->d_name);
    if (thread && !queue_children_of(pid, thread)) whole = false;
  }
  if (list) closedir(list);
  return whole;
}

/* Adds process 1 and all its descendants; kernel threads are not among them. If there is no room for all,
 * adds those nearest to process 1 and returns false. */
static bool add_descendants(void) {
  bool whole = true;
  length = 0;
  full = false;
  queue[0] = 1;
  queued = 1;
  for (int i = 0; i < queued; i++) {
    size_t before = length;
    int threads = add_process(queue[i]);
    if (full) {
      length = before;
      return false;
    }
    if (!queue_children(queue[i], threads)) whole = false;
  }
  return whole;
}

static uint64_t hash_of(const char *bytes, size_t count) {
  uint64_t hash = 14695981039346656037u; /* FNV-1a */
  while (count--) hash = (hash ^ (uint8_t)*bytes++) * 1099511628211u;
  return hash;
}

static void send_text(bool whole, send_frame *send) {
  static uint8_t payload[FRAME_MAX];
  size_t at = 0;
  do {
    size_t part = length - at < sizeof payload - 1 ? length - at : sizeof payload - 1;
    memcpy(payload + 1, text + at, part);
    at += part;
    payload[0] = at < length ? 0 : whole ? WHOLE : CUT;
    send(FRAME_PROCESSES, 0, payload, (uint16_t)(part + 1));
  } while (at < length);
}

static uint64_t processor_us(void) {
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return (uint64_t)used.tv_sec * 1000000 + (uint64_t)used.tv_nsec / 1000;
}

void observe(uint32_t ms) {
  interval = ms;
  next = ms ? now_ms() : 0;
  last_hash = 0;
}

uint64_t observe_at(void) { return next; }

void observe_look(uint64_t now, send_frame *send) {
  if (!next || now < next) return;
  uint64_t begun = processor_us();
  bool whole = add_descendants();
  uint64_t hash = hash_of(text, length) + whole;
  if (hash != last_hash) send_text(whole, send);
  last_hash = hash;
  uint64_t rest = (processor_us() - begun) * REST / 1000 + 1;
  next = now_ms() + (rest > interval ? rest : interval);
}
