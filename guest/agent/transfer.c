#define _GNU_SOURCE
#include "transfer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRANSFERS = 4, PATH_BYTES = 1024 };

struct transfer {
  uint16_t stream; /* 0 when this slot is free */
  int fd;
  bool writes;
  bool created;    /* the transfer created the file */
  uint32_t credit; /* for a file that the page reads: number of bytes that may still be sent */
  char path[PATH_BYTES];
};

static struct transfer transfers[TRANSFERS];

static void fail(uint16_t stream, const char *path, const char *why, send_frame *send) {
  char reason[PATH_BYTES + 64];
  snprintf(reason, sizeof reason, "%s: %s", path, why);
  send(FRAME_ERROR, stream, reason, (uint16_t)strlen(reason));
}

static void end(struct transfer *t) {
  close(t->fd);
  t->stream = 0;
}

/* Removes the open file. If its path was a link, the link remains. See proc_pid_fd(5). */
static void remove_file(int fd) {
  char link[32], path[PATH_BYTES];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  unlink(path);
}

/* Cancels a transfer and leaves no partial file. A file that existed before may have other names, so it is
 * emptied instead of removed. */
static void abandon(struct transfer *t) {
  if (t->created) remove_file(t->fd);
  else if (t->writes) ftruncate(t->fd, 0);
  end(t);
}

static void finish(struct transfer *t, send_frame *send) {
  static const uint8_t status[4] = {0};
  send(FRAME_EXIT, t->stream, status, sizeof status);
  end(t);
}

static struct transfer *find(uint16_t stream) {
  for (int i = 0; i < TRANSFERS; i++)
    if (transfers[i].stream == stream) return &transfers[i];
  return NULL;
}

/* Without O_NONBLOCK, opening a pipe or a terminal could block the agent. */
enum { FLAGS = O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

static int create_file(struct transfer *t, mode_t mode) {
  struct stat info;
  /* For a dangling link, open(2) creates the target. */
  t->created = stat(t->path, &info) && errno == ENOENT;
  return open(t->path, O_WRONLY | O_CREAT | O_TRUNC | FLAGS, mode);
}

void transfer_open(const struct frame *request, send_frame *send) {
  struct transfer *t = find(0);
  struct stat info;
  bool writes = request->type == FRAME_PUT;
  size_t length = request->length > 4 ? request->length - 4u : 0;
  if (!request->stream || !length || length >= PATH_BYTES || !t || find(request->stream)) {
    fail(request->stream, "file", t ? "bad request" : "too many files at once", send);
    return;
  }
  memcpy(t->path, request->payload + 4, length);
  t->path[length] = 0;
  uint32_t number = get32(request->payload);
  t->created = false;
  t->fd = writes ? create_file(t, number & 07777) : open(t->path, O_RDONLY | FLAGS);
  if (t->fd < 0) return fail(request->stream, t->path, strerror(errno), send);
  if (fstat(t->fd, &info) || !S_ISREG(info.st_mode)) {
    close(t->fd);
    return fail(request->stream, t->path, "is not a regular file", send);
  }
  if (writes) fchmod(t->fd, number & 07777);
  t->writes = writes;
  t->credit = writes ? 0 : number;
  t->stream = request->stream;
}

/* Writes a frame's bytes to the file. An empty frame ends the file. */
static void write_piece(struct transfer *t, const struct frame *request, send_frame *send) {
  if (!request->length) return finish(t, send);
  for (size_t at = 0; at < request->length;) {
    ssize_t done = write(t->fd, request->payload + at, request->length - at);
    if (done < 0 && errno == EINTR) continue;
    /* Some files of the kernel accept no bytes beyond their end, and report no error. */
    if (done <= 0) {
      fail(t->stream, t->path, done ? strerror(errno) : "takes no more bytes", send);
      return abandon(t);
    }
    at += (size_t)done;
  }
  uint8_t credit[4];
  put32(credit, request->length);
  send(FRAME_CREDIT, t->stream, credit, sizeof credit);
}

bool transfer_handle(const struct frame *request, send_frame *send) {
  struct transfer *t = request->stream ? find(request->stream) : NULL;
  if (!t) return false;
  if (request->type == FRAME_CLOSE) abandon(t);
  else if (request->type == FRAME_INPUT && t->writes) write_piece(t, request, send);
  else if (request->type == FRAME_CREDIT && request->length >= 4) t->credit += get32(request->payload);
  return true;
}

static bool is_ready(const struct transfer *t) { return t->stream && !t->writes && t->credit; }

bool transfers_are_ready(void) {
  for (int i = 0; i < TRANSFERS; i++)
    if (is_ready(&transfers[i])) return true;
  return false;
}

static void read_piece(struct transfer *t, send_frame *send) {
  static uint8_t bytes[FRAME_MAX];
  ssize_t got = read(t->fd, bytes, t->credit < sizeof bytes ? t->credit : sizeof bytes);
  if (got < 0 && errno == EINTR) return;
  if (got == 0) return finish(t, send);
  if (got < 0) {
    fail(t->stream, t->path, strerror(errno), send);
    return end(t);
  }
  t->credit -= (uint32_t)got;
  send(FRAME_OUTPUT, t->stream, bytes, (uint16_t)got);
}

void transfers_serve(send_frame *send) {
  for (int i = 0; i < TRANSFERS; i++)
    if (is_ready(&transfers[i])) read_piece(&transfers[i], send);
}
