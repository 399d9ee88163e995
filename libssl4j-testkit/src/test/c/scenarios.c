// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

// Plays a list of scenarios over libssl: a client and a server in one thread, with wires between them that the
// scenario holds in its hand. ScenarioPlayer.java plays the same list over libssl4j; both print the same lines where
// the libraries behave alike. The language is described at the head of scenarios.txt.
//
// usage: scenarios CERTIFICATE KEY <SCENARIOS

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_SIZE (1 << 20)
#define DATA_SIZE (1 << 17)
#define MOST_WORDS 8
#define MOST_TURNS 100000

// ---- a scenario's two ends and the wires between them --------------------------------------------------------------

struct queue {
    unsigned char bytes[QUEUE_SIZE];
    int length;
};

// What a Bio is told to do instead of moving bytes.
enum stall { FLOWS, WAITS_TO_READ, WAITS_TO_WRITE, WAITS_TO_CONNECT, WAITS_TO_ACCEPT, FAILS, FAILS_ONCE };

struct end {
    char name;
    char method[8];
    char groups[64]; // empty for libssl's own
    char suites[64]; // likewise
    int verify;
    int has_certificate;
    int has_bio;

    SSL_CTX *ctx;
    SSL *ssl;
    struct queue arrived; // what this end can read
    struct queue sent;    // what this end wrote and nobody has moved yet
    int room;             // bytes that may still be written; negative for no limit
    int ends;             // after the bytes in arrived comes the end of the stream
    enum stall reading;
    enum stall writing;
    int wrote;     // whether the call under way wrote
    int met_end;   // whether the last read met the end of the stream
    long position; // of the next byte to be written, in the stream of application data
    long expected; // of the next byte to be read
    int buffer;    // which of the two buffers the last write used
};

static struct end client, server;
static BIO_METHOD *wire;
static const char *certificate_file, *key_file;
static unsigned char data[2][DATA_SIZE];
static int step, created;
static char scenario[128];

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "scenario %s, step %d: ", scenario, step);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static void append(struct queue *q, const unsigned char *bytes, int n) {
    if (n > QUEUE_SIZE - q->length) {
        fail("a wire is full");
    }
    memcpy(q->bytes + q->length, bytes, n);
    q->length += n;
}

static void take(struct queue *q, int n) {
    memmove(q->bytes, q->bytes + n, q->length - n);
    q->length -= n;
}

static struct end *end_named(const char *name) {
    if (strcmp(name, "c") != 0 && strcmp(name, "s") != 0) {
        fail("there is no end named %s", name);
    }
    return *name == 'c' ? &client : &server;
}

static struct end *other(struct end *e) {
    return e == &client ? &server : &client;
}

// ---- the Bio of an end -----------------------------------------------------------------------------------------------

// Does what a stall says; 0 if bytes flow.
static int stalled(BIO *b, enum stall *s) {
    switch (*s) {
        case FLOWS:
            return 0;
        case WAITS_TO_READ:
            BIO_set_retry_read(b);
            break;
        case WAITS_TO_WRITE:
            BIO_set_retry_write(b);
            break;
        case WAITS_TO_CONNECT:
            BIO_set_retry_special(b);
            BIO_set_retry_reason(b, BIO_RR_CONNECT);
            break;
        case WAITS_TO_ACCEPT:
            BIO_set_retry_special(b);
            BIO_set_retry_reason(b, BIO_RR_ACCEPT);
            break;
        case FAILS_ONCE:
            *s = FLOWS;
            // falls through
        case FAILS:
            errno = ECONNRESET;
            break;
    }
    return -1;
}

static int wire_read(BIO *b, char *to, int length) {
    struct end *e = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    e->met_end = 0;
    if (stalled(b, &e->reading) != 0) {
        return -1;
    }
    if (e->arrived.length == 0) {
        if (e->ends) {
            e->met_end = 1;
            return 0;
        }
        BIO_set_retry_read(b);
        return -1;
    }
    int n = length < e->arrived.length ? length : e->arrived.length;
    memcpy(to, e->arrived.bytes, n);
    take(&e->arrived, n);
    return n;
}

