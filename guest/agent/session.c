#define _GNU_SOURCE
#include "session.h"
#include "watch.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* A look costs some system calls, so they become rare while a command runs. */
enum { FIRST_LOOK_MS = 8, LAST_LOOK_MS = 128 };

static struct session sessions[SESSIONS];

struct session *session_at(int i) { return sessions[i].stream ? &sessions[i] : NULL; }

struct session *session_find(uint16_t stream) {
  for (int i = 0; stream && i < SESSIONS; i++)
    if (sessions[i].stream == stream) return &sessions[i];
  return NULL;
}

static struct session *free_slot(void) {
  for (int i = 0; i < SESSIONS; i++)
    if (!sessions[i].stream) return &sessions[i];
  return NULL;
}

/* Echo off: the page knows what it typed. It also keeps busybox from editing the line by itself. */
static void set_terminal(int fd) {
  struct termios mode;
  if (tcgetattr(fd, &mode)) return;
  mode.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(fd, TCSANOW, &mode);
}

/* Becomes the shell: a new session with the terminal as its controlling one, as login(1) does. */
static void become_shell(const char *terminal) {
  static char *const arguments[] = {"bash", NULL};
  static char *const environment[] = {
      "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "TERM=xterm",
      "PS1=" MARKED_PS1, "PS2=" MARKED_PS2,
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
  setsid();
  int fd = open(terminal, O_RDWR);
  if (fd < 0 || ioctl(fd, TIOCSCTTY, 0)) _exit(126);
  set_terminal(fd);
  dup2(fd, 0);
  dup2(fd, 1);
  dup2(fd, 2);
  syscall(SYS_close_range, 3, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  /* The agent is never the choice of the OOM killer; what it starts is an ordinary process. */
  FILE *score = fopen("/proc/self/oom_score_adj", "w");
  if (score) fputs("0", score), fclose(score);
  if (chdir("/root")) _exit(126);
  execve("/bin/bash", arguments, environment);
  _exit(127);
}

static int open_terminal(char *name, size_t size) {
  int fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return -1;
  if (!grantpt(fd) && !unlockpt(fd) && !ptsname_r(fd, name, size)) return fd;
  close(fd);
  return -1;
}

void session_open(const struct frame *request, send_frame *send) {
  char reason[96], name[64];
  struct session *s = free_slot();
  if (request->length < 8 || !request->stream || session_find(request->stream) || !s) {
    snprintf(reason, sizeof reason, "cannot open session: %s",
             s ? "bad request or stream in use" : "too many sessions");
    send(FRAME_ERROR, request->stream, reason, (uint16_t)strlen(reason));
    return;
  }
  int terminal = open_terminal(name, sizeof name);
  pid_t child = terminal < 0 ? -1 : fork();
  if (child == 0) become_shell(name);
  if (child < 0) {
    snprintf(reason, sizeof reason, "cannot open session: %s", strerror(errno));
    if (terminal >= 0) close(terminal);
    send(FRAME_ERROR, request->stream, reason, (uint16_t)strlen(reason));
    return;
  }
  memset(s, 0, sizeof *s);
  s->stream = request->stream;
  s->terminal = terminal;
  s->leader = child;
  s->window = s->credit = get32(request->payload + 4);
  session_resize(s, get16(request->payload), get16(request->payload + 2));
}

void sessions_renew_credit(void) {
  for (int i = 0; i < SESSIONS; i++) sessions[i].credit = sessions[i].window;
}

void session_resize(const struct session *s, uint16_t rows, uint16_t columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  ioctl(s->terminal, TIOCSWINSZ, &size);
}

/* Reads session and terminal of a process from /proc/PID/stat, see proc(5). */
static bool belongs_to(const char *pid, pid_t leader, int device) {
  char path[32], text[512];
  int session, terminal;
  snprintf(path, sizeof path, "/proc/%.16s/stat", pid);
  FILE *file = fopen(path, "re");
  if (!file) return false;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  /* The name may hold anything, brackets and blanks included. */
  const char *end = strrchr(text, ')');
  if (!end || sscanf(end + 1, " %*c %*d %*d %d %d", &session, &terminal) != 2) return false;
  /* Threads of the kernel have session 0, and so has a session whose shell has ended. */
  return (leader && session == leader) || terminal == device;
}

void session_kill(const struct session *s) {
  unsigned number = 0;
  ioctl(s->terminal, (int)TIOCGPTN, &number);
  int device = (int)(136U << 8 | (number & 0xFF));
  DIR *processes = opendir("/proc");
  for (struct dirent *entry; processes && (entry = readdir(processes));) {
    pid_t pid = atoi(entry->d_name);
    if (pid > 1 && belongs_to(entry->d_name, s->leader, device)) kill(pid, SIGKILL);
  }
  if (processes) closedir(processes);
}

void session_input(struct session *s, const struct frame *request, send_frame *send) {
  static const char reason[] = "more input than the credit allows";
  if (s->length + request->length > sizeof s->input) {
    send(FRAME_ERROR, s->stream, reason, sizeof reason - 1);
    return;
  }
  memcpy(s->input + s->length, request->payload, request->length);
  s->length += request->length;
  session_flush(s, send);
}

uint64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void watch_for_input(struct session *s) {
  s->look_after = FIRST_LOOK_MS;
  s->look_at = now_ms() + s->look_after;
}

void session_look(struct session *s, uint64_t now, send_frame *send) {
  if (!s->look_at || now < s->look_at) return;
  bool waits = !s->length && s->leader && terminal_is_read(s->terminal) &&
               terminal_is_drained(s->terminal);
  if (waits) {
    uint8_t echo = terminal_is_relayed(s->terminal);
    s->look_at = 0;
    send(FRAME_READING, s->stream, &echo, sizeof echo);
    return;
  }
  if (s->look_after < LAST_LOOK_MS) s->look_after *= 2;
  s->look_at = now_ms() + s->look_after;
}

void session_flush(struct session *s, send_frame *send) {
  if (!s->length) return;
  ssize_t taken = write(s->terminal, s->input, s->length);
  if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (taken < 0) taken = (ssize_t)s->length; /* nobody will ever read it */
  watch_for_input(s);
  s->length -= (uint32_t)taken;
  memmove(s->input, s->input + taken, s->length);
  uint8_t credit[4];
  put32(credit, (uint32_t)taken);
  send(FRAME_CREDIT, s->stream, credit, sizeof credit);
}

static void take_mark(struct session *s, struct marker_result found, send_frame *send) {
  if (found.mark == MARK_NONE) return;
  if (found.mark != MARK_READY) {
    s->prompt = found.mark;
    s->prompt_status = found.status;
    return;
  }
  uint8_t payload[5] = {terminal_is_relayed(s->terminal)};
  put32(payload + 1, (uint32_t)s->prompt_status);
  if (s->prompt == MARK_PROMPT) send(FRAME_PROMPT, s->stream, payload, 5);
  if (s->prompt == MARK_MORE) send(FRAME_MORE, s->stream, payload, 1);
  s->prompt = MARK_NONE;
  s->look_at = 0;
}

uint32_t session_room(const struct session *s) {
  /* What is held as the beginning of a mark may turn out to be text. */
  uint32_t held = (uint32_t)s->marker.have;
  return s->credit > held ? s->credit - held : 0;
}

bool session_read(struct session *s, send_frame *send) {
  uint8_t bytes[FRAME_MAX - sizeof s->marker.held], text[FRAME_MAX];
  uint32_t room = session_room(s), most = sizeof bytes < room ? sizeof bytes : room;
  if (!most) return true;
  ssize_t got = read(s->terminal, bytes, most);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  const uint8_t *in = bytes, *end = bytes + got;
  while (in < end) {
    struct marker_result found = marker_scan(&s->marker, &in, end, text);
    if (found.text && s->prompt == MARK_NONE) {
      send(FRAME_OUTPUT, s->stream, text, (uint16_t)found.text);
      s->credit -= (uint32_t)found.text;
    }
    take_mark(s, found, send);
  }
  return got > 0;
}

void session_reaped(pid_t pid, int wait_status) {
  for (int i = 0; i < SESSIONS; i++) {
    if (!sessions[i].stream || sessions[i].leader != pid) continue;
    sessions[i].leader = 0;
    /* As a shell would print it in $?. */
    sessions[i].status =
        WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
  }
}

void session_ended(struct session *s, send_frame *send) {
  uint8_t status[4];
  put32(status, (uint32_t)s->status);
  send(FRAME_EXIT, s->stream, status, sizeof status);
  close(s->terminal);
  s->stream = 0;
}
