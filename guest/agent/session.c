#define _GNU_SOURCE
#include "session.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

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

/* Becomes the shell: a new session with the terminal as its controlling one, as login(1) does. */
static void become_shell(const char *terminal) {
  static char *const arguments[] = {"bash", NULL};
  static char *const environment[] = {
      "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "TERM=xterm",
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
  setsid();
  int fd = open(terminal, O_RDWR);
  if (fd < 0 || ioctl(fd, TIOCSCTTY, 0)) _exit(126);
  dup2(fd, 0);
  dup2(fd, 1);
  dup2(fd, 2);
  close_range(3, ~0U, 0);
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
  s->credit = get32(request->payload + 4);
  session_resize(s, get16(request->payload), get16(request->payload + 2));
}

void session_resize(const struct session *s, uint16_t rows, uint16_t columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  ioctl(s->terminal, TIOCSWINSZ, &size);
}

void session_close(struct session *s) {
  pid_t foreground = 0;
  if (!ioctl(s->terminal, TIOCGPGRP, &foreground) && foreground > 0) kill(-foreground, SIGKILL);
  if (s->leader) kill(-s->leader, SIGKILL);
  close(s->terminal);
  s->stream = 0;
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

void session_flush(struct session *s, send_frame *send) {
  if (!s->length) return;
  ssize_t taken = write(s->terminal, s->input, s->length);
  if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (taken < 0) taken = (ssize_t)s->length; /* nobody will ever read it */
  s->length -= (uint32_t)taken;
  memmove(s->input, s->input + taken, s->length);
  uint8_t credit[4];
  put32(credit, (uint32_t)taken);
  send(FRAME_CREDIT, s->stream, credit, sizeof credit);
}

static void send_mark(const struct session *s, struct marker_result found, send_frame *send) {
  static const uint8_t types[] = {0, FRAME_PROMPT, FRAME_START, FRAME_MORE};
  uint8_t status[4];
  put32(status, (uint32_t)found.status);
  if (found.mark == MARK_NONE) return;
  send(types[found.mark], s->stream, status, found.mark == MARK_PROMPT ? sizeof status : 0);
}

bool session_read(struct session *s, send_frame *send) {
  uint8_t bytes[FRAME_MAX - sizeof s->marker.held], text[FRAME_MAX];
  size_t most = sizeof bytes < s->credit ? sizeof bytes : s->credit;
  if (!most) return true;
  ssize_t got = read(s->terminal, bytes, most);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  const uint8_t *in = bytes, *end = bytes + got;
  while (in < end) {
    struct marker_result found = marker_scan(&s->marker, &in, end, text);
    if (found.text) send(FRAME_OUTPUT, s->stream, text, (uint16_t)found.text);
    /* Held bytes of an earlier read may add to this one's; they were within credit then. */
    s->credit = s->credit > found.text ? s->credit - (uint32_t)found.text : 0;
    send_mark(s, found, send);
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
  session_close(s);
}
