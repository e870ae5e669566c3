#define _GNU_SOURCE
#include "reading.h"
#include "terminal.h"
#include <asm/unistd.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Two nested relays occur, for instance a container inside another one; DEPTH leaves room for a third. */
enum { DEPTH = 3, FAMILY = 16, POLLED = 64, SELECTED = 64, TTY_MAJOR = 5, PTS_FIRST = 136, PTS_LAST = 143 };

/* The system call in which a thread sleeps: the text of /proc/PID/task/TID/syscall, and its number and
 * arguments. */
struct call {
  char text[128];
  long number;
  unsigned long arguments[5];
};

static bool read_call(pid_t pid, pid_t thread, struct call *call) {
  char path[48];
  snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, thread);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = read(fd, call->text, sizeof call->text - 1);
  close(fd);
  if (length <= 0) return false;
  call->text[length] = 0;
  /* For a running thread, the text is "running". */
  unsigned long *a = call->arguments;
  return sscanf(call->text, "%ld %lx %lx %lx %lx %lx", &call->number, a, a + 1, a + 2, a + 3, a + 4) == 6;
}

static bool is_terminal(pid_t pid, int fd) {
  char path[48];
  struct stat info;
  snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
  if (stat(path, &info) || !S_ISCHR(info.st_mode)) return false;
  unsigned kind = major(info.st_rdev);
  return (kind >= PTS_FIRST && kind <= PTS_LAST) || (kind == TTY_MAJOR && minor(info.st_rdev) == 0);
}

static bool read_memory(pid_t pid, unsigned long address, void *out, size_t size) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = pread64(fd, out, size, (off64_t)address);
  close(fd);
  return length == (ssize_t)size;
}

static bool polls_terminal(pid_t pid, unsigned long address, unsigned long count) {
  struct pollfd polled[POLLED];
  if (count > POLLED) count = POLLED;
  if (count == 0) return false;
  if (!read_memory(pid, address, polled, count * sizeof *polled)) return false;
  for (unsigned long i = 0; i < count; i++)
    if ((polled[i].events & POLLIN) && is_terminal(pid, polled[i].fd)) return true;
  return false;
}

/* The set is an array of words; see select(2). */
static bool selects_terminal(pid_t pid, unsigned long count, unsigned long address) {
  enum { BITS = 32 };
  uint32_t words[SELECTED / BITS];
  if (count > SELECTED) count = SELECTED;
  if (!address || !read_memory(pid, address, words, (count + BITS - 1) / BITS * sizeof *words)) return false;
  for (unsigned long fd = 0; fd < count; fd++)
    if ((words[fd / BITS] >> fd % BITS & 1) && is_terminal(pid, (int)fd)) return true;
  return false;
}

/* /proc/PID/fdinfo lists the files of an epoll(7), one per line, with the events; see proc(5). */
static bool epolls_terminal(pid_t pid, int epoll) {
  char path[48], text[160];
  snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", pid, epoll);
  FILE *list = fopen(path, "re");
  bool found = false;
  int fd;
  unsigned events;
  while (list && !found && fgets(text, sizeof text, list))
    found = sscanf(text, "tfd: %d events: %x", &fd, &events) == 2 && (events & POLLIN) &&
            is_terminal(pid, fd);
  if (list) fclose(list);
  return found;
}

static enum reading until(bool forever) { return forever ? READING_WAITS : READING_LISTENS; }

/* Whether and how a thread that sleeps in this call reads the terminal. The length of a time limit does not
 * matter: with any limit, the program continues without input. */
static enum reading reading_of(pid_t pid, const struct call *call) {
  const unsigned long *a = call->arguments;
  switch (call->number) {
  case __NR_read:
  case __NR_readv: return is_terminal(pid, (int)a[0]) ? READING_WAITS : READING_NONE;
  case __NR_poll: return polls_terminal(pid, a[0], a[1]) ? until((int)a[2] < 0) : READING_NONE;
  case __NR_ppoll:
  case __NR_ppoll_time64: return polls_terminal(pid, a[0], a[1]) ? until(!a[2]) : READING_NONE;
  case __NR__newselect:
  case __NR_pselect6:
  case __NR_pselect6_time64: return selects_terminal(pid, a[0], a[1]) ? until(!a[4]) : READING_NONE;
  case __NR_epoll_wait:
  case __NR_epoll_pwait: return epolls_terminal(pid, (int)a[0]) ? until((int)a[3] < 0) : READING_NONE;
  case __NR_epoll_pwait2: return epolls_terminal(pid, (int)a[0]) ? until(!a[3]) : READING_NONE;
  }
  return READING_NONE;
}

static enum reading more(enum reading one, enum reading other) { return one > other ? one : other; }

/* Whether the process may read the terminal: a job in the background may poll it, but a read would stop that
 * job. */
static bool may_read(pid_t pid, pid_t group) { return getpgid(pid) == group || getsid(pid) != getsid(group); }

/* Whether and how any thread of the process reads the terminal. */
static enum reading process_reading(pid_t pid) {
  char path[32];
  struct call before, after;
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *threads = opendir(path);
  enum reading result = READING_NONE;
  struct dirent *entry;
  while (threads && (entry = readdir(threads))) {
    pid_t thread = atoi(entry->d_name);
    if (thread <= 0 || !read_call(pid, thread, &before)) continue;
    enum reading found = reading_of(pid, &before);
    /* The result holds only if the thread has been in the same call all the time. */
    if (found != READING_NONE && read_call(pid, thread, &after) && !strcmp(before.text, after.text))
      result = more(result, found);
  }
  if (threads) closedir(threads);
  return result;
}

