// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.ProtocolMessage;

/** What the callbacks of one connection have seen, and what they still hold back. The connection's thread alone uses it. */
final class Observed {
    private static final String RANDOM_OF_HELLO_RETRY_REQUEST =
            "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;

    /** Work that is late when the flag {@code -async} is given: a signature or a key agreement. */
    final Queue<Runnable> late = new ArrayDeque<>();

    /** Whether a callback for verification that was asked once may answer now. */
    boolean verifyReady;

    /** Whether the callback for the ClientHello may answer now, and whether it has. */
    boolean clientHelloReady;

    boolean clientHelloTaken;
    /** What the connections of a test leave to each other. */
    final ShimSessions sessions;

    /** Whether this is not the first connection of its test. */
    final boolean resumes;

    /** Whether the callback for a session was asked, and whether it may answer now. */
    boolean sessionAsked;

    boolean sessionReady;

    /** Whether a callback for our certificate that was asked once may answer now. */
    boolean certificateReady;

    /** What is told of each handshake; set before the first. */
    Renegotiations renegotiations;

    private final TestConfig config;
    private final StringBuilder trace = new StringBuilder();
    private final Map<Integer, byte[]> received = new HashMap<>(); // by type, the last of each
    private int lastReceived = -1;
    private boolean changeCipherSpecLast;
    private boolean older; // TLS 1.2 or before was chosen
    private boolean beforeTls12;
    private boolean serverHello;
    private boolean helloRetryRequest;
    private boolean handshakeDone;
    private boolean inHandshake;
    private boolean verified;
    private String fault;
    private final Map<String, byte[]> secrets = new HashMap<>();

    /** @param resumes whether this is not the first connection of its test */
    Observed(TestConfig config, ShimSessions sessions, boolean resumes) {
        this.config = config;
        this.sessions = sessions;
        this.resumes = resumes;
    }

    Executor lateWork() {
        return late::add;
    }

    void info(int where, int value, String state) {
        if ((where & InfoCb.HANDSHAKE_START) != 0) {
            inHandshake = true;
            verified = false; // each handshake verifies anew
        }
        if ((where & InfoCb.HANDSHAKE_DONE) != 0) {
            handshakeDone = true;
            inHandshake = false;
            renegotiations.handshakeDone();
        }
    }

    void message(ProtocolMessage m) {
        byte[] b = m.bytes();
        if (m.contentType() == RECORD_HEADER || m.contentType() == INNER_CONTENT_TYPE) {
            int wanted = m.contentType() == RECORD_HEADER ? 5 : 1;
            noteFault(b.length == wanted, b.length + " bytes of pseudo type " + m.contentType());
            return; // BoringSSL's trace has neither
        }
        trace.append(m.sent() ? "write " : "read ");
        switch (m.contentType()) {
            case 20 -> {
                noteFault(b.length == 1 && b[0] == 1, "a strange change_cipher_spec");
                trace.append("ccs\n");
                changeCipherSpecLast |= !m.sent();
            }
            case 21 -> {
                noteFault(b.length == 2, "an alert of " + b.length + " bytes");
                trace.append("alert ")
                        .append(b[0])
                        .append(' ')
                        .append(b[1] & 0xff)
                        .append('\n');
            }
            case 22 -> handshakeMessage(b, m.sent());
            default -> noteFault(false, "a message of type " + m.contentType());
        }
    }

