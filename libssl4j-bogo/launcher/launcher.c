// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

// The program that the runner starts for each test: hands its arguments to the warm shim behind the Unix socket BOGO_SHIM_SOCK, copies what that prints, and exits as it says.
// To the shim: u32 count, then each argument as u32 length and bytes. From the shim: frames of u8 kind (1 stdout, 2 stderr, 0 the end) and u32, the length of the bytes that follow, or the exit code.
// All numbers are big-endian.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// A failure that no test may take for one that it expects.
static void hard(const char *what) {
    fprintf(stderr, "launcher: %s\n", what);
    exit(90);
}

static void put(int fd, const void *bytes, size_t length) {
    const char *p = bytes;
    while (length > 0) {
        ssize_t n = write(fd, p, length);
        if (n <= 0) hard("the shim does not listen");
        p += n;
        length -= (size_t)n;
    }
}

static void get(int fd, void *bytes, size_t length) {
    char *p = bytes;
    while (length > 0) {
        ssize_t n = read(fd, p, length);
        if (n <= 0) hard("the shim has hung up");
        p += n;
        length -= (size_t)n;
    }
}

static void put32(int fd, uint32_t v) {
    unsigned char b[4] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v};
    put(fd, b, 4);
}

int main(int argc, char **argv) {
    const char *path = getenv("BOGO_SHIM_SOCK");
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (path == NULL || strlen(path) >= sizeof address.sun_path) hard("BOGO_SHIM_SOCK names no socket");
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) hard("no shim behind BOGO_SHIM_SOCK");

    put32(fd, (uint32_t)(argc - 1));
    for (int i = 1; i < argc; i++) {
        put32(fd, (uint32_t)strlen(argv[i]));
        put(fd, argv[i], strlen(argv[i]));
    }
    for (;;) {
        unsigned char head[5];
        get(fd, head, 5);
        uint32_t value = (uint32_t)head[1] << 24 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 8 | head[4];
        if (head[0] == 0) return (int)value;
        while (value > 0) {
            char buffer[4096];
            uint32_t part = value < sizeof buffer ? value : (uint32_t)sizeof buffer;
            get(fd, buffer, part);
            fwrite(buffer, 1, part, head[0] == 1 ? stdout : stderr);
            value -= part;
        }
    }
}
