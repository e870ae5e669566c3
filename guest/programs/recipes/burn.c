/* Uses up processor time: burn [THREADS [SECONDS]]. Without SECONDS, it runs until it is stopped. With
 * SECONDS, it ends after that time, and prints how many rounds all threads have done. The threads are called
 * burn-1, burn-2, … (ps -L, top -H). Follows pthreads(7), pthread_setname_np(3). */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MOST = 64, SECONDS_MOST = 86400, ROUND = 100000 };

static volatile int ended;
static unsigned long rounds[THREADS_MOST];

static void *work(void *number) {
  unsigned long *done = number;
  while (!ended) {
    for (volatile int i = 0; i < ROUND; i++) continue;
    ++*done;
  }
  return NULL;
}

/* Returns a whole number from 1 to `most`. Ends the program if the text is not one. */
static int read_number(const char *text, const char *what, int most) {
  char *end;
  long value = strtol(text, &end, 10);
  if (!*text || *end || value < 1 || value > most) {
    fprintf(stderr, "burn: %s must be a whole number from 1 to %d, and is '%s'\n", what, most, text);
    fprintf(stderr, "Usage: burn [THREADS [SECONDS]]\n");
    exit(2);
  }
  return (int)value;
}

int main(int count, char **arguments) {
  int threads = count > 1 ? read_number(arguments[1], "THREADS", THREADS_MOST) : 1;
  int seconds = count > 2 ? read_number(arguments[2], "SECONDS", SECONDS_MOST) : 0;
  pthread_t started[THREADS_MOST];
  for (int i = 0; i < threads; i++) {
    char name[16];
    int error = pthread_create(&started[i], NULL, work, &rounds[i]);
    if (error) {
      fprintf(stderr, "burn: thread %d could not be started: %s\n", i + 1, strerror(error));
      return 1;
    }
    snprintf(name, sizeof name, "burn-%d", i + 1);
    pthread_setname_np(started[i], name);
  }
  if (!seconds) pause();
  for (unsigned left = (unsigned)seconds; left; left = sleep(left)) continue;
  ended = 1;
  unsigned long all = 0;
  for (int i = 0; i < threads; i++) {
    pthread_join(started[i], NULL);
    all += rounds[i];
  }
  printf("%lu rounds\n", all);
  return 0;
}
