#define _GNU_SOURCE
#include "terminal.h"
#include "marker.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

static bool get_mode(int terminal, struct termios *mode) { return !tcgetattr(terminal, mode); }

bool terminal_echoes(int terminal) {
  struct termios mode;
  return get_mode(terminal, &mode) && (mode.c_lflag & ECHO);
}

bool terminal_is_canonical(int terminal) {
  struct termios mode;
  return !get_mode(terminal, &mode) || (mode.c_lflag & ICANON);
}

bool terminal_read_ends(int terminal) {
  struct termios mode;
  return get_mode(terminal, &mode) && !(mode.c_lflag & ICANON) && mode.c_cc[VMIN] == 0;
}

void terminal_set_echo(int terminal, bool on) {
  struct termios mode;
  if (!get_mode(terminal, &mode)) return;
  if (on) mode.c_lflag |= ECHO;
  else mode.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(terminal, TCSANOW, &mode);
}

/* Lets the erase key remove whole UTF-8 characters, as terminal emulators do for their terminals. */
static void set_utf8(int terminal) {
  struct termios mode;
  if (!get_mode(terminal, &mode)) return;
  mode.c_iflag |= IUTF8;
  tcsetattr(terminal, TCSANOW, &mode);
}

void terminal_lock_echo(int terminal, bool locked) {
  struct termios lock = {.c_lflag = locked ? ECHO : 0};
  ioctl(terminal, TIOCSLCKTRMIOS, &lock);
}

void terminal_resize(int terminal, uint16_t rows, uint16_t columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  ioctl(terminal, TIOCSWINSZ, &size);
}

pid_t terminal_group(int terminal) {
  pid_t group = 0;
  return ioctl(terminal, TIOCGPGRP, &group) || group < 0 ? 0 : group;
}

size_t terminal_program(int terminal, char *name, size_t size) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/comm", terminal_group(terminal));
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t length = read(fd, name, size);
  close(fd);
  return length > 0 ? (size_t)length - 1 : 0; /* without the line feed */
}

/* Turns this process into the shell: it leads a new session and controls the terminal, as after login(1). */
static void become_shell(const char *terminal) {
  static char *const arguments[] = {"bash", NULL};
  static char *const environment[] = {"HOME=/root",
                                      "USER=root",
                                      "LOGNAME=root",
                                      "SHELL=/bin/bash",
                                      "TERM=xterm",
                                      "LC_CTYPE=C.UTF-8",
                                      "PS1=" MARKED_PS1,
                                      "PS2=" MARKED_PS2,
                                      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                      NULL};
  setsid();
  int fd = open(terminal, O_RDWR);
  if (fd < 0 || ioctl(fd, TIOCSCTTY, 0)) _exit(126);
  dup2(fd, 0);
  dup2(fd, 1);
  dup2(fd, 2);
  syscall(SYS_close_range, 3, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  /* The OOM killer never chooses the agent, but may choose the processes that it starts. */
  FILE *score = fopen("/proc/self/oom_score_adj", "w");
  if (score) fputs("0", score), fclose(score);
  if (chdir("/root")) _exit(126);
  execve("/bin/bash", arguments, environment);
  _exit(127);
}

int terminal_open(pid_t *shell) {
  char name[64];
  int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (terminal < 0) return -1;
  if (!grantpt(terminal) && !unlockpt(terminal) && !ptsname_r(terminal, name, sizeof name)) {
    set_utf8(terminal);
    terminal_set_echo(terminal, false);
    *shell = fork();
    if (*shell == 0) become_shell(name);
    if (*shell > 0) return terminal;
  }
  int reason = errno;
  close(terminal);
  errno = reason;
  return -1;
}

/* Whether the process belongs to the leader's session or has this terminal. See /proc/PID/stat in proc(5). */
static bool belongs_to(const char *pid, pid_t leader, int device) {
  char path[32], text[512];
  int session, terminal;
  snprintf(path, sizeof path, "/proc/%.16s/stat", pid);
  FILE *file = fopen(path, "re");
  if (!file) return false;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  /* The name may contain any character, even brackets and blanks. */
  const char *end = strrchr(text, ')');
  if (!end || sscanf(end + 1, " %*c %*d %*d %d %d", &session, &terminal) != 2) return false;
  /* Kernel threads are in session 0, and `leader` is 0 after the shell's end. */
  return (leader && session == leader) || terminal == device;
}

void terminal_kill(int terminal, pid_t leader) {
  unsigned number = 0;
  ioctl(terminal, (int)TIOCGPTN, &number);
  int device = (int)(136U << 8 | (number & 0xFF));
  DIR *processes = opendir("/proc");
  for (struct dirent *entry; processes && (entry = readdir(processes));) {
    pid_t pid = atoi(entry->d_name);
    if (pid > 1 && belongs_to(entry->d_name, leader, device)) kill(pid, SIGKILL);
  }
  if (processes) closedir(processes);
}
