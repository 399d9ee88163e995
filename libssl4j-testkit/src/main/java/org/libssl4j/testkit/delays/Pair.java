// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libssl4j.handshake.Role;

/** Runs the scripts of two ends that a link joins. */
public final class Pair {
    /** Rounds in which nothing moves: more than any delay lasts. */
    private static final int IDLE_ROUNDS = 64;

    private static final int IDLE_AT_THE_END = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Pair() {}

    /**
     * Runs both scripts to their ends, or to the first step of each that fails.
     *
     * @return what came of the client, then of the server
     * @throws AssertionError if both wait for each other for ever
     */
    public static List<Outcome> run(Link link, End client, List<Op> clientScript, End server, List<Op> serverScript) {
        Side c = new Side(client, Role.CLIENT, link, clientScript);
        Side s = new Side(server, Role.SERVER, link, serverScript);
        if (link.blocks()) {
            onTwoThreads(link, c, s);
        } else {
            onOneThread(c, s, link.direct() ? 0 : PATIENCE.toNanos());
        }
        return List.of(Outcome.of(c), Outcome.of(s));
    }

    private static void onOneThread(Side c, Side s, long patience) {
        long lastMove = System.nanoTime();
        long before = -1;
        // When both are done, what a failed one still has to send goes out.
        for (int idle = 0; idle < IDLE_AT_THE_END || !c.over() || !s.over(); idle++) {
            c.turn();
            s.turn();
            long now = c.progress() + s.progress();
            if (now != before) {
                idle = 0;
                before = now;
                lastMove = System.nanoTime();
            } else if (idle > IDLE_ROUNDS) {
                // A link that goes through the operating system may need a moment.
                if (System.nanoTime() - lastMove >= patience) {
                    throw new AssertionError("nothing moves: " + c + "; " + s);
                }
                Thread.yield();
            }
        }
    }

    private static void onTwoThreads(Link link, Side c, Side s) {
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> alone(c), Pair::thread);
        CompletableFuture<Void> server = CompletableFuture.runAsync(() -> alone(s), Pair::thread);
        try {
            CompletableFuture.allOf(client, server).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            link.close();
            throw new AssertionError("no end: " + c + "; " + s, e);
        } catch (ExecutionException e) {
            link.close();
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void thread(Runnable work) {
        Thread t = new Thread(work, "an end of a pair");
        t.setDaemon(true);
        t.start();
    }

    private static void alone(Side s) {
        long before = -1;
        for (int idle = 0; !s.over() || idle < IDLE_AT_THE_END; ) {
            s.turn();
            long now = s.progress();
            idle = s.over() && now == before ? idle + 1 : 0;
            before = now;
        }
    }
}
