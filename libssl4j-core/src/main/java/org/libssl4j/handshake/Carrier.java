// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.KeySink;
import org.libssl4j.message.HandshakeMessage;

/** Carries whole handshake messages and takes keys: the seam between the handshake and what lies below. TLS, DTLS and QUIC each have one. Not thread-safe. */
public interface Carrier extends KeySink {
    /**
     * The next whole message of the current read epoch, or null if there is none yet; the same one until {@link #consume()}.
     *
     * @throws TlsException if the bytes at hand are a fault of the peer's, or its alert
     */
    HandshakeMessage peek() throws TlsException;

    /** Takes the message away that {@link #peek()} showed. */
    void consume();

    /** Adds a message to the flight, under the write keys installed last. {@link HandshakeMessage#CHANGE_CIPHER_SPEC} becomes a record of that type, or nothing where {@link CarrierTraits#changeCipherSpec()} is false. */
    void send(HandshakeMessage message) throws TlsException;

    /**
     * Early data that came with the ClientHello is refused: records that cannot be opened are dropped, up to this many bytes, until one can (RFC 9846 §4.3.10 [8446 4.2.10]).
     *
     * @param limit bytes of content
     */
    void skipEarlyData(int limit);

    /**
     * From here on no protected record in this direction has more than so many bytes of content, type and padding (RFC 8449 §4); without protection, of content. A carrier that has no records does nothing.
     *
     * @param bytes 64 to 16,385
     */
    void limitRecords(Direction direction, int bytes) throws TlsException;

    /** Makes sure that nothing the peer sent waits behind the last message: where the next message belongs to another epoch or another round, it has to begin a record (RFC 9846 §5.1). */
    void requireBoundary() throws TlsException;

    /** The flight is whole: what was held back to fill records goes out. */
    void endFlight() throws TlsException;

    /** Whether all output was taken. */
    boolean drained();

    /** Queues an alert, behind all that was sent; close_notify has the level warning, all others fatal (RFC 9846 §6). Output that cannot be protected any more is dropped. */
    void alert(AlertDescription alert);

    /** The connection has failed: the keys of both directions are wiped, and reading throws {@code why} from now on. Output that is protected already can still be taken. */
    void retire(TlsException why);

    CarrierTraits traits();
}
