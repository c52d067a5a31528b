// People counters that publish as fast as they are acknowledged: MQTT 3.1.1, QoS 1, a closed loop on each connection.
// With -DWITH_TLS -lssl -lcrypto also over TLS. The plan: "address<TAB>port<TAB>file of the authority, or -", then a line a
// device: "id<TAB>user name<TAB>password". Says "ready" once all are connected, then obeys lines on stdin until it ends:
//   run IN_FLIGHT MS  -> ran ACKS MS P50_MS P99_MS BUSY, once all that was sent is acknowledged; BUSY is of one core.
//                        A quarter of that time goes before and is not counted: the first messages find nobody waiting.
//   counts            -> counts N N N ..., how many each device has had acknowledged
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef WITH_TLS
#include <openssl/err.h>
#include <openssl/ssl.h>
static SSL_CTX *tls;
#endif

enum { MAX_IN_FLIGHT = 64, MAX_LINE = 2048, DRAIN_WITHIN_MS = 60000, BUFFER = 16384, BUCKETS = 64 * 40 };

typedef struct {
  int fd;
#ifdef WITH_TLS
  SSL *ssl;
#endif
  char topic[160];
  uint64_t sentNs[MAX_IN_FLIGHT];
  uint32_t sent, acked;
  uint8_t part[4];
  int partBytes;
} Device;

static Device *devices;
static int deviceCount;
static uint64_t histogram[BUCKETS];
static char stamp[32];

static void fail(const char *what) {
  fprintf(stderr, "ingest-load: %s: %s\n", what, errno ? strerror(errno) : "wrong");
#ifdef WITH_TLS
  ERR_print_errors_fp(stderr);
#endif
  exit(1);
}