static int wire_write(BIO *b, const char *from, int length) {
    struct end *e = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    if (stalled(b, &e->writing) != 0) {
        return -1;
    }
    if (e->room == 0) {
        BIO_set_retry_write(b);
        return -1;
    }
    int n = e->room < 0 || length < e->room ? length : e->room;
    append(&e->sent, (const unsigned char *)from, n);
    if (e->room > 0) {
        e->room -= n;
    }
    e->wrote = 1;
    return n;
}

static long wire_ctrl(BIO *b, int command, long number, void *pointer) {
    struct end *e = BIO_get_data(b);
    (void)number;
    (void)pointer;
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return e->met_end;
        default:
            return 0;
    }
}

static void set_bio(struct end *e) {
    BIO *b = BIO_new(wire);
    BIO_set_data(b, e);
    BIO_set_init(b, 1);
    SSL_set_bio(e->ssl, b, b);
}

// ---- life of a scenario ------------------------------------------------------------------------------------------------

static void reset(struct end *e, char name) {
    SSL_free(e->ssl);
    SSL_CTX_free(e->ctx);
    memset(e, 0, sizeof *e);
    e->name = name;
    strcpy(e->method, name == 'c' ? "client" : "server");
    e->has_certificate = name == 's';
    e->has_bio = 1;
    e->room = -1;
}

static const SSL_METHOD *method_named(const char *name) {
    return strcmp(name, "client") == 0 ? TLS_client_method() : strcmp(name, "server") == 0 ? TLS_server_method() : TLS_method();
}

