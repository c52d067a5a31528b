// The floor of ingest: finds where an MQTT packet ends and answers a PUBLISH with its four bytes, and promises nothing.
// With -DWITH_TLS -lssl -lcrypto also over TLS, given the files of a certificate and its key:
//   ingest-floor [certificate key]   says "listening PORT", ends with its stdin
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef WITH_TLS
#include <openssl/ssl.h>
static SSL_CTX *tls;
#endif

enum { BUFFER = 16384, EVENTS = 1024 };

typedef struct {
  int fd, kept;
#ifdef WITH_TLS
  SSL *ssl;
#endif
  uint8_t bytes[BUFFER];
} Connection;

static void fail(const char *what) {
  fprintf(stderr, "ingest-floor: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int receive(Connection *from, uint8_t *into, int most) {
#ifdef WITH_TLS
  if (from->ssl) {
    int got = SSL_read(from->ssl, into, most);
    if (got > 0) return got;
    int why = SSL_get_error(from->ssl, got);
    return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? 0 : -1;
  }
#endif
  ssize_t got = read(from->fd, into, (size_t)most);
  return got > 0 ? (int)got : got < 0 && errno == EAGAIN ? 0 : -1;
}

static void answer(Connection *to, const uint8_t *bytes, int count) {
#ifdef WITH_TLS
  if (to->ssl) {
    SSL_write(to->ssl, bytes, count);
    return;
  }
#endif
  if (write(to->fd, bytes, (size_t)count) != count) fail("write");
}

// Bytes of the packet, 0 while it is not whole; `body` is where it begins after its length.
static int packetBytes(const uint8_t *bytes, int count, int *body) {
  int length = 0, shift = 0;
  for (int at = 1; at < count && at < 5; at++, shift += 7) {
    length |= (bytes[at] & 127) << shift;
    if (bytes[at] & 128) continue;
    *body = at + 1;
    return at + 1 + length <= count ? at + 1 + length : 0;
  }
  return 0;
}

// All that one read brought is answered by one write.
static void serve(Connection *connection) {
  uint8_t answers[BUFFER / 4];
  int answered = 0, at = 0, body = 0, size;
  while ((size = packetBytes(connection->bytes + at, connection->kept - at, &body)) > 0) {
    const uint8_t *packet = connection->bytes + at;
    if (packet[0] == 0x10) memcpy(answers + answered, "\x20\x02\0\0", 4);
    else {
      const uint8_t *id = packet + body + 2 + (packet[body] << 8 | packet[body + 1]);
      const uint8_t puback[] = {0x40, 2, id[0], id[1]};
      memcpy(answers + answered, puback, 4);
    }
    answered += 4;
    at += size;
  }
  memmove(connection->bytes, connection->bytes + at, (size_t)(connection->kept -= at));
  if (answered) answer(connection, answers, answered);
}

static void leave(Connection *connection) {
#ifdef WITH_TLS
  if (connection->ssl) SSL_free(connection->ssl);
#endif
  close(connection->fd);
  free(connection);
}

static void accepted(int door, int epoll) {
  int one = 1, fd = accept(door, NULL, NULL);
  if (fd < 0) return;
  Connection *connection = calloc(1, sizeof *connection);
  connection->fd = fd;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(fd, F_SETFL, O_NONBLOCK);
#ifdef WITH_TLS
  if (tls) {
    connection->ssl = SSL_new(tls);
    SSL_set_fd(connection->ssl, fd);
    SSL_set_accept_state(connection->ssl);
  }
#endif
  struct epoll_event interest = {.events = EPOLLIN, .data.ptr = connection};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest);
}

static void heard(Connection *connection) {
  int got;
  while ((got = receive(connection, connection->bytes + connection->kept, BUFFER - connection->kept)) > 0) {
    connection->kept += got;
    serve(connection);
  }
  if (got < 0) leave(connection);
}

int main(int argc, char **argv) {
  static struct epoll_event events[EVENTS];
  static int stdinMark;
#ifdef WITH_TLS
  if (argc == 3) {
    tls = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(tls, argv[1]) != 1) fail("certificate");
    if (SSL_CTX_use_PrivateKey_file(tls, argv[2], SSL_FILETYPE_PEM) != 1) fail("key");
  }
#else
  if (argc != 1) fail(argv[1]);
#endif
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  int door = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0);
  if (bind(door, (struct sockaddr *)&at, size) != 0 || listen(door, 1024) != 0) fail("listen");
  getsockname(door, (struct sockaddr *)&at, &size);
  struct epoll_event forDoor = {.events = EPOLLIN, .data.ptr = NULL};
  struct epoll_event forStdin = {.events = EPOLLIN, .data.ptr = &stdinMark};
  epoll_ctl(epoll, EPOLL_CTL_ADD, door, &forDoor);
  epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &forStdin);
  printf("listening %d\n", ntohs(at.sin_port));
  fflush(stdout);
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.ptr == NULL) accepted(door, epoll);
      else if (events[i].data.ptr == &stdinMark) return 0;
      else heard(events[i].data.ptr);
    }
  }
}
