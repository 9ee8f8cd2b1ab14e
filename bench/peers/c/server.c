/*
 * The limit: what a broadcast costs when nothing but the kernel is in the way.
 *
 * One thread, one epoll, WebSocket frames and nothing above them. Everybody who connects to /publish is a publisher, every
 * other socket is a member; a publisher's message goes to all members.
 *
 *   loop      each message is sent to each member as soon as it was read
 *   coalesce  the messages that wait after one epoll_wait are joined, and each member gets them in one send
 *
 * The last three are wrong on purpose; bench/selfcheck uses them to show that the load generator would notice:
 *
 *   drop      one delivery in a thousand is left out
 *   double    one delivery in a thousand is sent twice
 *   swap      one pair of messages in a hundred changes places for one member
 *
 * No ping, no fragmentation, no back-pressure: a member whose kernel buffer is full is cut off, and the generator reports it.
 * The handshake knows one key, the example of RFC 6455, which the generator sends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 1 << 20, BATCH = 512, INPUT = 1 << 16, OUTPUT = 1 << 20, HEAD = 2048 };
enum role { NEW, MEMBER, PUBLISHER };
enum mode { LOOP, COALESCE, DROP, DOUBLE, SWAP };

struct client { enum role role; int place, length; char *head; };

static struct client *clients;
static int *members, member_count, epoll_fd;
static enum mode mode;
static unsigned char output[OUTPUT];
static size_t output_length, last_frame;
static uint64_t deliveries, messages;

static void fail(const char *what) { perror(what); exit(1); }

static void drop_client(int fd)
{
    struct client *c = &clients[fd];
    if (c->role == MEMBER) {
        int last = members[--member_count];
        members[c->place] = last;
        clients[last].place = c->place;
    }
    free(c->head);
    memset(c, 0, sizeof *c);
    close(fd);
}

/* 1 if the member is still there. */
static int give(int fd, const unsigned char *data, size_t length)
{
    if (send(fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)length) return 1;
    fprintf(stderr, "member %d cut off: %s\n", fd, strerror(errno));
    drop_client(fd);
    return 0;
}

static void deliver(const unsigned char *data, size_t length)
{
    for (int i = 0; i < member_count;) {
        int fd = members[i];
        deliveries++;
        if (mode == DROP && deliveries % 1000 == 0) { i++; continue; }
        if (!give(fd, data, length)) continue;
        if (mode == DOUBLE && deliveries % 1000 == 0 && !give(fd, data, length)) continue;
        i++;
    }
}

static void deliver_swapped(const unsigned char *first, size_t first_length, const unsigned char *second, size_t second_length)
{
    if (!give(members[0], second, second_length) || !give(members[0], first, first_length)) return;
    for (int i = 1; i < member_count; i++)
        if (!give(members[i], first, first_length) || !give(members[i], second, second_length)) return;
}

static void flush_output(void)
{
    if (output_length > 0) deliver(output, output_length);
    output_length = last_frame = 0;
}

static void broadcast(const unsigned char *payload, size_t length)
{
    if (length > 125) { fprintf(stderr, "payloads are 125 bytes at most\n"); exit(1); }
    if (output_length + length + 2 > OUTPUT) flush_output();
    unsigned char *frame = output + output_length;
    frame[0] = 0x81;
    frame[1] = (unsigned char)length;
    memcpy(frame + 2, payload, length);
    last_frame = output_length;
    output_length += length + 2;
    messages++;
    if (mode == SWAP && messages % 100 == 99) return;
    if (mode == SWAP && messages % 100 == 0 && last_frame > 0 && member_count > 0) {
        deliver_swapped(output, last_frame, output + last_frame, output_length - last_frame);
        output_length = last_frame = 0;
        return;
    }
    if (mode != COALESCE) flush_output();
}

static void upgrade(int fd)
{
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    struct client *c = &clients[fd];
    c->role = strncmp(c->head, "GET /publish ", 13) == 0 ? PUBLISHER : MEMBER;
    if (c->role == MEMBER) {
        free(c->head);
        c->head = NULL;
        c->place = member_count;
        members[member_count++] = fd;
    }
    c->length = 0;
    if (!give(fd, (const unsigned char *)answer, sizeof answer - 1)) return;
}

/* Takes whole masked frames from a publisher's input, returns how many bytes they were. */
static int take_frames(unsigned char *data, int length)
{
    int used = 0;
    while (length - used >= 6) {
        unsigned char *frame = data + used;
        int size = frame[1] & 127;
        if (length - used < 6 + size) break;
        for (int i = 0; i < size; i++) frame[6 + i] ^= frame[2 + i % 4];
        if ((frame[0] & 15) <= 2) broadcast(frame + 6, (size_t)size);
        used += 6 + size;
    }
    return used;
}

static void read_client(int fd)
{
    static char scratch[INPUT];
    struct client *c = &clients[fd];
    char *into = c->role == MEMBER ? scratch : c->head + c->length;
    int room = c->role == MEMBER ? INPUT : HEAD - 1 - c->length;
    ssize_t got = recv(fd, into, (size_t)room, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) { drop_client(fd); return; }
    if (c->role == MEMBER) return;              /* keep-alives and close frames need no answer here */
    c->length += (int)got;
    if (c->role == PUBLISHER) {
        int used = take_frames((unsigned char *)c->head, c->length);
        memmove(c->head, c->head + used, (size_t)(c->length -= used));
        return;
    }
    c->head[c->length] = 0;
    if (strstr(c->head, "\r\n\r\n")) upgrade(fd);
}

static void accept_all(int listener)
{
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        clients[fd] = (struct client){ .head = malloc(HEAD) };
        if (!clients[fd].head || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &e) < 0) fail("accept");
    }
}

static enum mode mode_of(const char *name)
{
    static const char *names[] = { "loop", "coalesce", "drop", "double", "swap" };
    for (int i = 0; i <= SWAP; i++)
        if (strcmp(name, names[i]) == 0) return (enum mode)i;
    fprintf(stderr, "unknown mode %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    if (argc != 3) { fprintf(stderr, "usage: %s <port> loop|coalesce|drop|double|swap\n", argv[0]); return 2; }
    mode = mode_of(argv[2]);
    clients = calloc(MAX_FD, sizeof *clients);
    members = calloc(MAX_FD, sizeof *members);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (!clients || !members || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0)
        fail("listen");
    epoll_fd = epoll_create1(0);
    struct epoll_event events[BATCH], e = { .events = EPOLLIN, .data.fd = listener };
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &e) < 0) fail("epoll");
    for (;;) {
        int count = epoll_wait(epoll_fd, events, BATCH, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) accept_all(listener);
            else if (clients[fd].role != NEW || clients[fd].head) read_client(fd);
        }
        if (mode == COALESCE) flush_output();
    }
}