static uint64_t nowNs(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void stampNow(void) {
  struct timespec t;
  struct tm parts;
  char seconds[24];
  clock_gettime(CLOCK_REALTIME, &t);
  gmtime_r(&t.tv_sec, &parts);
  strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(stamp, sizeof stamp, "%s.%03dZ", seconds, (int)(t.tv_nsec / 1000000));
}

// 64 steps to each doubling: the error of a percentile is below 2 %.
static int bucketOf(uint64_t us) {
  if (us < 64) return (int)us;
  int shift = 63 - __builtin_clzll(us) - 6;
  int bucket = (shift + 1) * 64 + (int)((us >> shift) - 64);
  return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

static double msOfBucket(int bucket) {
  if (bucket < 64) return bucket / 1000.0;
  return (double)((uint64_t)(64 + bucket % 64) << (bucket / 64 - 1)) / 1000.0;
}

static double percentile(double part) {
  uint64_t all = 0, seen = 0;
  for (int i = 0; i < BUCKETS; i++) all += histogram[i];
  for (int i = 0; i < BUCKETS; i++)
    if ((seen += histogram[i]) > part * (double)all) return msOfBucket(i);
  return 0;
}

static int receive(Device *device, uint8_t *into, int most) {
#ifdef WITH_TLS
  if (device->ssl) {
    int got = SSL_read(device->ssl, into, most);
    if (got > 0) return got;
    int why = SSL_get_error(device->ssl, got);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return 0;
    fail("a connection ended");
  }
#endif
  ssize_t got = read(device->fd, into, (size_t)most);
  if (got > 0) return (int)got;
  if (got < 0 && errno == EAGAIN) return 0;
  fail("a connection ended");
  return 0;
}

// What is in flight is far less than a socket's buffer holds: a part of it never stays behind.
static void deliver(Device *device, const uint8_t *bytes, int count) {
#ifdef WITH_TLS
  if (device->ssl) {
    if (SSL_write(device->ssl, bytes, count) != count) fail("write");
    return;
  }
#endif
  if (write(device->fd, bytes, (size_t)count) != count) fail("write");
}

static int putText(uint8_t *to, const char *text) {
  size_t length = strlen(text);
  to[0] = (uint8_t)(length >> 8);
  to[1] = (uint8_t)length;
  memcpy(to + 2, text, length);
  return (int)length + 2;
}

static int putHeader(uint8_t *to, uint8_t type, int rest) {
  int at = 0;
  to[at++] = type;
  do {
    uint8_t digit = (uint8_t)(rest % 128);
    rest /= 128;
    to[at++] = rest ? digit | 128 : digit;
  } while (rest);
  return at;
}

// One comes, one goes: the same people whoever counts them, and every store stays nearly empty.
static int putPublish(uint8_t *to, Device *device, uint64_t atNs) {
  uint32_t sequence = ++device->sent;
  char body[160];
  int bodyBytes = snprintf(body, sizeof body, "{\"in\":%u,\"out\":%u,\"boot\":\"b1\",\"sequence\":%u,\"at\":\"%s\"}",
                           sequence % 2, (sequence + 1) % 2, sequence, stamp);
  int topicBytes = (int)strlen(device->topic);
  int at = putHeader(to, 0x32, 2 + topicBytes + 2 + bodyBytes);
  at += putText(to + at, device->topic);
  uint32_t packetId = (sequence - 1) % 65535 + 1;
  to[at++] = (uint8_t)(packetId >> 8);
  to[at++] = (uint8_t)packetId;
  memcpy(to + at, body, (size_t)bodyBytes);
  device->sentNs[sequence % MAX_IN_FLIGHT] = atNs;
  return at + bodyBytes;
}

static void publish(Device *device, int count) {
  uint8_t bytes[MAX_IN_FLIGHT * 384];
  int at = 0;
  uint64_t atNs = nowNs();
  for (int i = 0; i < count; i++) at += putPublish(bytes + at, device, atNs);
  deliver(device, bytes, at);
}

// MQTT-4.6.0-2: in the order of what they acknowledge.
static int acknowledged(Device *device, uint64_t atNs) {
  uint8_t bytes[BUFFER];
  int all = 0, got;
  while ((got = receive(device, bytes, sizeof bytes)) > 0) {
    for (int i = 0; i < got; i++) {
      device->part[device->partBytes++] = bytes[i];
      if (device->partBytes < 4) continue;
      device->partBytes = 0;
      uint32_t sequence = ++device->acked;
      uint32_t packetId = (uint32_t)device->part[2] << 8 | device->part[3];
      errno = 0;
      if (device->part[0] != 0x40 || packetId != (sequence - 1) % 65535 + 1) fail("an acknowledgement out of order");
      histogram[bucketOf((atNs - device->sentNs[sequence % MAX_IN_FLIGHT]) / 1000)]++;
      all++;
    }
    if (got < (int)sizeof bytes) break;
  }
  return all;
}

static void run(int epoll, int inFlight, int forMs) {
  static struct epoll_event events[1024];
  struct rusage before, after;
  stampNow();
  getrusage(RUSAGE_SELF, &before);
  uint64_t beganNs = nowNs(), startNs = beganNs + (uint64_t)forMs * 250000u;
  uint64_t untilNs = startNs + (uint64_t)forMs * 1000000u;
  uint64_t acks = 0, waiting = (uint64_t)deviceCount * (uint64_t)inFlight;
  for (int i = 0; i < deviceCount; i++) publish(&devices[i], inFlight);
  while (waiting > 0) {
    int ready = epoll_wait(epoll, events, 1024, 1000);
    uint64_t atNs = nowNs();
    errno = 0;
    if (atNs > untilNs + DRAIN_WITHIN_MS * 1000000ull) fail("not everything was acknowledged in time");
    int isOpen = atNs < untilNs;
    if (isOpen) stampNow();
    if (atNs < startNs) acks = 0, memset(histogram, 0, sizeof histogram);
    for (int i = 0; i < ready; i++) {
      Device *device = events[i].data.ptr;
      int count = acknowledged(device, atNs);
      if (isOpen && count > 0) publish(device, count);
      else waiting -= (uint64_t)count;
      if (isOpen) acks += (uint64_t)count;
    }
  }
  getrusage(RUSAGE_SELF, &after);
#define MS(field) ((after.field.tv_sec - before.field.tv_sec) * 1e3 + (after.field.tv_usec - before.field.tv_usec) / 1e3)
  double busyMs = MS(ru_utime) + MS(ru_stime);
  printf("ran %llu %d %.3f %.3f %.3f\n", (unsigned long long)acks, forMs, percentile(0.5), percentile(0.99),
         busyMs * 1e6 / (double)(nowNs() - beganNs));
}

static void readFully(Device *device, uint8_t *into, int count) {
  for (int at = 0; at < count;) {
    int got = receive(device, into + at, count - at);
    if (got == 0) fail("no answer");
    at += got;
  }
}

static void openDevice(Device *device, const char *host, int port, char *line) {
  const char *id = strtok(line, "\t"), *user = strtok(NULL, "\t"), *password = strtok(NULL, "\t\n");
  if (id == NULL || user == NULL || password == NULL) fail("a device of the plan");
  int one = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (inet_pton(AF_INET, host, &to.sin_addr) != 1) fail("address");
  device->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (device->fd < 0 || connect(device->fd, (struct sockaddr *)&to, sizeof to) != 0) fail("connect");
  setsockopt(device->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
#ifdef WITH_TLS
  if (tls) {
    device->ssl = SSL_new(tls);
    SSL_set_fd(device->ssl, device->fd);
    if (SSL_connect(device->ssl) != 1) fail("TLS");
  }
#endif
  snprintf(device->topic, sizeof device->topic, "devices/%s/messages/events/", id);
  uint8_t rest[MAX_LINE + 64], packet[MAX_LINE + 80], answer[4];
  int at = putText(rest, "MQTT");
  // MQTT 3.1.1; user name, password, clean session; no keep-alive, as between two rounds it is quiet.
  memcpy(rest + at, "\x04\xc2\0\0", 4);
  at += 4;
  at += putText(rest + at, id);
  at += putText(rest + at, user);
  at += putText(rest + at, password);
  int header = putHeader(packet, 0x10, at);
  memcpy(packet + header, rest, (size_t)at);
  deliver(device, packet, header + at);
  readFully(device, answer, 4);
  errno = 0;
  if (answer[0] != 0x20 || answer[3] != 0) fail("CONNECT was refused");
  fcntl(device->fd, F_SETFL, O_NONBLOCK);
}

int main(int argc, char **argv) {
  char line[MAX_LINE], host[64], ca[1024];
  int port;
  FILE *plan = argc > 1 ? fopen(argv[1], "r") : NULL;
  if (plan == NULL || fgets(line, sizeof line, plan) == NULL) fail("plan");
  if (sscanf(line, "%63[^\t]\t%d\t%1023[^\n]", host, &port, ca) != 3) fail("first line of the plan");
  if (strcmp(ca, "-") != 0) {
#ifdef WITH_TLS
    tls = SSL_CTX_new(TLS_client_method());
    if (SSL_CTX_load_verify_locations(tls, ca, NULL) != 1) fail("authority");
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
#else
    fail("built without TLS");
#endif
  }
  int room = 64, epoll = epoll_create1(0);
  devices = calloc((size_t)room, sizeof *devices);
  while (fgets(line, sizeof line, plan)) {
    if (deviceCount == room) {
      devices = realloc(devices, sizeof *devices * (size_t)(room *= 2));
      memset(devices + deviceCount, 0, sizeof *devices * (size_t)(room - deviceCount));
    }
    openDevice(&devices[deviceCount++], host, port, line);
  }
  fclose(plan);
  for (int i = 0; i < deviceCount; i++) {
    struct epoll_event interest = {.events = EPOLLIN, .data.ptr = &devices[i]};
    epoll_ctl(epoll, EPOLL_CTL_ADD, devices[i].fd, &interest);
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("ready");
  while (fgets(line, sizeof line, stdin)) {
    int inFlight, forMs;
    if (sscanf(line, "run %d %d", &inFlight, &forMs) == 2 && inFlight > 0 && inFlight < MAX_IN_FLIGHT)
      run(epoll, inFlight, forMs);
    else if (strncmp(line, "counts", 6) == 0) {
      printf("counts");
      for (int i = 0; i < deviceCount; i++) printf(" %u", devices[i].acked);
      printf("\n");
    } else
      fail("unknown command");
  }
  return 0;
}
