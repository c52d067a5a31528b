// Thousands of signs in one process, as cheap as can be: they connect, say what keeps them in, and count what they are sent.
// Told what to do by lines on stdin, answers by lines on stdout:
//   connect KIND PORT MESSAGE_BYTES FILE   a client for each line of FILE, the request target   -> connected COUNT
//   step DELIVERIES                        from now on say so whenever as many more have come   -> got TOTAL
//   keepalive                              as a client does that was silent for a while         -> kept
//   spread                                 deliveries of the client with the fewest, the most   -> spread LEAST MOST
//   close                                  all clients go                                       -> closed
// Anything that must not be, a lost connection above all, ends it with 1 and a line on stderr.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTING_AT_ONCE = 256, EVENTS = 1024, READ_BYTES = 1 << 18, SHORT = 64, MOST_CLIENTS = 20000 };
enum kind { WS, SIGNALR, SOCKET_IO };
enum state { CONNECTING, UPGRADING, GREETING, OPEN };

struct client {
  int fd;
  enum state state;
  uint8_t head[10];      // of the frame that is coming in
  int head_bytes;
  uint64_t payload, left;
  char start[SHORT];     // of its payload: enough to tell what a short one says
  int start_bytes;
  char tail[4];          // of an HTTP answer: it ends with an empty line
  uint64_t deliveries;
};

static struct client clients[MOST_CLIENTS];
static char *targets[MOST_CLIENTS];
static int count, next_client, connecting, open_clients, port, poller;
static enum kind kind;
static uint64_t message_bytes, deliveries, step, told;
static char incoming[READ_BYTES];

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  fprintf(stderr, " (%s)\n", strerror(errno));
  exit(1);
}

static void answer(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  putchar('\n');
  fflush(stdout);
}

// What a client says is short, and goes into an empty buffer: all of it or an error.
static void say(struct client *client, const void *bytes, size_t length) {
  if (send(client->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) fail("a client cannot send");
}

// A masked text frame (RFC 6455 5.3); the mask of zeros leaves the text as it is.
static void say_text(struct client *client, const char *text) {
  uint8_t frame[6 + SHORT] = {0x81, 0x80 | (uint8_t)strlen(text)};
  memcpy(frame + 6, text, strlen(text));
  say(client, frame, 6 + strlen(text));
}

static void start_client(int index) {
  struct client *client = &clients[index];
  memset(client, 0, sizeof *client);
  client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (client->fd < 0) fail("no socket for client %d", index);
  int on = 1;
  setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(client->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) fail("client %d cannot connect", index);
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.u32 = index};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, client->fd, &event) < 0) fail("client %d cannot be watched", index);
  connecting += 1;
}

static void start_more(void) {
  while (next_client < count && connecting < CONNECTING_AT_ONCE) start_client(next_client++);
}

static void opened(struct client *client) {
  client->state = OPEN;
  connecting -= 1;
  if (++open_clients == count) answer("connected %d", count);
  else start_more();
}

static void request_upgrade(struct client *client, int index) {
  char request[4096];
  int bytes = snprintf(request, sizeof request,
    "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", targets[index], port);
  if (bytes >= (int)sizeof request) fail("the target of client %d is too long", index);
  say(client, request, bytes);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
  epoll_ctl(poller, EPOLL_CTL_MOD, client->fd, &event);
  client->state = UPGRADING;
}

// Gives how many bytes belonged to the HTTP answer.
static size_t read_upgrade(struct client *client, const char *bytes, size_t length) {
  for (size_t at = 0; at < length; at += 1) {
    if (client->start_bytes < SHORT) client->start[client->start_bytes++] = bytes[at];
    memmove(client->tail, client->tail + 1, 3);
    client->tail[3] = bytes[at];
    if (memcmp(client->tail, "\r\n\r\n", 4) != 0) continue;
    if (memcmp(client->start, "HTTP/1.1 101", 12) != 0) fail("no upgrade: %.*s", client->start_bytes, client->start);
    client->start_bytes = 0;
    client->state = GREETING;
    if (kind == WS) opened(client);
    if (kind == SIGNALR) say_text(client, "{\"protocol\":\"json\",\"version\":1}\x1e");
    return at + 1;
  }
  return length;
}

static void read_short(struct client *client) {
  const char *text = client->start;
  if ((client->head[0] & 0x0f) == 8) fail("a client was sent away: %.*s", client->start_bytes, text);
  if (kind == SOCKET_IO) {
    if (text[0] == '0') say_text(client, "40");
    if (text[0] == '2') say_text(client, "3");
    if (client->state == GREETING && text[0] == '4' && text[1] == '0') opened(client);
  } else if (client->state == GREETING) {
    if (memcmp(text, "{}\x1e", 3) != 0) fail("a handshake was refused: %.*s", client->start_bytes, text);
    opened(client);
  }
}

