// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Answers one HTTP/1.0 request a connection, with a page on the connection itself or with a file. */
final class WebService implements Service {
    /** What is served. */
    enum Kind {
        /** {@code -www}: a page that says what was negotiated. */
        STATUS,
        /** {@code -WWW}: the files below the current directory. */
        FILES,
        /** {@code -HTTP}: the same, where each file is a whole HTTP response. */
        RESPONSES
    }

    private static final int LONGEST_HEAD = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Kind kind;
    private final Path root;

    WebService(Kind kind, Path root) {
        this.kind = kind;
        this.root = root;
    }

    @Override
    public boolean serve(TlsStream stream) throws Failure, IOException {
        stream.within(
                PATIENCE); // for the whole request: a client must not keep a thread by sending a byte now and then
        String head = head(stream);
        if (head != null) {
            answer(stream, head);
        }
        stream.goodbye(null);
        return true;
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    /** All up to the empty line; null if the client closes before. */
    private static String head(TlsStream stream) throws Failure, IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] in = new byte[4096];
        while (head.size() < LONGEST_HEAD) {
            int n = stream.read(in);
            if (n < 0) {
                return null;
            }
            head.write(in, 0, n);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
                return text;
            }
        }
        throw new Failure("a request whose head is longer than " + LONGEST_HEAD + " bytes");
    }

    private void answer(TlsStream stream, String head) throws Failure, IOException {
        String[] request = head.lines().findFirst().orElse("").split(" ");
        boolean headOnly = request[0].equals("HEAD");
        if (request.length < 2 || !headOnly && !request[0].equals("GET")) {
            text(stream, "405 Method Not Allowed", "GET and HEAD are understood.\n", false);
        } else if (kind == Kind.STATUS) {
            page(stream, headOnly);
        } else {
            file(stream, request[1], headOnly);
        }
    }

    private static void text(TlsStream stream, String status, String text, boolean headOnly)
            throws Failure, IOException {
        send(stream, status, "text/plain; charset=utf-8", text, headOnly);
    }

    private static void send(TlsStream stream, String status, String type, String body, boolean headOnly)
            throws Failure, IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        write(stream, responseHead(status, type, content.length));
        if (!headOnly) {
            stream.write(content, 0, content.length);
        }
    }

    private static String responseHead(String status, String type, long length) {
        return "HTTP/1.0 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\nConnection: close\r\n\r\n";
    }

    private static void write(TlsStream stream, String text) throws Failure, IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        stream.write(bytes, 0, bytes.length);
    }

    private static void page(TlsStream stream, boolean headOnly) throws Failure, IOException {
        String summary = new Summary(stream.ssl(), List.of()).server("");
        String page = "<!DOCTYPE html>\n<html><head><title>libssl4j s_server</title></head><body><pre>\n"
                + escaped("libssl4j " + Version.project() + " s_server\nClient: " + stream.peer() + "\n" + summary)
                + "</pre></body></html>\n";
        send(stream, "200 ok", "text/html; charset=utf-8", page, headOnly);
    }

    /** What a client sent, such as a server name, is shown and not obeyed. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void file(TlsStream stream, String target, boolean headOnly) throws Failure, IOException {
        Path file = below(target);
        if (file == null) {
            text(stream, "404 Not Found", "There is no such file.\n", headOnly);
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (kind == Kind.FILES) {
                write(stream, responseHead("200 ok", type(file), Files.size(file)));
            }
            byte[] block = new byte[Block.SIZE];
            for (int n = 0; n >= 0 && !headOnly; n = in.read(block)) {
                stream.within(PATIENCE);
                stream.write(block, 0, n);
            }
        }
    }

    /** The regular file below the root that a request names, links followed; null if there is none. */
    private Path below(String target) {
        String path = target.split("[?#]", 2)[0];
        while (path.startsWith("/")) {
            path = path.substring(1);
        }
        try {
            Path top = root.toRealPath();
            Path file = top.resolve(path).toRealPath();
            return file.startsWith(top) && Files.isRegularFile(file) && Files.isReadable(file) ? file : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".html") || name.endsWith(".htm") ? "text/html" : "text/plain";
    }
}
