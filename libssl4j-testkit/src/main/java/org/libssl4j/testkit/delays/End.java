// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.Map;
import org.libssl4j.handshake.Want;

/**
 * One end of a connection, whatever its face. Each call does what can be done now; one that {@link #WAIT}s is to be made again.
 *
 * <p>Not thread-safe.
 */
public interface End extends AutoCloseable {
    /** To be called again. */
    int WAIT = -1;

    /** It is over: {@link #facts()} says why. */
    int FAILED = -2;

    /** 1 when the handshake is complete and all its output taken. */
    int handshake();

    /** Bytes read; 0 after the peer's close_notify. */
    int read(byte[] b, int off, int len);

    /** Bytes taken, whose records were all taken as well. */
    int write(byte[] b, int off, int len);

    /** Asks for the next keys for writing; 1 if they will be. */
    int keyUpdate(boolean updateRequested);

    /** Asks for another handshake on the same connection; 1 if there will be one. */
    default int renegotiate() {
        throw new IllegalStateException("an end that makes one handshake");
    }

    /** 0 when our close_notify is out, 1 when the peer's has come too. */
    int shutdown();

    /** Asks the client for its certificate, after the handshake. */
    default void requestCertificate() {
        throw new IllegalStateException(
                "a flow where the server asks for a certificate after the handshake needs an Ssl as its server");
    }

    /** After a failure: sends what waits to be sent. */
    void linger();

    /** What the last call has waited for that is to happen here; NOTHING if it was for the peer, or has not waited. */
    Want localWant();

    /** What was negotiated and what failed, by name. */
    Map<String, String> facts();

    /** What this end shows of itself. */
    Log log();

    /** Its delays. */
    Brake brake();

    @Override
    void close();
}
