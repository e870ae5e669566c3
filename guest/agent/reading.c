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
enum { DEPTH = 3, FAMILY = 16, POLLED = 8, SELECTED = 64, TTY_MAJOR = 5, PTS_FIRST = 136, PTS_LAST = 143 };

/* The system call in which a process sleeps: its number and arguments in /proc/PID/syscall. */
struct call {
  long number;
  unsigned long arguments[5];
};

static bool read_call(pid_t pid, struct call *call) {
  char path[32], text[128];
  snprintf(path, sizeof path, "/proc/%d/syscall", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return false;
  text[length] = 0;
  /* For a running process, the text is "running". */
  unsigned long *a = call->arguments;
  return sscanf(text, "%ld %lx %lx %lx %lx %lx", &call->number, a, a + 1, a + 2, a + 3, a + 4) == 6;
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
  if (count == 0 || count > POLLED) return false;
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

/* /proc/PID/fdinfo lists the files of an epoll(7), one per line, with the events; see proc(5). A program that
 * also waits for other files may continue without input. For instance, crun continues when the container's
 * shell has ended. */
static bool epolls_terminal_alone(pid_t pid, int epoll) {
  char path[48], text[160];
  snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", pid, epoll);
  FILE *list = fopen(path, "re");
  bool found = false, alone = true;
  int fd;
  unsigned events;
  while (list && fgets(text, sizeof text, list)) {
    if (sscanf(text, "tfd: %d events: %x", &fd, &events) != 2 || !(events & POLLIN)) continue;
    if (is_terminal(pid, fd)) found = true;
    else alone = false;
  }
  if (list) fclose(list);
  return found && alone;
}

static bool reads_terminal(pid_t pid) {
  struct call call;
  if (!read_call(pid, &call)) return false;
  const unsigned long *a = call.arguments;
  switch (call.number) {
  case __NR_read:
  case __NR_readv: return is_terminal(pid, (int)a[0]);
  /* With a time limit, the program continues without input, so it does not count as waiting. */
  case __NR_poll: return (int)a[2] == -1 && polls_terminal(pid, a[0], a[1]);
  case __NR_ppoll:
  case __NR_ppoll_time64: return !a[2] && polls_terminal(pid, a[0], a[1]);
  case __NR__newselect:
  case __NR_pselect6:
  case __NR_pselect6_time64: return !a[4] && selects_terminal(pid, a[0], a[1]);
  case __NR_epoll_wait:
  case __NR_epoll_pwait: return (int)a[3] == -1 && epolls_terminal_alone(pid, (int)a[0]);
  }
  return false;
}

/* Fills pids[] with a process and its descendants, and returns their number. */
static int find_family(pid_t first, pid_t *pids) {
  int count = 1;
  pids[0] = first;
  for (int i = 0; i < count; i++) {
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pids[i], pids[i]);
    FILE *list = fopen(path, "re");
    if (!list) continue;
    while (count < FAMILY && fscanf(list, "%d", &pids[count]) == 1) count++;
    fclose(list);
  }
  return count;
}

/* Whether a program has nothing left to read of the bytes that we wrote to the terminal. A kernel worker
 * delivers these bytes later. poll(2) at the other end waits for it (n_tty_poll in drivers/tty/n_tty.c). */
static bool input_is_taken(int terminal) {
  int other = ioctl(terminal, TIOCGPTPEER, O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (other < 0) return false;
  struct pollfd ready = {other, POLLIN, 0};
  bool taken = poll(&ready, 1, 0) == 0;
  close(other);
  return taken;
}

static bool is_read(int terminal, int depth);

/* Whether fd `number` of the process is the master end of a terminal that a program reads. */
static bool relays_read(int process, int number, int depth) {
  int terminal = (int)syscall(SYS_pidfd_getfd, process, number, 0);
  if (terminal < 0) return false;
  bool result = is_read(terminal, depth) && terminal_is_drained(terminal);
  close(terminal);
  return result;
}

/* Whether `is` returns true for a master end of a terminal that the process has open. Calls it with a pidfd
 * and the number of the file descriptor. */
static bool any_terminal_of(pid_t pid, int depth, bool (*is)(int process, int number, int depth)) {
  char path[48], target[32];
  snprintf(path, sizeof path, "/proc/%d/fd", pid);
  DIR *list = opendir(path);
  int process = list ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
  bool found = false;
  struct dirent *entry;
  while (process >= 0 && !found && (entry = readdir(list))) {
    ssize_t length = readlinkat(dirfd(list), entry->d_name, target, sizeof target - 1);
    if (length < 0) continue;
    target[length] = 0;
    if (strcmp(target, "/dev/ptmx") && strcmp(target, "/dev/pts/ptmx") && strcmp(target, "/ptmx")) continue;
    found = is(process, atoi(entry->d_name), depth);
  }
  if (process >= 0) close(process);
  if (list) closedir(list);
  return found;
}

static bool is_any(int process, int number, int depth) {
  (void)process, (void)number, (void)depth;
  return true;
}

/* Whether the process has a master end itself. Such a relay also reads our terminal, but only the reader of
 * the relay's own terminal counts. */
static bool is_relay(pid_t pid) { return any_terminal_of(pid, 0, is_any); }

static bool is_relay_of_read(pid_t pid, int depth) {
  struct call call;
  /* A relay that does not sleep may hold bytes of either direction that it has not passed on yet. */
  return depth < DEPTH && read_call(pid, &call) && any_terminal_of(pid, depth + 1, relays_read) &&
         read_call(pid, &call);
}

static bool is_read(int terminal, int depth) {
  pid_t pids[FAMILY], group = terminal_group(terminal);
  if (!group || !input_is_taken(terminal)) return false;
  int count = find_family(group, pids);
  for (int i = 0; i < count; i++)
    if (reads_terminal(pids[i]) && !is_relay(pids[i])) return true;
  if (terminal_is_canonical(terminal)) return false;
  for (int i = 0; i < count; i++)
    if (is_relay_of_read(pids[i], depth)) return true;
  return false;
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

bool terminal_is_read(int terminal) { return is_read(terminal, 0); }
