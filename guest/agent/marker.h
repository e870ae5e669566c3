/* Finds the marks that our shells print around their prompts: ESC ] course ; X ; STATUS BEL. They are
 * operating system commands of ECMA-48. terminal.c puts them into PS1 and PS2 of the environment, so every
 * shell that expands `$?` in its prompt prints them, even in a chroot or a container. If a program prints the
 * variables themselves, as env(1) does, they are not marks, because "$?" is not a number. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum mark {
  MARK_NONE,
  MARK_PROMPT, /* P: a prompt begins; STATUS is the last command's */
  MARK_MORE,   /* M: a prompt for the rest of an unfinished command begins */
  MARK_READY,  /* R: the prompt is complete; the shell now reads */
  MARK_RUN,    /* X: the shell starts a command; only bash prints it, from its PS0 */
};

/* The shells' variables; \a is BEL. */
#define MARK_PREFIX "\033]course;"
#define MARKED_PS1 MARK_PREFIX "P;$?\a$ " MARK_PREFIX "R;$?\a"
#define MARKED_PS2 MARK_PREFIX "M;$?\a> " MARK_PREFIX "R;$?\a"

/* Holds bytes that may be the beginning of a mark. */
struct marker {
  uint8_t kept[40];
  size_t have;
};

struct marker_result {
  enum mark mark; /* MARK_NONE if the input ended before a mark */
  int32_t status;
  size_t text; /* number of bytes of text in `out`; they precede the mark */
};

/* Takes bytes from *in up to the end of the next mark, and copies the text before the mark to `out`. `out`
 * must have room for the remaining input and sizeof kept more bytes. */
struct marker_result marker_scan(struct marker *m, const uint8_t **in, const uint8_t *end, uint8_t *out);
