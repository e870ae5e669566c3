#define _GNU_SOURCE
#include "look.h"
#include "report.h"
#include "unseen.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* While mountinfo is open, the root of the process cannot be unmounted. No other process may run until it is
 * closed. */
bool look_at_mounts(pid_t pid) {
  char path[32];
  report_add("%d", pid);
  report_end_line();
  snprintf(path, sizeof path, "/proc/%d/mountinfo", pid);
  begin_unseen();
  int file = open_quietly(AT_FDCWD, path);
  bool whole = file < 0 || report_add_file(file);
  if (file >= 0) close(file);
  end_unseen();
  return whole;
}
