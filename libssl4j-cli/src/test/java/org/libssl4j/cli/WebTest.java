// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebTest {
    private static Command server(String... more) {
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {"s_server", "-accept", "127.0.0.1:0"}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return Command.start(args);
    }

    private static String fetch(String address, String request) throws Exception {
        Typing typing = new Typing();
        typing.type(request);
        return Command.start(typing, "s_client", "-connect", address, "-quiet")
                .succeeded()
                .out();
    }

    @Test
    void thePageSaysWhatWasNegotiated() throws Exception {
        Command server = server("-www", "-naccept", "1");
        String page = fetch(server.address(), "GET / HTTP/1.0\r\n\r\n");
        server.succeeded();
        assertTrue(page.startsWith("HTTP/1.0 200 ok\r\nContent-Type: text/html"), page);
        assertTrue(page.contains("New, TLSv1.3, Cipher is TLS_"), page);
        int body = page.indexOf("\r\n\r\n") + 4;
        assertTrue(page.contains("Content-Length: " + (page.length() - body) + "\r\n"), page);
    }

    @Test
    void filesOfTheDirectoryAreServed() throws Exception {
        Command server = server("-WWW", "-naccept", "1");
        String answer = fetch(server.address(), "GET /pom.xml HTTP/1.0\r\n\r\n");
        server.succeeded();
        assertEquals(Files.readString(Path.of("pom.xml")), answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../pom.xml", "/src/../../pom.xml", "//etc/passwd", "/", "/src", "/nothing", "/\0", "pom.xml/.."
            })
    void noOtherFilesAreServed(String path) throws Exception {
        Command server = server("-WWW", "-naccept", "1");
        String answer = fetch(server.address(), "GET " + path + " HTTP/1.0\r\n\r\n");
        server.succeeded();
        assertTrue(answer.startsWith("HTTP/1.0 404 "), answer);
    }

    @Test
    void anythingButGetAndHeadIsRefused() throws Exception {
        Command server = server("-www", "-naccept", "2");
        String post = fetch(server.address(), "POST / HTTP/1.0\r\n\r\n");
        String head = fetch(server.address(), "HEAD / HTTP/1.0\r\n\r\n");
        server.succeeded();
        assertTrue(post.startsWith("HTTP/1.0 405 "), post);
        assertTrue(head.startsWith("HTTP/1.0 200 ") && head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void aSilentClientKeepsNobodyWaiting() throws Exception {
        Command server = server("-www", "-naccept", "3");
        String address = server.address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Socket silent = new Socket("127.0.0.1", port);
                Socket other = new Socket("127.0.0.1", port)) {
            assertTrue(fetch(address, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 200 "));
            assertTrue(silent.isConnected() && other.isConnected());
        }
        assertEquals(1, server.status()); // two of the three failed
    }
}
