// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import java.io.IOException;
import org.libssl4j.fault.TlsException;

/** A carrier that also moves application data and is fed with bytes: TLS (and DTLS), not QUIC. Seen by {@code connection} alone. */
public interface DataCarrier extends Carrier, AutoCloseable {
    /** Gives bytes: up to {@code len} into {@code b} from {@code off} on; returns how many, or 0 or less in a meaning that the caller of {@link #fill} knows. */
    @FunctionalInterface
    interface Source {
        int read(byte[] b, int off, int len) throws IOException;
    }

    /** Takes bytes: up to {@code len} of {@code b} from {@code off} on; returns how many, or 0 or less in a meaning that the caller of {@link #drain} knows. */
    @FunctionalInterface
    interface Sink {
        int write(byte[] b, int off, int len) throws IOException;
    }

    /**
     * Decrypted application data. Processes whole records that were filled in, until there is application data, a handshake message ({@link #peek()} then shows it) or no whole record.
     *
     * @return bytes written to {@code dst}, or 0 if there are none for now
     */
    int open(byte[] dst, int off, int len) throws TlsException;

    /** Like {@link #open}, but the bytes stay to be read again. */
    int openPeek(byte[] dst, int off, int len) throws TlsException;

    /** Decrypted application data not yet handed out, in bytes (SSL_pending(3)). */
    int pending();

    /** Whether bytes were filled in that have not been handed out, processed or not (SSL_has_pending(3)). */
    boolean hasPending();

    /** Whether the write keys have sealed so many records that a key_update should come before more (RFC 9846 §5.5). */
    boolean keyUpdateDue();

    /** The configuration of records has changed: they are made as it says from now on, within what the peer takes. */
    void settingsChanged() throws TlsException;

    /** Seals one record of application data into the output; returns how many bytes of {@code src} it took. Only while {@link #drained()}. */
    int seal(byte[] src, int off, int len) throws TlsException;

    /** How many bytes the record under way lacks: of its header, then of its body; never more, so that no byte behind the record is taken from a source. 0 while a whole record waits to be processed. */
    int bytesWanted() throws TlsException;

    /** Asks {@code source} once for at most {@link #bytesWanted()} bytes (or more if {@code readAhead}) straight into the input buffer; returns what the source returned. */
    int fill(Source source, boolean readAhead) throws IOException, TlsException;

    /** Offers the pending output to {@code sink} once; returns what the sink returned. */
    int drain(Sink sink) throws IOException;

    /** The stream takes no more: output is dropped, the write keys are wiped, and what is sent from now on goes nowhere. Reading goes on. */
    void stopWriting();

    /** Whether the peer's close_notify came (RFC 9846 §6.1). */
    boolean closeNotifyReceived();

    /** Whether the input ends inside a record. */
    boolean insideRecord();

    /** Wipes keys and buffers. */
    @Override
    void close();
}
