// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The entry points of the module. {@code run} beside the sources calls them. */
public final class Main {
    /** The runner gives up after 15 seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Main() {}

    /**
     * Runs one of them.
     *
     * @param arguments {@code server SOCKET}: tests on request, until the standard input ends; {@code shim FLAGS...}: one test; {@code summary RESULTS ALL EXPECTED}: what a run came to
     * @throws IOException if a file or socket fails
     */
    public static void main(String[] arguments) throws IOException {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "server" -> serve(Path.of(rest.get(0)));
            case "shim" -> System.exit(new Shim(rest, System.out, System.err).run());
            case "summary" ->
                System.exit(
                        Summary.print(Path.of(rest.get(0)), Path.of(rest.get(1)), Path.of(rest.get(2)), System.out));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void serve(Path socket) throws IOException {
        ShimServer server = new ShimServer(socket, LIMIT);
        Thread end = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only its end says something.
                }
                server.stop();
            } catch (IOException e) {
                System.exit(1);
            }
        });
        end.setDaemon(true);
        end.start();
        server.serve();
    }
}
