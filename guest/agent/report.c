#define _GNU_SOURCE
#include "report.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { TEXT = 48 << 10, DELETE = 127 };

static char text[TEXT];
static size_t length, line; /* the text's length, and where its last line begins */
static bool full;           /* the last line had no room */

void report_clear(void) {
  length = line = 0;
  full = false;
}

const char *report_text(size_t *size) {
  *size = length;
  return text;
}

static void add_byte(char byte) {
  if (length < sizeof text) text[length++] = byte;
  else full = true;
}

void report_add(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int wanted = vsnprintf(text + length, sizeof text - length, format, arguments);
  va_end(arguments);
  if (wanted < 0 || (size_t)wanted >= sizeof text - length) full = true;
  else length += (size_t)wanted;
}

void report_add_text(const char *added) {
  for (; *added; added++) add_byte(*added);
}

static bool is_control(char byte) { return (unsigned char)byte < ' ' || byte == DELETE; }

void report_add_name(const char *name) {
  for (; *name; name++)
    if (is_control(*name)) add_byte('?');
    else add_byte(*name);
}

void report_add_path(const char *path) {
  for (; *path; path++)
    if (is_control(*path) || *path == '\\') report_add("\\%03o", (unsigned char)*path);
    else add_byte(*path);
}

void report_add_word(const char *word) {
  for (; (unsigned char)*word > ' '; word++) add_byte(*word);
}

bool report_end_line(void) {
  add_byte('\n');
  if (full) length = line;
  line = length;
  bool whole = !full;
  full = false;
  return whole;
}

bool report_add_file(int file) {
  ssize_t got = 0;
  while (length < sizeof text && (got = read(file, text + length, sizeof text - length)) > 0)
    length += (size_t)got;
  bool whole = length < sizeof text;
  while (length > line && text[length - 1] != '\n') length--;
  line = length;
  return whole;
}

int open_quietly(int folder, const char *name) {
  return openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOATIME);
}

bool read_text(int folder, const char *name, char *out, size_t size) {
  int fd = open_quietly(folder, name);
  if (fd < 0) return false;
  ssize_t got = read(fd, out, size - 1);
  close(fd);
  out[got > 0 ? got : 0] = 0;
  return got > 0;
}
