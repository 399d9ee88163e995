// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.SeededCtx;

/** A shim with seeded random numbers that stands between the runner and itself, and writes down what goes by. The script "record" makes it the runner's shim, one test a process. */
final class Recorder {
    private final Path directory;
    private final List<List<Recording.Flow>> connections = new ArrayList<>(); // guarded by itself

    private Recorder(Path directory) {
        this.directory = directory;
    }

    /**
     * Runs a test.
     *
     * @param arguments the directory for recordings, the name of the test, the heading of its file, and then the shim's
     */
    public static void main(String[] arguments) throws Exception {
        List<String> flags = List.of(arguments).subList(3, arguments.length);
        System.exit(new Recorder(Path.of(arguments[0])).run(arguments[1], arguments[2], flags));
    }

    private int run(String test, String heading, List<String> arguments) throws Exception {
        List<String> kept = new ArrayList<>();
        int port = 0;
        for (int i = 0; i < arguments.size(); i++) {
            String a = arguments.get(i);
            switch (a) {
                case "-port" -> port = Integer.parseInt(arguments.get(++i));
                case "-ipv6" -> {} // ours is the other one, which every machine has
                case "-trust-cert" -> i++; // the shim does not read it
                default -> {
                    kept.add(a);
                    if (Recording.FILES.contains(a)) {
                        kept.add(copied(Path.of(arguments.get(++i))));
                    }
                }
            }
        }
        if (port == 0) {
            return new Shim(arguments, System.out, System.err).run(); // a question before the tests
        }
        boolean ipv6 = arguments.contains("-ipv6");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            relay(listening, InetAddress.getByName(ipv6 ? "::1" : "127.0.0.1"), port);
            List<String> ours = new ArrayList<>(List.of("-port", String.valueOf(listening.getLocalPort())));
            ours.addAll(resolved(kept, directory));
            PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
            int exit = new Shim(ours, System.out, err, SeededCtx.of(Recording.SEED)).run();
            String printed = errors.toString(StandardCharsets.UTF_8);
            System.err.print(printed);
            synchronized (connections) {
                new Recording(kept, exit, Recording.namesIn(printed), connections)
                        .write(directory.resolve(test + ".txt"), heading);
            }
            return exit;
        }
    }

    /** The arguments with the files' names as they are beside the recordings. */
    static List<String> resolved(List<String> flags, Path directory) {
        List<String> all = new ArrayList<>(flags);
        for (int i = 1; i < all.size(); i++) {
            if (Recording.FILES.contains(all.get(i - 1))) {
                all.set(i, directory.resolve(all.get(i)).toString());
            }
        }
        return all;
    }

    /** Copies a file under a name that stands for its content: tests share most of them. */
    private String copied(Path file) throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(file);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        String name = HexFormat.of().formatHex(digest, 0, 4) + ".pem";
        Files.write(directory.resolve(name), content);
        return name;
    }

    /** Takes the shim's connections, one after the other, each with one of its own to the runner. */
    private void relay(ServerSocket listening, InetAddress runner, int port) {
        start(() -> {
            while (true) {
                Socket shim = listening.accept();
                Socket far = new Socket(runner, port);
                shim.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                List<Recording.Flow> flows = new ArrayList<>();
                synchronized (connections) {
                    connections.add(flows);
                }
                start(() -> copy(far, shim, true, flows));
                start(() -> copy(shim, far, false, flows));
            }
        });
    }

    /** What is written down before it is handed on is there when the other side answers it, or is at its end. */
    private void copy(Socket from, Socket to, boolean runner, List<Recording.Flow> flows) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] b = new byte[65_536];
        for (int n = in.read(b); n >= 0; n = in.read(b)) {
            note(flows, new Recording.Flow(runner, Arrays.copyOf(b, n)));
            out.write(b, 0, n);
        }
        note(flows, new Recording.Flow(runner, new byte[0]));
        to.shutdownOutput();
    }

    private void note(List<Recording.Flow> flows, Recording.Flow f) {
        synchronized (connections) {
            int last = flows.size() - 1;
            if (last >= 0 && flows.get(last).runner() == f.runner() && f.bytes().length > 0) {
                byte[] both = Recording.joined(flows.remove(last).bytes(), f.bytes());
                flows.add(new Recording.Flow(f.runner(), both));
            } else {
                flows.add(f);
            }
        }
    }

    /** Work that may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread t = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A side has hung up: it is the other one's recorded end that counts.
            }
        });
        t.setDaemon(true);
        t.start();
    }
}
