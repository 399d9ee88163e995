// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Want;

/**
 * One step of an end's script.
 *
 * @param name says what it is
 * @param begin begins it; what it returns is called until it neither waits nor has to be called again
 */
public record Op(String name, Function<Side, Step> begin) {
    /** A step under way. */
    @FunctionalInterface
    public interface Step {
        /** {@link End#WAIT}, {@link End#FAILED}, or 0 or more: it is done. */
        int go();
    }

    private static final int CHUNK = 1_000_000; // the biggest buffer: a record goes straight into it

    /** Of one call that is made until it does not wait. */
    public static Op of(String name, ToIntFunction<End> call) {
        return new Op(name, side -> () -> call.applyAsInt(side.end()));
    }

    public static Op handshake() {
        return of("handshake", End::handshake);
    }

    /** Writes so many bytes, of a content that their number determines. */
    public static Op write(int length) {
        byte[] b = content(length);
        return of("write " + length, end -> end.write(b, 0, b.length));
    }

    /** Reads so many bytes, in calls that take as many as there are. */
    public static Op read(int length) {
        return read(length, CHUNK);
    }

    /** Reads so many bytes, in calls that take {@code chunk} at most. */
    public static Op read(int length, int chunk) {
        return new Op("read " + length, side -> {
            byte[] b = new byte[Math.min(length, chunk)];
            int[] left = {length};
            return () -> {
                while (left[0] > 0) {
                    int n = side.end().read(b, 0, Math.min(left[0], b.length));
                    if (n <= 0) {
                        return n == 0 ? End.FAILED : n;
                    }
                    side.received(b, n);
                    left[0] -= n;
                }
                return length;
            };
        });
    }

    /** Reads until the peer's close_notify. */
    public static Op readToTheEnd() {
        return new Op("read to the end", side -> {
            byte[] b = new byte[4096];
            return () -> {
                while (true) {
                    int n = side.end().read(b, 0, b.length);
                    if (n <= 0) {
                        return n;
                    }
                    side.received(b, n);
                }
            };
        });
    }

    /** Asks the client for its certificate, after the handshake; the request goes out with what is written next. */
    public static Op requestCertificate() {
        return of("request a certificate", end -> {
            end.requestCertificate();
            return 1;
        });
    }

    /** Asks for the next keys, and sends the update. */
    public static Op keyUpdate(boolean updateRequested) {
        return new Op("key update", side -> {
            boolean[] asked = {false};
            return () -> {
                if (!asked[0]) {
                    asked[0] = true;
                    if (side.end().keyUpdate(updateRequested) != 1) {
                        throw new AssertionError("a key update was refused");
                    }
                }
                return side.end().handshake();
            };
        });
    }

    /** Asks for the next keys; the update goes out with what is written next. */
    public static Op askForKeyUpdate(boolean updateRequested) {
        return of("ask for a key update", end -> end.keyUpdate(updateRequested));
    }

    /** Begins another handshake, or asks for it; a client does not go on before it is complete. */
    public static Op renegotiate() {
        return new Op("renegotiate", side -> {
            boolean[] asked = {false};
            return () -> {
                if (!asked[0]) {
                    asked[0] = true;
                    if (side.end().renegotiate() != 1) {
                        throw new AssertionError("a renegotiation was refused");
                    }
                }
                return side.end().handshake();
            };
        });
    }

    /** From here on this waits, whatever the delays are. */
    public static Op lock(Brake.Lock what) {
        return of("lock " + what, end -> {
            end.brake().lock(what);
            return 1;
        });
    }

    /** What was locked goes on. */
    public static Op unlock() {
        return lock(Brake.Lock.NOTHING);
    }

    /** Takes messages that come after the handshake until one makes it wait for what is locked; no data may come. */
    public static Op untilItWaitsFor(Brake.Lock what) {
        byte[] one = new byte[1];
        return of("until it waits for " + what, end -> {
            int n = end.read(one, 0, 1);
            if (n >= 0) {
                throw new AssertionError("data, or the end of them, where a wait was expected");
            }
            Want w = end.localWant();
            return n == End.WAIT && w != Want.NOTHING && (w == Want.ASYNC) == (what == Brake.Lock.WORK) ? 1 : n;
        });
    }

    /** Sends close_notify. */
    public static Op shutdown() {
        return of("shutdown", End::shutdown);
    }

    /** Sends close_notify if that was not done, and waits for the peer's. */
    public static Op shutdownBothWays() {
        return of("shutdown both ways", end -> {
            int r = end.shutdown();
            return r == 0 ? End.WAIT : r;
        });
    }

    /** Nothing more comes from this end, and no close_notify before it. */
    public static Op endOfStream() {
        return new Op("end of stream", side -> () -> side.endStream() ? 0 : End.WAIT);
    }

    /** Something that an engine of the kit can do, and what it sends. */
    public static Op kit(String name, KitCall call) {
        return new Op(name, side -> {
            EngineEnd end = (EngineEnd) side.end();
            boolean[] called = {false};
            return () -> {
                try {
                    if (!called[0]) {
                        called[0] = true;
                        call.on((KitEngine) end.engine());
                    }
                    return end.flush();
                } catch (TlsException e) {
                    throw new AssertionError(name, e);
                }
            };
        });
    }

    /** A call of the kit's engine. */
    @FunctionalInterface
    public interface KitCall {
        void on(KitEngine engine) throws TlsException;
    }

    /** Content of so many bytes: no two stretches near each other are the same. */
    public static byte[] content(int length) {
        byte[] b = new byte[length];
        int x = length;
        for (int i = 0; i < length; i++) {
            x = x * 1_103_515_245 + 12_345;
            b[i] = (byte) (x >>> 16);
        }
        return b;
    }
}
