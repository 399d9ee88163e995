// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.handshake.DataCarrier;

/** The Bios of an {@link Ssl}: which ones they are, who closes them, and whether the write Bio may hold something back. Not thread-safe. */
final class OwnedBios {
    private final Consumer<Exception> closeFailed;
    private Bio readBio;
    private Bio writeBio;
    private Bio lent; // belongs to the chain of an SslBio, which closes it
    private boolean flushDue; // bytes went to the write Bio that it may hold back

    // Made once: a method reference in the hot path would be made for each record.
    private final DataCarrier.Source source = (b, off, len) -> readBio.read(b, off, len);
    private final DataCarrier.Sink sink = (b, off, len) -> writeBio.write(b, off, len);
    private final DataCarrier.Source sourceAtHand = this::readAtHand;

    /** @param closeFailed is told of a Bio that could not be closed */
    OwnedBios(Consumer<Exception> closeFailed) {
        this.closeFailed = closeFailed;
    }

    // ---- which ones ------------------------------------------------------------------------------------------------

    /** Read from; null for none. */
    Bio readBio() {
        return readBio;
    }

    /** Written to; null for none. */
    Bio writeBio() {
        return writeBio;
    }

    /** Whether there is one for each direction. */
    boolean both() {
        return readBio != null && writeBio != null;
    }

    /** Takes these over, in place of those before, which are closed unless they stay in use. */
    void set(Bio rbio, Bio wbio) {
        Bio oldRead = readBio;
        Bio oldWrite = writeBio;
        readBio = rbio;
        writeBio = wbio;
        flushDue &= oldWrite == wbio;
        release(oldRead);
        if (oldWrite != oldRead) {
            release(oldWrite);
        }
    }

    /** Uses {@code b} for both directions, as one that is not ours to close; null: no longer. */
    void lend(Bio b) {
        if (b == null) {
            set(readBio == lent ? null : readBio, writeBio == lent ? null : writeBio);
        } else if (b != readBio) {
            set(b, b);
        }
        lent = b;
    }

    /** Closes a chain, up to a Bio that is in use still. */
    private void release(Bio chain) {
        for (Bio b = chain; b != null && !standsIn(readBio, b) && !standsIn(writeBio, b) && !standsIn(lent, b); ) {
            Bio behind = b.next(); // closing may change the chain
            try {
                b.close();
            } catch (IOException | RuntimeException e) {
                closeFailed.accept(e);
            }
            b = behind;
        }
    }

    private static boolean standsIn(Bio chain, Bio wanted) {
        for (Bio b = chain; b != null; b = b.next()) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The one of the other direction if it is over this socket already, else a new one. */
    static Bio over(Socket socket, Bio other) throws IOException {
        return other instanceof SocketBio s && s.socket() == socket ? other : new SocketBio(socket);
    }

    /** The one of the other direction if it is over this channel already, else a new one. */
    static Bio over(SocketChannel channel, Bio other) {
        return other instanceof ChannelBio c && c.channel() == channel ? other : new ChannelBio(channel);
    }

    // ---- bytes -----------------------------------------------------------------------------------------------------

    /** Reads from the read Bio. */
    DataCarrier.Source source() {
        return source;
    }

    /** Writes to the write Bio. */
    DataCarrier.Sink sink() {
        return sink;
    }

    /** Reads what can be had without waiting. */
    DataCarrier.Source sourceAtHand() {
        return sourceAtHand;
    }

    /** A Bio that buffers waits for all that it is asked for, so each is asked for no more than the one byte that is there. */
    private int readAtHand(byte[] b, int off, int len) throws IOException {
        if (readBio == null || !readBio.readyToRead()) {
            return -1;
        }
        return readBio.read(b, off, Math.min(len, 1));
    }

    /** Whether bytes went to the write Bio that it may hold back. */
    boolean flushDue() {
        return flushDue;
    }

    /** Says so. */
    void flushDue(boolean yes) {
        flushDue = yes;
    }

    /** What to wait for before {@code bio} is asked again: mostly what was asked of it; but one that connects, or stands on TLS of its own, may wait for something else. */
    static SslError waitOf(Bio bio, SslError asked) {
        if (bio.shouldIoSpecial()) {
            return switch (bio.retryReason()) {
                case CONNECT -> SslError.WANT_CONNECT;
                case ACCEPT -> SslError.WANT_ACCEPT;
                case SSL_X509_LOOKUP -> SslError.WANT_X509_LOOKUP;
                case NONE -> asked;
            };
        }
        return bio.shouldRead() ? SslError.WANT_READ : bio.shouldWrite() ? SslError.WANT_WRITE : asked;
    }
}
