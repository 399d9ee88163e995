// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -nbio}: another way to wait, and nothing else. */
@Timeout(60)
class NonBlockingTest {
    private static final String[] BLOCKING = {};
    private static final String[] NON_BLOCKING = {"-nbio"};

    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    /** What a program has printed at its end, but for the port. */
    private record Said(int status, String out, String err) {
        static Said by(Command c) throws Exception {
            return new Said(c.status(), withoutPort(c.out()), withoutPort(c.err()));
        }

        private static String withoutPort(String text) {
            return text.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT");
        }
    }

    /** Conversations between the two commands, up to their ends. */
    enum Conversation {
        THE_CLIENT_ENDS_IT(List.of(), List.of()) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) throws Exception {
                atClient.type("from the client\n");
                server.awaitOut("from the client\n");
                atServer.type("from the server\n");
                client.awaitOut("from the server\n");
                atClient.type("Q\n");
            }
        },
        THE_SERVER_ENDS_IT(List.of(), List.of("-ign_eof")) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) throws Exception {
                client.awaitOut("Verify return code");
                atClient.end();
                atServer.type("goodbye\n");
                client.awaitOut("goodbye\n");
                atServer.type("q\n");
            }
        },
        ANOTHER_GROUP_IS_ASKED_FOR(List.of("-groups", "P-256", "-rev"), List.of("-groups", "X25519:P-256")) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) throws Exception {
                atClient.type("abc\n");
                client.awaitOut("cba\n");
                atClient.type("CLOSE\n");
            }
        },
        A_PAGE_IS_FETCHED(List.of("-www"), List.of("-ign_eof", "-quiet")) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) {
                atClient.type("GET / HTTP/1.0\r\n\r\n");
            }
        },
        THE_CERTIFICATE_IS_NOT_GOOD_ENOUGH(
                List.of(), List.of("-verify_return_error", "-verify_hostname", "example.org")) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) {}
        },
        NO_PROTOCOL_IN_COMMON(List.of("-alpn", "one"), List.of("-alpn", "two")) {
            @Override
            void hold(Typing atClient, Command client, Typing atServer, Command server) {}
        };

        private final List<String> forServer;
        private final List<String> forClient;

        Conversation(List<String> forServer, List<String> forClient) {
            this.forServer = forServer;
            this.forClient = forClient;
        }

        abstract void hold(Typing atClient, Command client, Typing atServer, Command server) throws Exception;

        /** What client and server have said. */
        List<Said> held(String... option) throws Exception {
            Typing atServer = new Typing();
            Typing atClient = new Typing();
            List<String> first = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-naccept", "1"));
            first.addAll(List.of("-cert", pem.cert(), "-num_tickets", "0")); // no two tickets are the same
            Command server = Command.start(
                    atServer, joined(List.of(first, List.of("-key", pem.keyFile()), forServer, List.of(option))));
            List<String> second = List.of("s_client", "-connect", server.address(), "-CAfile", pem.cert());
            Command client = Command.start(atClient, joined(List.of(second, forClient, List.of(option))));
            hold(atClient, client, atServer, server);
            return List.of(Said.by(client), Said.by(server));
        }
    }

    private static String[] joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource(Conversation.class)
    void bothSidesSayTheSameAsWhenTheyBlock(Conversation conversation) throws Exception {
        assertEquals(conversation.held(BLOCKING), conversation.held(NON_BLOCKING));
    }

    @ParameterizedTest
    @EnumSource(Rudeness.class)
    void aServerThatIsNoneIsToldOfInTheSameWords(Rudeness rudeness) throws Exception {
        Said blocking = clientOf(rudeness, BLOCKING);
        assertEquals(1, blocking.status(), blocking::err);
        assertEquals(blocking, clientOf(rudeness, NON_BLOCKING));
    }

    /** What a server may do in place of a handshake. */
    enum Rudeness {
        HANGS_UP,
        SPEAKS_HTTP,
        SENDS_HALF_A_RECORD
    }

    private static Said clientOf(Rudeness rudeness, String... option) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command client = clientOf(listener, option);
            try (Socket s = listener.accept()) {
                s.getInputStream().readNBytes(100); // some of the ClientHello
                byte[] bytes = switch (rudeness) {
                    case HANGS_UP -> new byte[0];
                    case SPEAKS_HTTP -> "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                    case SENDS_HALF_A_RECORD -> new byte[] {22, 3, 3, 0, 100, 2};
                };
                s.getOutputStream().write(bytes);
                s.shutdownOutput();
                s.getInputStream().readAllBytes();
            }
            return Said.by(client);
        }
    }

    private static Command clientOf(ServerSocket listener, String... option) {
        List<String> first = List.of("s_client", "-connect", "127.0.0.1:" + listener.getLocalPort());
        return Command.start(new Typing(), joined(List.of(first, List.of(option))));
    }

    @Test
    void theClientSelectsWhileItHandshakesAndElseItBlocks() throws Exception {
        assertTrue(waitsIn(NON_BLOCKING, "java.nio.channels.Selector", "sun.nio.ch.SelectorImpl"));
        assertTrue(waitsIn(BLOCKING, "sun.nio.ch.SocketChannelImpl"));
    }

    /** Whether the client comes to wait for the ServerHello in one of these classes. */
    private static boolean waitsIn(String[] option, String... classes) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command client = clientOf(listener, option);
            boolean found = false;
            try (Socket s = listener.accept()) {
                s.getInputStream().readNBytes(100);
                Predicate<StackTraceElement> wanted = e -> List.of(classes).contains(e.getClassName());
                for (long end = System.nanoTime() + 20_000_000_000L; !found && System.nanoTime() < end; ) {
                    found = Thread.getAllStackTraces().entrySet().stream()
                            .filter(e -> e.getKey().getName().equals("s_client"))
                            .anyMatch(e -> handshakes(e.getValue())
                                    && Arrays.stream(e.getValue()).anyMatch(wanted));
                }
            } catch (IOException e) {
                throw new AssertionError(client.err(), e);
            }
            client.complaint();
            return found;
        }
    }

    private static boolean handshakes(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(e -> e.getMethodName().equals("handshake"));
    }
}
