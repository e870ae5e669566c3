/* The hook that a runtime runs before the process of a container: it reports the container's network
 * namespace to dockerd. dockerd's own hook is dockerd itself, executed once more, which costs 33 million
 * instructions or more. The protocol is that of libnetwork/sandbox_externalkey_unix.go. usage: docker-setkey
 * -exec-root=FOLDER CONTAINER CONTROLLER, with the container's state (runtime-spec) as input */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "docker-setkey: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* Reads until the end, or until the buffer is full. Adds a null byte. */
static void read_all(int fd, char *buffer, size_t size, const char *what) {
  size_t length = 0;
  ssize_t count = 1;
  while (length < size - 1 && (count = read(fd, buffer + length, size - 1 - length)) > 0)
    length += (size_t)count;
  if (count < 0) fail(what);
  buffer[length] = 0;
}

int main(int count, char **arguments) {
  static const char option[] = "-exec-root=";
  static char state[65536];
  char message[1280], answer[1024];
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (count != 4 || strncmp(arguments[1], option, sizeof option - 1) != 0) {
    errno = EINVAL;
    fail("arguments");
  }
  read_all(0, state, sizeof state, "state");
  const char *pid = strstr(state, "\"pid\":");
  if (!pid) {
    errno = EINVAL;
    fail("state without a pid");
  }
  snprintf(message, sizeof message, "{\"ContainerID\":\"%s\",\"Key\":\"/proc/%d/ns/net\"}", arguments[2],
           atoi(pid + strlen("\"pid\":")));
  snprintf(address.sun_path, sizeof address.sun_path, "%s/libnetwork/%s.sock",
           arguments[1] + sizeof option - 1, arguments[3]);
  int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection < 0) fail("socket");
  if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0) fail(address.sun_path);
  if (write(connection, message, strlen(message)) < 0) fail("write");
  read_all(connection, answer, sizeof answer, "answer");
  if (strcmp(answer, "success") == 0) return 0;
  fprintf(stderr, "docker-setkey: %s\n", answer);
  return 1;
}
