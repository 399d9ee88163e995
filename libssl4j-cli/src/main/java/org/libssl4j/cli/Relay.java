// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;

/**
 * Carries bytes both ways between a terminal and a connection.
 *
 * <pre>
 *   stdin ──read──► InputPump ──blocks──► ┐              ┌ ──► ssl.write ──► channel
 *    (thread)                             │  this thread │
 *   stdout ◄─write── OutputPump ◄─blocks─ ┘  owns the Ssl └ ◄── ssl.read ◄── channel
 *    (thread)                                and selects
 * </pre>
 *
 * Neither direction ever waits for the other: each is tried until it wants something, and only when both do does the selector wait, for all that is wanted. The pumps wake it.
 */
final class Relay {
    /** Why it ended. */
    enum End {
        /** The terminal's input ended. */
        INPUT,
        /** The user asked for the connection's end: {@code q} to a server. */
        CONNECTION,
        /** The user asked for the program's end: {@code Q}. */
        QUIT,
        /** The user asked for a new connection in place of this one: {@code C} to a client. */
        RECONNECT,
        /** The peer sent close_notify. */
        PEER
    }

    /** What a line of a single letter means. */
    enum Keys {
        /** It is data, and so is nothing: the end of input ends nothing. */
        NONE,
        /** It is data; the end of input ends the connection. */
        END_OF_INPUT,
        /** {@code Q} ends, {@code C} connects anew. */
        CLIENT,
        /** {@code Q} ends, {@code q} ends the connection. */
        SERVER
    }

    private final TlsStream stream;
    private final Ssl ssl;
    private final InputPump input;
    private final OutputPump output;
    private final Keys keys;
    private final Letters letters;

    private Block sending; // under way to the peer, or null
    private Block receiving; // has room for more, or null
    private int sendWants; // what the selector has to wait for
    private int receiveWants;
    private boolean lineStart = true;
    private End end;

    private Relay(TlsStream stream, InputPump input, OutputPump output, Keys keys, Letters letters) {
        this.letters = letters;
        this.stream = stream;
        this.ssl = stream.ssl();
        this.input = input;
        this.output = output;
        this.keys = keys;
    }

    /** Carries bytes until one side has had enough, and says goodbye. */
    static End talk(TlsStream stream, InputPump input, Terminal terminal, Keys keys, Letters letters)
            throws Failure, IOException {
        OutputPump output = new OutputPump(terminal.out());
        input.start();
        output.start();
        try {
            End end = new Relay(stream, input, output, keys, letters).run();
            stream.goodbye(end == End.INPUT ? output : null);
            return end;
        } finally {
            output.finish();
        }
    }

    private End run() throws Failure, IOException {
        stream.unblock();
        stream.within(null);
        input.wakes(stream.selector());
        output.wakes(stream.selector());
        try {
            while (end == null) {
                boolean moved = receive() | send();
                if (!moved && end == null) {
                    stream.select(sendWants | receiveWants);
                }
            }
            return end;
        } finally {
            input.wakes(null);
            output.wakes(null);
            giveBack();
        }
    }

    /** From the peer to the terminal: fills one block as far as it goes; whether any bytes came. */
    private boolean receive() throws Failure {
        receiveWants = 0;
        if (receiving == null) {
            receiving = output.poll();
        }
        if (receiving == null) {
            return false; // the output wakes us once it has room
        }
        SslError error = SslError.NONE;
        while (error == SslError.NONE && !receiving.isFull()) {
            int n = ssl.read(receiving.bytes, receiving.to, Block.SIZE - receiving.to);
            receiving.to += Math.max(n, 0);
            error = ssl.getError(n);
        }
        boolean moved = !receiving.isEmpty();
        if (moved) {
            output.put(receiving);
            receiving = null;
        }
        if (error == SslError.ZERO_RETURN) {
            end = End.PEER;
        } else {
            receiveWants = wants("read", error);
        }
        return moved;
    }

    /** From the terminal to the peer: sends one record of a block, or obeys one letter; whether anything was done. */
    private boolean send() throws Failure {
        sendWants = 0;
        if (end != null || sending == null && !next()) {
            return false;
        }
        if (lineStart && (keys == Keys.CLIENT || keys == Keys.SERVER) && command(sending)) {
            sending.from += lineLength(sending);
            passOn();
            return true; // what was asked for goes out with the next read or write
        }
        int n = ssl.write(sending.bytes, sending.from, sending.length());
        if (n <= 0) {
            sendWants = wants("write", ssl.getError(n));
            return false;
        }
        sending.from += n;
        lineStart = sending.bytes[sending.from - 1] == '\n' && sending.isEmpty();
        passOn();
        return true;
    }

    /** Gives a block back that is done with. */
    private void passOn() {
        if (sending.isEmpty()) {
            input.recycle(sending);
            sending = null;
        }
    }

    /** Takes the next block. */
    private boolean next() {
        sending = input.poll();
        if (sending == null && keys != Keys.NONE && input.atEnd()) {
            end = End.INPUT;
        }
        return sending != null;
    }

    /** As with OpenSSL, only the first lines of what was read at once are looked at, so that data sent in bulk is left alone. */
    private boolean command(Block b) {
        if (lineLength(b) == 0) {
            return false;
        }
        char letter = (char) b.bytes[b.from];
        if (letter == 'Q') {
            end = End.QUIT;
            return true;
        }
        if (letter == 'q' && keys == Keys.SERVER) {
            end = End.CONNECTION;
            return true;
        }
        if (letter == 'C' && keys == Keys.CLIENT) {
            end = End.RECONNECT;
            return true;
        }
        return letters.obey(letter);
    }

    /** Length of the first line with its end, if it is of one letter; else 0. */
    private static int lineLength(Block b) {
        int at = b.from + 1;
        if (b.isEmpty() || at < b.to && b.bytes[at] != '\n' && b.bytes[at] != '\r') {
            return 0;
        }
        while (at < b.to && b.bytes[at] == '\r') {
            at++;
        }
        return Math.min(at + 1, b.to) - b.from;
    }

    private int wants(String during, SslError error) throws Failure {
        return switch (error) {
            case NONE -> 0;
            case WANT_READ -> SelectionKey.OP_READ;
            case WANT_WRITE -> SelectionKey.OP_WRITE;
            default -> throw Failure.of(during, ssl);
        };
    }

    /** What was not sent belongs to a connection that is over. */
    private void giveBack() {
        if (sending != null) {
            input.recycle(sending);
        }
        if (receiving != null) {
            output.put(receiving);
        }
    }
}
