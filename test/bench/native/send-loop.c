// The floor: what it costs to send() one buffer to each of many sockets, and nothing else. Speaks as much of WebSocket as
// its clients ask for, and the same lines on stdin and stdout as the other peers (peers/serve-peer.ts).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 20000, BACKLOG = 4096, REQUEST_BYTES = 4096, MOST_AT_ONCE = 64 };

static int sockets[MOST], count;
static uint8_t frames[MOST_AT_ONCE * (1 << 14)];
static size_t frame_bytes;

// Of a key that our clients always send.
static const char *UPGRADED =
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void greet(int listener) {
  char request[REQUEST_BYTES];
  int client = accept(listener, NULL, NULL), on = 1;
  if (client < 0) fail("accept");
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // Our clients send their request in one piece.
  if (recv(client, request, sizeof request, 0) <= 0) fail("recv");
  if (send(client, UPGRADED, strlen(UPGRADED), 0) < 0) fail("send");
  if (count == MOST) fail("too many clients");
  sockets[count++] = client;
}

static void send_to_all(size_t bytes) {
  for (int at = 0; at < count; at += 1)
    if (send(sockets[at], frames, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) fail("send");
}

static void make_frames(int message_bytes) {
  frame_bytes = 4 + message_bytes;
  for (int at = 0; at < MOST_AT_ONCE; at += 1) {
    uint8_t *frame = frames + at * frame_bytes;
    frame[0] = 0x81;
    frame[1] = 126;
    frame[2] = message_bytes >> 8;
    frame[3] = message_bytes & 0xff;
    memset(frame + 4, 'x', message_bytes);
  }
}

static void obey(const char *line) {
  int messages;
  if (sscanf(line, "publish %d", &messages) == 1) {
    while (messages-- > 0) send_to_all(frame_bytes);
  } else if (sscanf(line, "burst %d", &messages) == 1) {
    send_to_all(messages * frame_bytes);
  } else if (strcmp(line, "usage\n") == 0) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    long user_us = used.ru_utime.tv_sec * 1000000L + used.ru_utime.tv_usec;
    long system_us = used.ru_stime.tv_sec * 1000000L + used.ru_stime.tv_usec;
    printf("usage %ld %ld %ld 0\n", user_us, system_us, used.ru_maxrss * 1024L);
    fflush(stdout);
  }
}

int main(int arguments, char **argument) {
  make_frames(arguments > 1 ? atoi(argument[1]) : 292);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, BACKLOG) < 0) fail("listen");
  getsockname(listener, (struct sockaddr *)&at, &size);
  printf("listening %d %d\n", ntohs(at.sin_port), (int)frame_bytes - 4);
  fflush(stdout);
  setvbuf(stdin, NULL, _IONBF, 0);
  for (;;) {
    char line[256];
    struct pollfd events[] = {{.fd = 0, .events = POLLIN}, {.fd = listener, .events = POLLIN}};
    poll(events, 2, -1);
    if (events[1].revents != 0) greet(listener);
    if (events[0].revents == 0) continue;
    if (fgets(line, sizeof line, stdin) == NULL) return 0;
    obey(line);
  }
}
