/* The agent: process 1 of the machine. It boots the machine, reaps orphans, and provides the page with
 * sessions over the second serial line. frame.h defines the frames. */
#define _GNU_SOURCE
#include "boot.h"
#include "clock.h"
#include "frame.h"
#include "observe.h"
#include "session.h"
#include "transfer.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* The signals that busybox's halt, poweroff and reboot send to process 1, and their effects. */
static const struct {
  int signal;
  unsigned command;
} endings[] = {{SIGUSR1, RB_HALT_SYSTEM}, {SIGUSR2, RB_POWER_OFF}, {SIGTERM, RB_AUTOBOOT}};
enum { ENDINGS = sizeof endings / sizeof *endings };

static int line;
/* The page begins a new epoch at each restore. The agent drops frames of other epochs. */
static uint16_t epoch;

static void write_line(const uint8_t *bytes, size_t length) {
  while (length) {
    ssize_t done = write(line, bytes, length);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return;
    bytes += done;
    length -= (size_t)done;
  }
}

static void send_line(uint8_t type, uint16_t stream, const void *payload, uint16_t length) {
  static uint8_t bytes[FRAME_HEADER + FRAME_MAX];
  frame_header(bytes, type, epoch, stream, length);
  if (length) memcpy(bytes + FRAME_HEADER, payload, length);
  write_line(bytes, FRAME_HEADER + (size_t)length);
}

static void add_entropy(const uint8_t *bytes, size_t length) {
  struct {
    int bits, size;
    uint8_t bytes[64];
  } pool;
  int fd = open("/dev/urandom", O_WRONLY | O_CLOEXEC);
  if (fd < 0 || length > sizeof pool.bytes) return;
  pool.bits = (int)length * 8;
  pool.size = (int)length;
  memcpy(pool.bytes, bytes, length);
  ioctl(fd, RNDADDENTROPY, &pool);
  ioctl(fd, RNDRESEEDCRNG);
  close(fd);
}

static void set_clock(uint64_t ms) {
  struct timespec now = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
  clock_settime(CLOCK_REALTIME, &now);
}

static void advance_clock(uint64_t ms) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  now.tv_nsec += (long)(ms % 1000) * 1000000;
  now.tv_sec += (time_t)(ms / 1000) + now.tv_nsec / 1000000000;
  now.tv_nsec %= 1000000000;
  clock_settime(CLOCK_REALTIME, &now);
}

/* Handles a page's greeting, after a start or after a restore. A restored clock shows the time of the
 * snapshot. */
static void greet(const struct frame *request) {
  static const uint8_t version = PROTOCOL_VERSION;
  if (request->length < 9) return;
  epoch = request->epoch;
  set_clock(get64(request->payload + 1));
  add_entropy(request->payload + 9, request->length - 9u);
  /* Frames and credit in transit are lost. */
  sessions_renew_credit();
  send_line(FRAME_HELLO, 0, &version, 1);
}

static void handle(const struct frame *f) {
  if (f->type == FRAME_HELLO) return greet(f);
  if (f->epoch != epoch) return;
  if (f->type == FRAME_PING) return send_line(FRAME_PING, 0, f->payload, f->length);
  if (f->type == FRAME_OPEN) return session_open(f, send_line);
  if (f->type == FRAME_PREPARED) {
    stop_zeroing();
    return send_line(FRAME_PING, 0, f->payload, f->length);
  }
  if (f->type == FRAME_PUT || f->type == FRAME_GET) return transfer_open(f, send_line);
  if (f->type == FRAME_OBSERVE) return observe(f);
  if (f->type == FRAME_CLOCK) return advance_clock(f->length >= 8 ? get64(f->payload) : 0);
  if (!transfer_handle(f, send_line)) session_handle(f, send_line);
}

static void read_line(void) {
  static struct frame_reader reader;
  uint8_t bytes[FRAME_MAX];
  ssize_t got = read(line, bytes, sizeof bytes);
  const uint8_t *in = bytes, *end = bytes + (got > 0 ? got : 0);
  struct frame f;
  while (frame_read(&reader, &in, end, &f)) handle(&f);
}

/* Returns only for signals that do not end the machine. The page learns of the end from the kernel's console
 * messages, as it does after `poweroff -f`. */
static void end_machine(uint32_t signal) {
  for (int i = 0; i < ENDINGS; i++) {
    if ((int)signal != endings[i].signal) continue;
    sync();
    reboot((int)endings[i].command);
  }
}

static void take_signals(int signals) {
  struct signalfd_siginfo info;
  int status;
  pid_t pid;
  while (read(signals, &info, sizeof info) > 0) end_machine(info.ssi_signo);
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) session_reaped(pid, status);
}

static void open_line(const char *path) {
  struct termios mode;
  line = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (line < 0 || tcgetattr(line, &mode)) {
    fprintf(stderr, "init: %s: %s\n", path, strerror(errno));
    for (;;) pause();
  }
  cfmakeraw(&mode);
  mode.c_cflag |= CLOCAL | CREAD;
  cfsetspeed(&mode, B115200);
  tcsetattr(line, TCSANOW, &mode);
}

static int watch_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  for (int i = 0; i < ENDINGS; i++) sigaddset(&set, endings[i].signal);
  sigprocmask(SIG_BLOCK, &set, NULL);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Waits for the next event. The terminals of the sessions begin at fds[2]. */
static void wait_for_work(struct pollfd *fds, int signals) {
  uint64_t wake = UINT64_MAX;
  fds[0] = (struct pollfd){line, POLLIN, 0};
  fds[1] = (struct pollfd){signals, POLLIN, 0};
  int count = 2 + sessions_poll(fds + 2, &wake);
  if (observe_at() && observe_at() < wake) wake = observe_at();
  uint64_t now = now_ms();
  int wait = wake == UINT64_MAX ? -1 : wake > now ? (int)(wake - now) : 0;
  poll(fds, (nfds_t)count, transfers_are_ready() ? 0 : wait);
}

int main(void) {
  struct pollfd fds[2 + SESSIONS];
  boot();
  mlockall(MCL_CURRENT | MCL_FUTURE);
  reboot(RB_DISABLE_CAD);
  open_line("/dev/ttyS1");
  int signals = watch_signals();
  send_line(FRAME_HELLO, 0, (const uint8_t[]){PROTOCOL_VERSION}, 1);
  for (;;) {
    wait_for_work(fds, signals);
    if (fds[1].revents) take_signals(signals);
    sessions_serve(fds + 2, send_line);
    transfers_serve(send_line);
    observe_look(now_ms(), send_line);
    /* Requests come last, because a request can free a session whose events were not served yet. */
    if (fds[0].revents) read_line();
  }
}
