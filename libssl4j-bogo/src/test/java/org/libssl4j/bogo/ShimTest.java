// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shim against a small runner that has the JDK's TLS. */
class ShimTest {
    private static final byte[] ALERT = {21, 3};

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private MiniRunner runner;

    @BeforeEach
    void listen() throws IOException {
        runner = new MiniRunner(directory);
    }

    @AfterEach
    void stopListening() throws IOException {
        runner.close();
    }

    private int run(List<String> arguments) {
        return new Shim(
                        arguments,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run();
    }

    private void passes(boolean server, List<String> arguments) throws Exception {
        CompletableFuture<Void> echo = runner.echo(server);
        assertEquals(ExitCode.PASSED, run(arguments), err::toString);
        echo.get();
        assertEquals("", err.toString(StandardCharsets.UTF_8), "a test that passes prints no error");
    }

    private String fails(boolean server, List<String> arguments) {
        runner.echo(server);
        assertEquals(ExitCode.FAILED, run(arguments), err::toString);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void noHandshakerIsSupported() {
        assertEquals(ExitCode.PASSED, run(List.of("-is-handshaker-supported")));
        assertEquals("No", out.toString(StandardCharsets.UTF_8).trim());
    }

    @Test
    void aFlagThatIsNotKnownEndsTheTestBeforeItConnects() {
        CompletableFuture<String> met = runner.meet(s -> "met");
        assertEquals(ExitCode.UNIMPLEMENTED, run(runner.server("-dtls")));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(!met.isDone());
    }

    @Test
    void aVersionThatThereIsNotIsNotImplemented() {
        assertEquals(ExitCode.UNIMPLEMENTED, run(runner.server("-max-version", "768")));
    }

    @Test
    void tls12IsSpokenWhereNothingNewerMayBe() throws Exception {
        passes(true, runner.server("-max-version", "771", "-expect-version", "771", "-expect-extended-master-secret"));
        passes(false, runner.arguments("-no-tls13", "-expect-version", "771", "-expect-secure-renegotiation"));
    }

    @Test
    void whatTls12SaysOfARenegotiationIsCompared() {
        String text = fails(true, runner.server("-no-tls13", "-expect-no-secure-renegotiation"));
        assertTrue(text.contains("a renegotiation would be secure"), text);
    }

    @Test
    void aServerTurnsOverWhatItGets() throws Exception {
        passes(true, runner.server("-expect-no-hrr"));
    }

    @Test
    void aClientTurnsOverWhatItGets() throws Exception {
        passes(false, runner.arguments("-host-name", "server.example", "-expect-version", "772"));
    }

    @Test
    void aServerDoesSoOneByteAtATime() throws Exception {
        passes(true, runner.server("-async"));
    }

    @Test
    void aClientDoesSoOneByteAtATimeAndVerifiesLater() throws Exception {
        passes(false, runner.arguments("-async", "-verify-peer", "-use-custom-verify-callback"));
    }

    @Test
    void theHandshakeMayBeLeftToTheFirstRead() throws Exception {
        passes(true, runner.server("-implicit-handshake"));
    }

    @Test
    void peekingFirstReadsTheSame() throws Exception {
        passes(true, runner.server("-peek-then-read"));
    }

    @Test
    void anExpectationThatDoesNotHoldFails() {
        assertTrue(fails(true, runner.server("-expect-hrr")).contains("no HelloRetryRequest"));
    }

    @Test
    void anotherGroupThanTheExpectedOneFails() {
        String text = fails(true, runner.server("-curves", "29", "-expect-curve-id", "23"));
        assertTrue(text.contains("wrong group: expected 23, is 29"), text);
        assertTrue(text.contains("Connection 1 failed."), text);
    }

    @Test
    void aProtocolThatNobodyExpectedWouldFail() {
        assertTrue(fails(true, runner.server("-select-alpn", "foo")).contains("wrong application protocol"));
    }

    @Test
    void aMessageTraceIsCompared() {
        assertTrue(fails(true, runner.server("-expect-msg-callback", "read hs 1\n"))
                .contains("write hs 2"));
    }

    @Test
    void aRefusedCertificateHasItsName() {
        String text = fails(false, runner.arguments("-verify-peer", "-verify-fail"));
        assertTrue(text.contains(":CERTIFICATE_VERIFY_FAILED:"), text);
    }

    @Test
    void theAlertArrivesThoughThePeerHasSentMore() throws Exception {
        CompletableFuture<byte[]> met = runner.meet(s -> {
            s.getOutputStream().write(new byte[100_000]);
            return s.getInputStream().readNBytes(7);
        });
        assertEquals(ExitCode.FAILED, run(runner.server()));
        byte[] alert = met.get();
        assertEquals(ALERT[0], alert[0]);
        assertEquals(ALERT[1], alert[1]);
        assertEquals(2, alert[5], "fatal");
    }

    @Test
    void aRunnerThatIsNotThereIsAFailureThatNoTestExpects() throws Exception {
        List<String> arguments = runner.server();
        runner.close();
        assertEquals(ExitCode.MUST_FAIL, run(arguments));
    }

    @Test
    void aShimThatWasCancelledDoesNotConnect() {
        Shim shim = new Shim(runner.server(), new PrintStream(out, true), new PrintStream(err, true));
        shim.cancel();
        assertEquals(ExitCode.MUST_FAIL, shim.run());
    }
}
