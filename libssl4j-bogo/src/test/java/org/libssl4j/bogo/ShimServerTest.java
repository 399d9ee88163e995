// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warm shim behind its socket, the cold one as a process, and the launcher. */
class ShimServerTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private Path directory;
    private MiniRunner runner;
    private ShimServer server;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        // The path of a Unix socket may have about 100 bytes, which those that JUnit makes can exceed.
        directory = Files.createTempDirectory("shim");
        runner = new MiniRunner(temporary);
    }

    @AfterEach
    void stop() throws IOException {
        runner.close();
        if (server != null) {
            server.stop();
        }
        Files.deleteIfExists(socket());
        Files.delete(directory);
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private void serve(Duration limit) throws IOException {
        server = new ShimServer(socket(), limit);
        Thread t = new Thread(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        t.setDaemon(true);
        t.start();
    }

    private SocketChannel ask(List<String> arguments) throws IOException {
        SocketChannel c = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream request = new DataOutputStream(bytes);
        request.writeInt(arguments.size());
        for (String a : arguments) {
            request.writeInt(a.length());
            request.write(a.getBytes(StandardCharsets.ISO_8859_1));
        }
        c.write(ByteBuffer.wrap(bytes.toByteArray()));
        return c;
    }

    private record Answer(int code, String out, String err) {}

    private static Answer answer(SocketChannel c) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(c));
        String[] printed = {"", "", ""};
        while (true) {
            int kind = in.readUnsignedByte();
            int value = in.readInt();
            if (kind == 0) {
                return new Answer(value, printed[1], printed[2]);
            }
            printed[kind] += new String(in.readNBytes(value), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTestRunsOverTheSocket() throws Exception {
        serve(LONG);
        CompletableFuture<Void> echo = runner.echo(true);
        try (SocketChannel c = ask(runner.server())) {
            assertEquals(new Answer(ExitCode.PASSED, "", ""), answer(c));
        }
        echo.get();
    }

    @Test
    void testsRunBesideEachOther() throws Exception {
        serve(LONG);
        CompletableFuture<Void> echo = runner.echo(false);
        try (SocketChannel waits = ask(runner.arguments());
                SocketChannel asks = ask(List.of("-is-handshaker-supported"))) {
            assertEquals("No", answer(asks).out().trim());
            assertEquals(ExitCode.PASSED, answer(waits).code());
        }
        echo.get();
    }

    @Test
    void aTestThatTakesTooLongEndsWithItsStack() throws Exception {
        serve(Duration.ofMillis(300));
        CompletableFuture<Integer> met = runner.meet(s ->
                s.getInputStream().read(new byte[1000]) + s.getInputStream().readAllBytes().length);
        try (SocketChannel c = ask(runner.arguments())) {
            Answer a = answer(c);
            assertEquals(ExitCode.MUST_FAIL, a.code());
            assertTrue(a.err().contains("org.libssl4j.bogo.Exchange"), a.err());
        }
        met.get();
    }

    @Test
    void aTestWhoseLauncherIsGoneHangsUp() throws Exception {
        serve(LONG);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        CompletableFuture<Integer> met = runner.meet(s -> {
            connected.complete(null);
            return s.getInputStream().readAllBytes().length;
        });
        SocketChannel c = ask(runner.arguments());
        connected.get();
        c.close();
        met.get(); // comes only if the stream has ended
    }

    @Test
    void aColdShimRunsOneTest() throws Exception {
        CompletableFuture<Void> echo = runner.echo(true);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.libssl4j.bogo.Main",
                "shim"));
        command.addAll(runner.server());
        Answer a = run(command);
        assertEquals(ExitCode.PASSED, a.code(), a.err());
        echo.get();
    }

    @Tag("peers")
    @Test
    void theLauncherHandsOnArgumentsOutputAndExitCode() throws Exception {
        Path launcher = directory.resolve("launcher");
        Answer built = run(List.of("cc", "-Wall", "-Werror", "-o", launcher.toString(), "launcher/launcher.c"));
        assertEquals(0, built.code(), built.err());
        try {
            serve(LONG);
            Answer a = run(List.of(launcher.toString(), "-is-handshaker-supported"));
            assertEquals(new Answer(ExitCode.PASSED, "No\n", ""), a);
            CompletableFuture<Void> echo = runner.echo(true);
            List<String> command = new ArrayList<>(List.of(launcher.toString()));
            command.addAll(runner.server("-expect-hrr"));
            Answer failed = run(command);
            assertEquals(ExitCode.FAILED, failed.code());
            assertTrue(failed.err().contains("no HelloRetryRequest"), failed.err());
            echo.exceptionally(e -> null).get();
            server.stop();
            Files.delete(socket());
            assertEquals(ExitCode.MUST_FAIL, run(List.of(launcher.toString())).code(), "nobody listens");
        } finally {
            Files.delete(launcher);
        }
    }

    private Answer run(List<String> command) throws Exception {
        File out = Files.createTempFile("out", null).toFile();
        File err = Files.createTempFile("err", null).toFile();
        try {
            ProcessBuilder b = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
            b.environment().put("BOGO_SHIM_SOCK", socket().toString());
            b.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
            int code = b.start().waitFor();
            return new Answer(code, Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }
}