    private void handshakeMessage(byte[] b, boolean sent) {
        boolean whole = b.length >= 4 && b.length - 4 == ((b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff);
        noteFault(whole, "a handshake message of " + b.length + " bytes");
        if (!whole) {
            return;
        }
        trace.append("hs ").append(b[0] & 0xff).append('\n');
        int type = b[0] & 0xff;
        if (!sent && renegotiations != null && type == HandshakeType.HELLO_REQUEST.code()) {
            renegotiations.helloRequest();
        }
        if (!sent) {
            received.put(type, b);
            lastReceived = type;
            changeCipherSpecLast = false;
        }
        if (type == HandshakeType.SERVER_HELLO.code()) {
            boolean retry = b.length >= 38 && HexFormat.of().formatHex(b, 6, 38).equals(RANDOM_OF_HELLO_RETRY_REQUEST);
            helloRetryRequest |= retry;
            serverHello |= !retry;
            beforeTls12 |= b.length >= 6 && b[4] == 3 && b[5] < 3;
            older |= !retry && !new PeerMessage(b, false).has(ExtensionType.SUPPORTED_VERSIONS);
        }
    }

    private void noteFault(boolean right, String what) {
        note(right, "the message callback saw " + what);
    }

    /** Keeps what a callback found wrong, for the end: a callback that throws would look like a fault of the library. */
    void note(boolean right, String wrong) {
        if (!right && fault == null) {
            fault = wrong;
        }
    }

    void keyLog(String line) {
        String[] parts = line.trim().split(" ");
        secrets.put(parts[0], HexFormat.of().parseHex(parts[2]));
    }

    /** A secret by its label in the key log. */
    byte[] secret(String label) throws ShimFailure {
        byte[] s = secrets.get(label);
        if (s == null) {
            throw new ShimFailure("the key log has no " + label);
        }
        return Arrays.copyOf(s, s.length);
    }

    /** The answer of a callback for verification, which is to be asked until it has one, and no longer. */
    CertVerifyCb.Verdict verified(CertVerifyCb.Verdict verdict) {
        note(!verified, "the peer's certificate was verified twice");
        verified = true;
        return verdict;
    }

    boolean helloRetryRequest() {
        return helloRetryRequest;
    }

    boolean serverHello() {
        return serverHello;
    }

    /** Whether the peer's last message is a change_cipher_spec. */
    boolean changeCipherSpecLast() {
        return changeCipherSpecLast;
    }

    /** Whether we are a server whose key is on a curve that is not among the client's groups. */
    boolean ownCurveUnknown() {
        int curve =
                config.has(ShimFlag.KEY_FILE) ? RunnerCertificate.curve(Path.of(config.text(ShimFlag.KEY_FILE))) : 0;
        return server() && curve != 0 && !last(HandshakeType.CLIENT_HELLO).hasGroup(curve);
    }

    /** Whether we are a client of TLS 1.2 that was asked for a key of another kind than ours. */
    boolean ownKeyUnwanted() {
        PeerMessage request = last(HandshakeType.CERTIFICATE_REQUEST);
        return request.older()
                && config.has(ShimFlag.KEY_FILE)
                && !request.asksFor(RunnerCertificate.requestedType(Path.of(config.text(ShimFlag.KEY_FILE))));
    }

    /** Whether TLS 1.0 or 1.1 was chosen. */
    boolean beforeTls12() {
        return beforeTls12;
    }

    boolean handshakeDone() {
        return handshakeDone;
    }

    /** Whether we are a client of TLS 1.2 or before, between two handshakes. */
    boolean afterHandshake12() {
        return !server() && older && handshakeDone && !inHandshake;
    }

    /** What the connection was to do. */
    TestConfig config() {
        return config;
    }

    boolean server() {
        return config.has(ShimFlag.SERVER);
    }

    /** The peer's last message; {@link PeerMessage#NONE} if it has sent none. */
    PeerMessage last() {
        byte[] b = received.get(lastReceived);
        return b == null ? PeerMessage.NONE : new PeerMessage(b, older);
    }

    /** The peer's last message of a type; {@link PeerMessage#NONE} if there was none. */
    PeerMessage last(HandshakeType type) {
        byte[] b = received.get(type.code());
        return b == null ? PeerMessage.NONE : new PeerMessage(b, older);
    }

    /** The signature_algorithms of the peer's ClientHello or CertificateRequest. */
    PeerOffer peerOffer() throws ShimFailure {
        byte[] message =
                received.get((server() ? HandshakeType.CLIENT_HELLO : HandshakeType.CERTIFICATE_REQUEST).code());
        if (message == null) {
            throw new ShimFailure("the peer has asked for no signature");
        }
        return PeerOffer.of(message, older);
    }

    void checkTrace() throws ShimFailure {
        if (fault != null) {
            throw new ShimFailure(fault);
        }
        String wanted = config.text(ShimFlag.EXPECT_MSG_CALLBACK);
        if (!wanted.isEmpty() && !wanted.contentEquals(trace)) {
            throw new ShimFailure("the message callback should have seen\n" + wanted + "but saw\n" + trace);
        }
    }
}
