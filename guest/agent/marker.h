/* Finds the marks that our shells print around their prompts: ESC ] course ; X ; STATUS BEL. They are
 * operating system commands as in ECMA-48. terminal.c puts them into PS1 and PS2 of the environment,
 * so that every shell that expands `$?` there prints them, also in a chroot or a container. Written
 * out, as by env(1), they are no marks: "$?" is no number. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum mark {
  MARK_NONE,
  MARK_PROMPT, /* P: a prompt begins; the last command ended with STATUS */
  MARK_MORE,   /* M: a prompt for the rest of an unfinished command begins */
  MARK_READY,  /* R: the prompt is complete, and the shell reads */
  MARK_RUN,    /* X: the shell begins to run a command; from bash only, which has a PS0 */
};

/* What the shells get; the byte 7 is BEL. */
#define MARK_PREFIX "\033]course;"
#define MARKED_PS1 MARK_PREFIX "P;$?\a$ " MARK_PREFIX "R;$?\a"
#define MARKED_PS2 MARK_PREFIX "M;$?\a> " MARK_PREFIX "R;$?\a"

/* Holds the bytes that may turn out to be the beginning of a mark. */
struct marker {
  uint8_t held[40];
  size_t have;
};

struct marker_result {
  enum mark mark; /* MARK_NONE when the input ended first */
  int32_t status;
  size_t text; /* so many bytes of text were written to `out`; they precede the mark */
};

/* Takes bytes from *in up to and with the next mark, and copies the text before it to `out`, which
 * has room for what is left of the input and for sizeof held. */
struct marker_result marker_scan(struct marker *m, const uint8_t **in, const uint8_t *end, uint8_t *out);