static void create(struct end *e) {
    e->ctx = SSL_CTX_new(method_named(e->method));
    int ok = e->ctx != NULL && SSL_CTX_set_min_proto_version(e->ctx, TLS1_3_VERSION) &&
             SSL_CTX_set_max_proto_version(e->ctx, TLS1_3_VERSION) && SSL_CTX_set_num_tickets(e->ctx, 0);
    SSL_CTX_set_mode(e->ctx, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(e->ctx, e->verify, NULL);
    if (ok && *e->groups) {
        ok = SSL_CTX_set1_groups_list(e->ctx, e->groups);
    }
    if (ok && *e->suites) {
        ok = SSL_CTX_set_ciphersuites(e->ctx, e->suites);
    }
    if (ok && e->has_certificate) {
        ok = SSL_CTX_use_certificate_file(e->ctx, certificate_file, SSL_FILETYPE_PEM) == 1 &&
             SSL_CTX_use_PrivateKey_file(e->ctx, key_file, SSL_FILETYPE_PEM) == 1;
    }
    e->ssl = ok ? SSL_new(e->ctx) : NULL;
    if (e->ssl == NULL) {
        ERR_print_errors_fp(stderr);
        fail("no connection could be made for %c", e->name);
    }
    if (e->has_bio) {
        set_bio(e);
    }
}

static void begin_scenario(const char *name) {
    snprintf(scenario, sizeof scenario, "%s", name);
    step = 0;
    created = 0;
    reset(&client, 'c');
    reset(&server, 's');
    printf("scenario %s\n", scenario);
}

static void create_both(void) {
    if (!created) {
        create(&client);
        create(&server);
        created = 1;
    }
}

// ---- calls -----------------------------------------------------------------------------------------------------------

static unsigned char byte_at(struct end *writer, long position) {
    return (unsigned char)(position * 7 + position / 251 + writer->name);
}

static const char *error_name(int error) {
    static const char *const names[] = {"NONE",        "SSL",          "WANT_READ",    "WANT_WRITE", "WANT_X509_LOOKUP", "SYSCALL",
                                        "ZERO_RETURN", "WANT_CONNECT", "WANT_ACCEPT"};
    if (error < 0 || error >= (int)(sizeof names / sizeof *names)) {
        fail("SSL_get_error returned %d", error);
    }
    return names[error];
}

// Of use to a caller who has to wait alone: after other results libssl leaves there what was there before.
static const char *want_name(SSL *ssl, int error) {
    int waits = error != SSL_ERROR_NONE && error != SSL_ERROR_SSL && error != SSL_ERROR_SYSCALL && error != SSL_ERROR_ZERO_RETURN;
    return !waits ? "-" : SSL_want_read(ssl) ? "READING" : SSL_want_write(ssl) ? "WRITING" : "OTHER";
}

// The first reason of libssl in the queue of errors; 0 if there is none.
static int reason(void) {
    unsigned long e;
    int found = 0;
    while ((e = ERR_get_error()) != 0) {
        if (found == 0 && ERR_GET_LIB(e) == ERR_LIB_SSL) {
            found = ERR_GET_REASON(e);
        }
    }
    return found;
}

static int read_data(struct end *e, int n, int stay, int *other_data) {
    unsigned char *to = malloc(n + 1);
    int ret = stay ? SSL_peek(e->ssl, to, n) : SSL_read(e->ssl, to, n);
    for (int i = 0; i < ret; i++) {
        if (to[i] != byte_at(other(e), e->expected + i)) {
            *other_data = 1;
        }
    }
    if (!stay && ret > 0) {
        e->expected += ret;
    }
    free(to);
    return ret;
}

static int write_data(struct end *e, int n, int same_buffer) {
    e->buffer = same_buffer ? e->buffer : !e->buffer;
    unsigned char *from = data[e->buffer];
    for (int i = 0; i < n; i++) {
        from[i] = byte_at(e, e->position + i);
    }
    int ret = SSL_write(e->ssl, from, n);
    if (ret > 0) {
        e->position += ret;
    }
    return ret;
}

static int number(const char *word) {
    char *rest;
    long n = strtol(word, &rest, 10);
    if (*word == 0 || *rest != 0 || n < 0 || n > DATA_SIZE) {
        fail("%s is no number that is possible here", word);
    }
    return (int)n;
}

static int call(struct end *e, const char *what, const char *argument, int *other_data) {
    if (strcmp(what, "connect") == 0) {
        return SSL_connect(e->ssl);
    }
    if (strcmp(what, "accept") == 0) {
        return SSL_accept(e->ssl);
    }
    if (strcmp(what, "handshake") == 0) {
        return SSL_do_handshake(e->ssl);
    }
    if (strcmp(what, "shutdown") == 0) {
        return SSL_shutdown(e->ssl);
    }
    if (strcmp(what, "read") == 0 || strcmp(what, "peek") == 0) {
        return read_data(e, number(argument), *what == 'p', other_data);
    }
    if (strcmp(what, "write") == 0 || strcmp(what, "rewrite") == 0) {
        return write_data(e, number(argument), *what == 'r');
    }
    fail("there is no call named %s", what);
    return 0;
}

// Makes a call and prints all that a caller can see of its result.
static void make_call(struct end *e, const char *what, const char *argument) {
    int other_data = 0;
    e->wrote = 0;
    ERR_clear_error();
    errno = 0;
    int ret = call(e, what, argument, &other_data);
    int error = SSL_get_error(e->ssl, ret);
    int code = reason();
    printf("%d %c %s%s%s: ret=%d error=%s want=%s shutdown=%d pending=%d finished=%d sent=%d reason=%d%s\n", step, e->name, what,
           *argument ? " " : "", argument, ret, error_name(error), want_name(e->ssl, error), SSL_get_shutdown(e->ssl),
           SSL_pending(e->ssl), SSL_is_init_finished(e->ssl), e->wrote, code, other_data ? " data=other" : "");
}

// ---- wires -------------------------------------------------------------------------------------------------------------

static void move(struct end *from, int n) {
    struct queue *q = &from->sent;
    if (n < 0 || n > q->length) {
        fail("%d bytes cannot be moved, %d are there", n, q->length);
    }
    append(&other(from)->arrived, q->bytes, n);
    take(q, n);
}

static int amount(struct queue *q, const char *how, const char *argument) {
    if (*how == 0) {
        return q->length;
    }
    if (strcmp(how, "record") == 0) {
        return q->length < 5 ? -1 : 5 + q->bytes[3] * 256 + q->bytes[4];
    }
    if (strcmp(how, "but") == 0) {
        return q->length - number(argument);
    }
    return number(how);
}

static void inject(struct end *to, const char *hex) {
    long n;
    unsigned char *bytes = OPENSSL_hexstr2buf(hex, &n);
    if (bytes == NULL) {
        fail("%s is not hexadecimal", hex);
    }
    append(&to->arrived, bytes, (int)n);
    OPENSSL_free(bytes);
}

static void on_wire(const char *what, const char *way, const char *how, const char *argument) {
    if (strlen(way) != 3 || way[1] != '>') {
        fail("%s is no wire", way);
    }
    char name[2] = {way[0], 0};
    struct end *from = end_named(name);
    struct end *to = other(from);
    if (way[2] != to->name) {
        fail("%s is no wire", way);
    }
    if (strcmp(what, "move") == 0) {
        move(from, amount(&from->sent, how, argument));
    } else if (strcmp(what, "drop") == 0) {
        take(&from->sent, amount(&from->sent, how, argument));
    } else if (strcmp(what, "end") == 0) {
        to->ends = 1;
    } else if (strcmp(what, "repeat") == 0) {
        append(&to->arrived, from->sent.bytes, from->sent.length);
    } else if (strcmp(what, "flip") == 0) {
        int at = strcmp(how, "last") == 0 ? from->sent.length - 1 : number(how);
        if (at < 0 || at >= from->sent.length) {
            fail("there is no byte %d on the wire", at);
        }
        from->sent.bytes[at] ^= 1;
    } else if (strcmp(what, "inject") == 0) {
        inject(to, how);
    } else {
        fail("a wire knows no %s", what);
    }
}

// Handshakes to the end over wires that move so many bytes a turn, with so much room a turn.
static void connected(int chunk, int room) {
    int c = -1, s = -1, unexpected = 0, turns;
    for (turns = 0; (c != 1 || s != 1) && turns < MOST_TURNS; turns++) {
        client.room = server.room = room;
        c = SSL_connect(client.ssl);
        int error = SSL_get_error(client.ssl, c);
        unexpected += c != 1 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
        s = SSL_accept(server.ssl);
        error = SSL_get_error(server.ssl, s);
        unexpected += s != 1 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
        move(&client, chunk < 0 || client.sent.length < chunk ? client.sent.length : chunk);
        move(&server, chunk < 0 || server.sent.length < chunk ? server.sent.length : chunk);
    }
    client.room = server.room = -1;
    printf("%d connected: c=%d s=%d unexpected=%d\n", step, c, s, unexpected);
}

// ---- settings ------------------------------------------------------------------------------------------------------------

static enum stall stall_named(const char *name) {
    static const char *const names[] = {"flows", "read", "write", "connect", "accept", "fails", "fails-once"};
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return (enum stall)i;
        }
    }
    fail("a Bio cannot be told %s", name);
    return FLOWS;
}