static void read_frame(struct client *client) {
  if (client->payload < message_bytes || client->state != OPEN) {
    read_short(client);
  } else {
    if (client->payload % message_bytes != 0) fail("a frame of %lu bytes is no row of messages", client->payload);
    client->deliveries += client->payload / message_bytes;
    deliveries += client->payload / message_bytes;
  }
  client->head_bytes = client->start_bytes = 0;
}

// 2 bytes until they are here and say more.
static int head_size(const struct client *client) {
  if (client->head_bytes < 2) return 2;
  int size = client->head[1] & 0x7f;
  return size == 126 ? 4 : size == 127 ? 10 : 2;
}

static uint64_t payload_size(const struct client *client) {
  uint64_t size = 0;
  int head = head_size(client);
  if (head == 2) return client->head[1] & 0x7f;
  for (int at = 2; at < head; at += 1) size = size << 8 | client->head[at];
  return size;
}

static void read_frames(struct client *client, const char *bytes, size_t length) {
  while (length > 0) {
    if (client->head_bytes < head_size(client)) {
      client->head[client->head_bytes++] = *bytes++;
      length -= 1;
      if (client->head_bytes < head_size(client)) continue;
      client->payload = client->left = payload_size(client);
    } else {
      size_t taken = length < client->left ? length : client->left;
      size_t room = SHORT - client->start_bytes;
      size_t kept = room < taken ? room : taken;
      memcpy(client->start + client->start_bytes, bytes, kept);
      client->start_bytes += kept;
      client->left -= taken;
      bytes += taken;
      length -= taken;
    }
    if (client->left == 0) read_frame(client);
  }
}

static void serve_client(int index) {
  struct client *client = &clients[index];
  if (client->state == CONNECTING) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) errno = error, fail("client %d cannot connect", index);
    request_upgrade(client, index);
    return;
  }
  ssize_t bytes = recv(client->fd, incoming, sizeof incoming, 0);
  if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (bytes <= 0) fail("client %d lost its connection", index);
  size_t used = client->state == UPGRADING ? read_upgrade(client, incoming, bytes) : 0;
  read_frames(client, incoming + used, bytes - used);
}

static void start_clients(const char *file) {
  FILE *lines = fopen(file, "r");
  char line[4096];
  if (lines == NULL) fail("cannot read %s", file);
  for (count = 0; count < MOST_CLIENTS && fgets(line, sizeof line, lines) != NULL; count += 1) {
    line[strcspn(line, "\n")] = '\0';
    free(targets[count]);
    targets[count] = strdup(line);
  }
  fclose(lines);
  next_client = connecting = open_clients = 0;
  deliveries = told = 0;
  start_more();
}

static void obey(char *line) {
  char name[16] = "", file[1024];
  if (sscanf(line, "connect %15s %d %lu %1023s", name, &port, &message_bytes, file) == 4) {
    kind = strcmp(name, "signalr") == 0 ? SIGNALR : strcmp(name, "socket.io") == 0 ? SOCKET_IO : WS;
    start_clients(file);
  } else if (sscanf(line, "step %lu", &step) == 1) {
    told = deliveries;
  } else if (strcmp(line, "keepalive\n") == 0) {
    for (int at = 0; kind == SIGNALR && at < count; at += 1) say_text(&clients[at], "{\"type\":6}\x1e");
    answer("kept");
  } else if (strcmp(line, "spread\n") == 0) {
    uint64_t least = UINT64_MAX, most = 0;
    for (int at = 0; at < count; at += 1) {
      if (clients[at].deliveries < least) least = clients[at].deliveries;
      if (clients[at].deliveries > most) most = clients[at].deliveries;
    }
    answer("spread %lu %lu", least, most);
  } else if (strcmp(line, "close\n") == 0) {
    for (int at = 0; at < count; at += 1) close(clients[at].fd);
    count = 0;
    answer("closed");
  } else {
    fail("not understood: %s", line);
  }
}

int main(void) {
  enum { STDIN = MOST_CLIENTS };
  struct epoll_event events[EVENTS], control = {.events = EPOLLIN, .data.u32 = STDIN};
  poller = epoll_create1(0);
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &control);
  setvbuf(stdin, NULL, _IONBF, 0);
  for (;;) {
    int ready = epoll_wait(poller, events, EVENTS, -1);
    for (int at = 0; at < ready; at += 1) {
      char line[2048];
      if (events[at].data.u32 != STDIN) serve_client(events[at].data.u32);
      else if (fgets(line, sizeof line, stdin) == NULL) return 0;
      else obey(line);
    }
    while (step > 0 && deliveries - told >= step) answer("got %lu", told += step);
  }
}