/* Adds the children that a thread has started to pids[], and returns the new number of them. */
static int add_children(pid_t pid, const char *thread, pid_t *pids, int count) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", pid, thread);
  FILE *list = fopen(path, "re");
  while (list && count < FAMILY && fscanf(list, "%d", &pids[count]) == 1) count++;
  if (list) fclose(list);
  return count;
}

/* Fills pids[] with a process and its descendants, and returns their number. */
static int find_family(pid_t first, pid_t *pids) {
  int count = 1;
  pids[0] = first;
  for (int i = 0; i < count; i++) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/task", pids[i]);
    DIR *threads = opendir(path);
    struct dirent *entry;
    while (threads && (entry = readdir(threads)))
      if (entry->d_name[0] != '.') count = add_children(pids[i], entry->d_name, pids, count);
    if (threads) closedir(threads);
  }
  return count;
}

/* Our write(2) to a terminal returns before a kernel worker delivers the bytes. poll(2) at the other end
 * waits for the worker (n_tty_poll in drivers/tty/n_tty.c). */
bool terminal_has_input(int terminal) {
  int other = ioctl(terminal, TIOCGPTPEER, O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (other < 0) return false;
  struct pollfd ready = {other, POLLIN, 0};
  bool empty = poll(&ready, 1, 0) == 0;
  close(other);
  return !empty;
}

static enum reading find_reading(int terminal, int depth);

/* Whether and how a program reads the terminal whose master end is fd `number` of the process. */
static enum reading relayed_reading(int process, int number, int depth) {
  int terminal = (int)syscall(SYS_pidfd_getfd, process, number, 0);
  if (terminal < 0) return READING_NONE;
  enum reading result = find_reading(terminal, depth);
  if (result != READING_NONE && !terminal_is_drained(terminal)) result = READING_NONE;
  close(terminal);
  return result;
}

/* Returns the first result of `look` other than READING_NONE for the master ends of terminals that the
 * process has open. Calls it with a pidfd and the number of the file descriptor. */
static enum reading look_at_terminals_of(pid_t pid, int depth,
                                         enum reading (*look)(int process, int number, int depth)) {
  char path[48], target[32];
  snprintf(path, sizeof path, "/proc/%d/fd", pid);
  DIR *list = opendir(path);
  int process = list ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
  enum reading found = READING_NONE;
  struct dirent *entry;
  while (process >= 0 && found == READING_NONE && (entry = readdir(list))) {
    ssize_t length = readlinkat(dirfd(list), entry->d_name, target, sizeof target - 1);
    if (length < 0) continue;
    target[length] = 0;
    if (strcmp(target, "/dev/ptmx") && strcmp(target, "/dev/pts/ptmx") && strcmp(target, "/ptmx")) continue;
    found = look(process, atoi(entry->d_name), depth);
  }
  if (process >= 0) close(process);
  if (list) closedir(list);
  return found;
}

static enum reading any(int process, int number, int depth) {
  (void)process, (void)number, (void)depth;
  return READING_WAITS;
}

/* Whether the process has a master end itself. Such a relay also reads our terminal, but only the reader of
 * the relay's own terminal counts. */
static bool is_relay(pid_t pid) { return look_at_terminals_of(pid, 0, any) != READING_NONE; }

/* Whether and how a program reads the terminal to which the process relays. A relay that does not sleep may
 * hold bytes that it has not passed on yet, in either direction. */
static enum reading relay_reading(pid_t pid, int depth) {
  struct call call;
  if (depth >= DEPTH || !read_call(pid, pid, &call)) return READING_NONE;
  enum reading result = look_at_terminals_of(pid, depth + 1, relayed_reading);
  return read_call(pid, pid, &call) ? result : READING_NONE;
}

static enum reading find_reading(int terminal, int depth) {
  pid_t pids[FAMILY], group = terminal_group(terminal);
  if (!group || terminal_has_input(terminal)) return READING_NONE;
  int count = find_family(group, pids);
  enum reading result = READING_NONE;
  for (int i = 0; i < count && result != READING_WAITS; i++)
    if (may_read(pids[i], group) && !is_relay(pids[i])) result = more(result, process_reading(pids[i]));
  if (result == READING_WAITS && terminal_read_ends(terminal)) result = READING_LISTENS;
  if (terminal_is_canonical(terminal)) return result;
  for (int i = 0; i < count && result != READING_WAITS; i++)
    result = more(result, relay_reading(pids[i], depth));
  return result;
}

bool terminal_is_drained(int terminal) {
  struct pollfd ready = {terminal, POLLIN, 0};
  /* poll(2) also reports that no process has the other end open. */
  return poll(&ready, 1, 0) >= 0 && !(ready.revents & POLLIN);
}

bool terminal_is_relayed(int terminal) {
  pid_t pids[FAMILY], group = terminal_group(terminal);
  if (!group || terminal_is_canonical(terminal)) return false;
  int count = find_family(group, pids);
  for (int i = 0; i < count; i++)
    if (is_relay(pids[i])) return true;
  return false;
}

enum reading terminal_reading(int terminal) { return find_reading(terminal, 0); }
