/* The text of one part of a report, and functions that read the kernel's files for it. The text consists of
 * lines, and tabs separate the fields of a line. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Begins an empty text. */
void report_clear(void);
void report_add(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Adds a text as it is. This costs less than report_add(). */
void report_add_text(const char *added);
/* Adds a name, with "?" for each control character. */
void report_add_name(const char *name);
/* Adds a path, with control characters and backslashes in octal: "\011", as in /proc/PID/mountinfo. */
void report_add_path(const char *path);
/* Adds the word at the beginning of `text`: up to a space or control character. */
void report_add_word(const char *text);
/* Ends the line. If the text had no room for all of it, removes it and returns false. */
bool report_end_line(void);
/* Adds the rest of a file that consists of lines. Returns false if it added only the first lines. */
bool report_add_file(int file);
/* The text, and its length. */
const char *report_text(size_t *length);

/* Reads the beginning of a file of the kernel, and ends it with a zero. Does not change the file's access
 * time. `folder` is as for openat(2). Returns false if the file is empty or cannot be read. */
bool read_text(int folder, const char *name, char *out, size_t size);
/* Opens a file or directory; reading it does not change its access time. Returns -1 on failure. */
int open_quietly(int folder, const char *name);
