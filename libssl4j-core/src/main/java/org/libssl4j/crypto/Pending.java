// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** An operation that was started once and may end later: a signature, a key agreement. A waiting state keeps it and looks again each time it is run. */
public final class Pending<T> {
    private final CompletableFuture<T> future;

    private Pending(CompletableFuture<T> future) {
        this.future = future;
    }

    /** One that is over already. */
    public static <T> Pending<T> done(T value) {
        return new Pending<>(CompletableFuture.completedFuture(value));
    }

    /** Work that may fail as a fault of the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws TlsException;
    }

    /**
     * Starts work.
     *
     * @param executor does it; null to do it now, on this thread
     */
    public static <T> Pending<T> start(Executor executor, Work<T> work) throws TlsException {
        if (executor == null) {
            return done(work.run());
        }
        CompletableFuture<T> f = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                f.complete(work.run());
            } catch (TlsException | RuntimeException | Error e) {
                f.completeExceptionally(e);
            }
        });
        return new Pending<>(f);
    }

    /** Whether {@link #result()} has an answer. */
    public boolean isDone() {
        return future.isDone();
    }

    /** Gives the value to {@code taker} when it is there, on the thread that made it if that is later than now; nothing if the work fails. */
    public void whenDone(Consumer<T> taker) {
        future.thenAccept(taker);
    }

    /**
     * The value, once {@link #isDone()}.
     *
     * @throws TlsException the operation's own, or internal_error around any other failure
     */
    public T result() throws TlsException {
        try {
            return future.getNow(null);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TlsException t) {
                throw t;
            }
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "an operation failed: " + cause, cause);
        }
    }
}