static int on(const char *word) {
    if (strcmp(word, "on") != 0 && strcmp(word, "off") != 0) {
        fail("%s is neither on nor off", word);
    }
    return strcmp(word, "on") == 0;
}

static void set_mode(struct end *e, const char *name, int yes) {
    long bit = strcmp(name, "partial-write") == 0  ? SSL_MODE_ENABLE_PARTIAL_WRITE
               : strcmp(name, "auto-retry") == 0   ? SSL_MODE_AUTO_RETRY
               : strcmp(name, "moving-buffer") == 0 ? SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                                    : 0;
    if (bit == 0) {
        fail("there is no mode %s", name);
    }
    if (yes) {
        SSL_set_mode(e->ssl, bit);
    } else {
        SSL_clear_mode(e->ssl, bit);
    }
}

static void keep(char *to, size_t size, const char *text) {
    if ((size_t)snprintf(to, size, "%s", text) >= size) {
        fail("%s is too long", text);
    }
}

// Before the connections are made: returns 0 if the word is no such setting.
static int configure(struct end *e, const char *what, const char *argument) {
    if (strcmp(what, "method") == 0) {
        keep(e->method, sizeof e->method, argument);
    } else if (strcmp(what, "groups") == 0) {
        keep(e->groups, sizeof e->groups, argument);
    } else if (strcmp(what, "suites") == 0) {
        keep(e->suites, sizeof e->suites, argument);
    } else if (strcmp(what, "verify") == 0) {
        e->verify = SSL_VERIFY_PEER | (strcmp(argument, "require") == 0 ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
    } else if (strcmp(what, "no-certificate") == 0) {
        e->has_certificate = 0;
    } else if (strcmp(what, "no-bio") == 0) {
        e->has_bio = 0;
    } else {
        return 0;
    }
    if (created) {
        fail("%s comes too late", what);
    }
    return 1;
}

// At any time: returns 0 if the word is no such setting.
static int set(struct end *e, const char *what, const char *argument, const char *value) {
    if (strcmp(what, "room") == 0) {
        e->room = strcmp(argument, "all") == 0 ? -1 : number(argument);
    } else if (strcmp(what, "reading") == 0) {
        e->reading = stall_named(argument);
    } else if (strcmp(what, "writing") == 0) {
        e->writing = stall_named(argument);
    } else if (strcmp(what, "state") == 0) {
        if (strcmp(argument, "connect") == 0) {
            SSL_set_connect_state(e->ssl);
        } else {
            SSL_set_accept_state(e->ssl);
        }
    } else if (strcmp(what, "bio") == 0) {
        set_bio(e);
    } else if (strcmp(what, "quiet") == 0) {
        SSL_set_quiet_shutdown(e->ssl, on(argument));
    } else if (strcmp(what, "set-shutdown") == 0) {
        SSL_set_shutdown(e->ssl, number(argument));
    } else if (strcmp(what, "read-ahead") == 0) {
        SSL_set_read_ahead(e->ssl, on(argument));
    } else if (strcmp(what, "mode") == 0) {
        set_mode(e, argument, on(value));
    } else if (strcmp(what, "ignore-end") == 0) {
        if (on(argument)) {
            SSL_set_options(e->ssl, SSL_OP_IGNORE_UNEXPECTED_EOF);
        } else {
            SSL_clear_options(e->ssl, SSL_OP_IGNORE_UNEXPECTED_EOF);
        }
    } else {
        return 0;
    }
    return 1;
}

// ---- the list ------------------------------------------------------------------------------------------------------------

static void run(char *words[]) {
    step++;
    if (strcmp(words[0], "connected") == 0) {
        create_both();
        connected(*words[1] ? number(words[1]) : -1, *words[2] ? number(words[2]) : -1);
    } else if (strchr(words[1], '>') != NULL) {
        create_both();
        on_wire(words[0], words[1], words[2], words[3]);
    } else {
        struct end *e = end_named(words[0]);
        if (configure(e, words[1], words[2])) {
            return;
        }
        create_both();
        if (!set(e, words[1], words[2], words[3])) {
            make_call(e, words[1], words[2]);
        }
    }
}

int main(int argc, char *argv[]) {
    static char line[4096];
    if (argc != 3) {
        fprintf(stderr, "usage: %s CERTIFICATE KEY <SCENARIOS\n", argv[0]);
        return 2;
    }
    certificate_file = argv[1];
    key_file = argv[2];
    wire = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
    BIO_meth_set_read(wire, wire_read);
    BIO_meth_set_write(wire, wire_write);
    BIO_meth_set_ctrl(wire, wire_ctrl);
    printf("%s\n", OpenSSL_version(OPENSSL_VERSION_STRING));
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *words[MOST_WORDS];
        int n = 0;
        line[strcspn(line, "#\n")] = 0;
        for (char *w = strtok(line, " "); w != NULL && n < MOST_WORDS; w = strtok(NULL, " ")) {
            words[n++] = w;
        }
        if (n == 0) {
            continue;
        }
        while (n < MOST_WORDS) {
            words[n++] = "";
        }
        if (strcmp(words[0], "scenario") == 0) {
            begin_scenario(words[1]);
        } else {
            run(words);
        }
    }
    reset(&client, 'c');
    reset(&server, 's');
    BIO_meth_free(wire);
    return 0;
}
