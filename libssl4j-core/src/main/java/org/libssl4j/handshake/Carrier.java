// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.KeySink;
import org.libssl4j.message.HandshakeMessage;

/** Carries whole handshake messages and takes keys: the seam between the handshake and what lies below. TLS, DTLS and QUIC each have one. Not thread-safe. */
public interface Carrier extends KeySink {
    /**
     * The next whole message of the current read epoch, or null if there is none yet; the same one until {@link #consume()}. In TLS 1.2 and before it may be {@link HandshakeMessage#CHANGE_CIPHER_SPEC}, in its place between the messages.
     *
     * @throws TlsException if the bytes at hand are a fault of the peer's, or its alert
     */
    HandshakeMessage peek() throws TlsException;

    /** Takes the message away that {@link #peek()} showed. */
    void consume();

    /** Adds a message to the flight, under the write keys installed last. {@link HandshakeMessage#CHANGE_CIPHER_SPEC} becomes a record of that type, or nothing where {@link CarrierTraits#changeCipherSpec()} is false. */
    void send(HandshakeMessage message) throws TlsException;

    /**
     * This version was chosen: from here on its rules are those of the records, ours and the peer's. Without it, and before, they are TLS 1.3's. To be called before the keys, or a limit, of TLS 1.2 and before.
     *
     * @throws TlsException unexpected_message if something came before that has no place in this version
     */
    void version(ProtocolVersion version) throws TlsException;

    /** The keys in use stay, but are {@link org.libssl4j.keyschedule.Epoch#APPLICATION}'s from now on: in TLS 1.2 and before the Finished of this direction went by, with which application data may follow (RFC 5246 §7.4.9). */
    void promote(Direction direction);

    /**
     * Early data that came with the ClientHello is refused: records that cannot be opened are dropped, up to this many bytes, until one can (RFC 9846 §4.3.10 [8446 4.2.10]).
     *
     * @param limit bytes of content
     */
    void skipEarlyData(int limit);

    /**
     * From here on no protected record in this direction has more than so many bytes of content, type and padding (RFC 8449 §4); without protection, and in TLS 1.2 and before, of content. A carrier that has no records does nothing.
     *
     * @param bytes 64 to 16,385; to 16,384 in TLS 1.2 and before
     */
    void limitRecords(Direction direction, int bytes) throws TlsException;

    /** Makes sure that nothing the peer sent waits behind the last message: where the next message belongs to another epoch or another round, it has to begin a record (RFC 9846 §5.1). */
    void requireBoundary() throws TlsException;

    /** The flight is whole: what was held back to fill records goes out. */
    void endFlight() throws TlsException;

    /** Whether all output was taken. */
    boolean drained();

    /** Queues an alert, behind all that was sent; close_notify, user_canceled and no_renegotiation have the level warning, all others are fatal (RFC 9846 §6, RFC 5246 §7.2) and the last thing that is sent. Output that cannot be protected any more is dropped. */
    void alert(AlertDescription alert);

    /** The connection has failed: the keys of both directions are wiped, and reading throws {@code why} from now on. Output that is protected already can still be taken. */
    void retire(TlsException why);

    CarrierTraits traits();
}
