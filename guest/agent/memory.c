#define _GNU_SOURCE
#include "memory.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Left free, so that the kernel does not start to reclaim page cache instead. */
enum { KEEP = 6 << 20, PAGE = 4096 };

static void take_free_memory(void) {
  struct sysinfo info;
  if (sysinfo(&info)) return;
  size_t size = info.freeram * info.mem_unit;
  if (size <= KEEP) return;
  size -= KEEP;
  volatile char *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return;
  for (size_t i = 0; i < size; i += PAGE) pages[i] = 0;
}

void zero_free_memory(void) {
  pid_t child = fork();
  if (child == 0) {
    /* Should memory run short after all, this is what may go. */
    int score = open("/proc/self/oom_score_adj", O_WRONLY);
    if (score >= 0) (void)!write(score, "1000", 4);
    take_free_memory();
    _exit(0);
  }
  if (child > 0) waitpid(child, NULL, 0);
}
