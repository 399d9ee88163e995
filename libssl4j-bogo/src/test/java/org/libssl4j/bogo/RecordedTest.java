// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.SeededCtx;

/** The shim against what BoringSSL's runner once sent: byte by byte it has to answer as it did then, and to end so. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "org", "libssl4j", "bogo", "recorded");
    private static final int PATIENCE = 20_000; // milliseconds

    static Stream<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".txt"))
                    .map(n -> n.substring(0, n.length() - ".txt".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void theShimAnswersAsItDid(String test) throws Exception {
        play(recording(test));
    }

    @Test
    void anotherByteFromTheShimFails() throws Exception {
        Recording r = recording("TLS13-Server-ClientAuth-RSA");
        List<Recording.Flow> flows = r.connections().get(0);
        int last = flows.size() - 1;
        while (flows.get(last).runner() || flows.get(last).bytes().length == 0) {
            last--;
        }
        byte[] bytes = flows.get(last).bytes();
        bytes[bytes.length - 1] ^= 1;
        AssertionError e = assertThrows(AssertionError.class, () -> play(r));
        assertTrue(e.getMessage().contains("in the recording"), e.getMessage());
    }

    @Test
    void anotherExitCodeOrNameFails() throws Exception {
        Recording r = recording("NoSharedCipher-TLS13");
        assertEquals(ExitCode.FAILED, r.exit());
        assertThrows(
                AssertionError.class,
                () -> play(new Recording(r.flags(), ExitCode.PASSED, r.errors(), r.connections())));
        assertThrows(
                AssertionError.class,
                () -> play(new Recording(r.flags(), r.exit(), List.of("DECODE_ERROR"), r.connections())));
    }

    @Test
    void whatIsWrittenIsWhatIsRead(@TempDir Path directory) throws Exception {
        List<Recording.Flow> flows = List.of(
                new Recording.Flow(true, new byte[100]),
                new Recording.Flow(false, new byte[] {1, 2}),
                new Recording.Flow(true, new byte[0]));
        Recording r =
                new Recording(List.of("-advertise-alpn", "\u0003a %\u00ff"), 1, List.of("A", "B"), List.of(flows));
        Path file = directory.resolve("r.txt");
        r.write(file, "a test");
        Recording back = Recording.read(file);
        assertEquals(r.flags(), back.flags());
        assertEquals(r.exit(), back.exit());
        assertEquals(r.errors(), back.errors());
        assertEquals(1, back.connections().size());
        for (int i = 0; i < flows.size(); i++) {
            assertEquals(flows.get(i).runner(), back.connections().get(0).get(i).runner());
            assertArrayEquals(
                    flows.get(i).bytes(), back.connections().get(0).get(i).bytes());
        }
    }

    private static Recording recording(String test) throws IOException {
        return Recording.read(DIRECTORY.resolve(test + ".txt"));
    }

    private static void play(Recording r) throws Exception {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            listening.setSoTimeout(PATIENCE);
            CompletableFuture<Void> runner = beside(listening, r.connections());
            List<String> arguments = new ArrayList<>(List.of("-port", String.valueOf(listening.getLocalPort())));
            arguments.addAll(Recorder.resolved(r.flags(), DIRECTORY));
            PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
            int exit = new Shim(arguments, out, err, SeededCtx.of(Recording.SEED)).run();
            String printed = errors.toString(StandardCharsets.UTF_8);
            try {
                runner.get(PATIENCE, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause().getMessage() + "; the shim says " + exit + " " + printed, e);
            }
            assertEquals(r.exit(), exit, printed);
            assertEquals(r.errors(), Recording.namesIn(printed), printed);
        }
    }

    private static CompletableFuture<Void> beside(ServerSocket listening, List<List<Recording.Flow>> connections) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread t = new Thread(() -> {
            try {
                for (int i = 0; i < connections.size(); i++) {
                    try (Socket shim = listening.accept()) {
                        shim.setTcpNoDelay(true);
                        shim.setSoTimeout(PATIENCE);
                        speak(shim, connections.get(i), "connection " + (i + 1));
                    }
                }
                done.complete(null);
            } catch (IOException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        t.setDaemon(true);
        t.start();
        return done;
    }

    /** Says what the runner said, and waits for what the shim said in between. */
    private static void speak(Socket shim, List<Recording.Flow> flows, String where) throws IOException {
        int heard = 0;
        for (Recording.Flow f : flows) {
            if (f.runner() && f.bytes().length == 0) {
                shim.shutdownOutput();
            } else if (f.runner()) {
                shim.getOutputStream().write(f.bytes());
            } else if (f.bytes().length == 0) {
                int more = shim.getInputStream().read();
                if (more >= 0) {
                    throw new AssertionError(where + ": the shim has sent more than its " + heard + " bytes");
                }
            } else {
                byte[] b = shim.getInputStream().readNBytes(f.bytes().length);
                int differs = Arrays.mismatch(f.bytes(), b);
                if (differs >= 0) {
                    throw new AssertionError(where + ": from byte " + (heard + differs) + " the shim has sent "
                            + shown(b, differs) + ", and in the recording " + shown(f.bytes(), differs));
                }
                heard += b.length;
            }
        }
    }

    private static String shown(byte[] b, int from) {
        return HexFormat.of().formatHex(b, from, Math.min(from + 16, b.length)) + " (" + (b.length - from) + " left)";
    }
}
