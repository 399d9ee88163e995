// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.libssl4j.testkit.peer.PeerProgram;

/** PostgreSQL with TLS and an empty database, for the time of a test. It does not run as root; Debian's package has made a user for it. */
final class PostgresqlServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "postgres";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private static final int TRIES = 3;

    private final PeerProgram server;
    private final int port;

    /** @param directory an empty one, in one of the test's own */
    PostgresqlServer(Path directory, PemFiles pem) throws Exception {
        if (ROOT) {
            Files.setPosixFilePermissions(directory.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }
        own(directory);
        Path data = directory.resolve("data");
        try (PeerProgram initdb = PeerProgram.start(command(
                "initdb", "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"))) {
            if (initdb.awaitExit(PATIENCE) != 0) {
                throw new IllegalStateException(initdb.toString());
            }
        }
        own(Files.copy(pem.certificate(), data.resolve("server.crt")));
        Path key = Files.copy(pem.key(), data.resolve("server.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        own(key);
        PeerProgram started = null;
        int at = 0;
        for (int tries = 1; started == null; tries++) {
            at = PeerProgram.freePort();
            started = start(data, at, tries < TRIES);
        }
        server = started;
        port = at;
    }

    /** Null if somebody else has the port by now, and another one is to be tried. */
    private static PeerProgram start(Path data, int port, boolean again) throws Exception {
        PeerProgram server = PeerProgram.start(command(
                "postgres",
                "-D",
                data.toString(),
                "-c",
                "ssl=on",
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"));
        try {
            server.awaitLine("ready to accept connections", PATIENCE);
            return server;
        } catch (AssertionError e) {
            server.close();
            if (again && server.report().contains("Address already in use")) {
                return null;
            }
            throw e;
        }
    }

    private static void own(Path file) throws IOException {
        if (ROOT) {
            UserPrincipal user =
                    file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            Files.setOwner(file, user);
        }
    }

    /** Debian has the programs outside of PATH, a directory a version. */
    private static String[] command(String program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        if (ROOT) {
            words.addAll(List.of("runuser", "-u", USER, "--"));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                words.add(versions.map(v -> v.resolve("bin").resolve(program))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(Path.of(program))
                        .toString());
            }
        } else {
            words.add(program);
        }
        words.addAll(List.of(arguments));
        return words.toArray(new String[0]);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.close();
    }
}
