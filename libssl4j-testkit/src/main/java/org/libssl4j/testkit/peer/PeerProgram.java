// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.peer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another program as a child process, its output read by threads of ours from the start. Waiting is for a line, a number of bytes or the end, each with a deadline; a failure to come says what the program printed instead. {@link #close()} leaves no child behind.
 */
public final class PeerProgram implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Object news = new Object(); // told of each piece of output and of its end
    private final Capture out = new Capture(news);
    private final Capture err = new Capture(news);
    private final List<Thread> pumps = new ArrayList<>();
    private volatile IOException feedFailure;

    private PeerProgram(List<String> command, Process process, OutputStream copyOfOut) {
        this.command = command;
        this.process = process;
        pump("stdout", process.getInputStream(), copyOfOut == null ? out : copyOfOut);
        pump("stderr", process.getErrorStream(), err);
    }

    /**
     * Starts a program.
     *
     * @param command name and arguments; the name is looked up in PATH
     * @throws IllegalStateException naming the program if it is not there: a test without its peer has failed
     */
    public static PeerProgram start(String... command) throws IOException {
        return start(null, command);
    }

    /**
     * As {@link #start(String...)}, for a program with much to say.
     *
     * @param stdout gets the standard output, and is closed at its end; null to keep it here
     */
    public static PeerProgram start(OutputStream stdout, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, find(command[0]).toString());
        ProcessBuilder b = new ProcessBuilder(words);
        b.environment().put("LC_ALL", "C");
        b.environment().remove("SSLKEYLOGFILE");
        b.environment().remove("OPENSSL_CONF");
        return new PeerProgram(List.of(command), b.start(), stdout);
    }

    private static Path find(String name) {
        Path given = Path.of(name);
        if (given.isAbsolute() && Files.isExecutable(given)) {
            return given;
        }
        for (String dir : System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator))) {
            Path p = Path.of(dir, name);
            if (Files.isExecutable(p)) {
                return p;
            }
        }
        throw new IllegalStateException("the program " + name + " is not installed, and this test needs it");
    }

    /** A port that nobody listens on at this moment, for programs that cannot choose one themselves. Another program may take it first: whoever starts one has to be ready to try again. */
    public static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    // ---- input -----------------------------------------------------------------------------------------------------

    /**
     * Writes to the program's standard input from a thread of its own, for the program may read late.
     *
     * @param data all of it
     * @param end whether to close the input behind it
     */
    public void feed(byte[] data, boolean end) {
        feed(to -> to.write(data), end);
    }

    /** Writes a lot of input. */
    @FunctionalInterface
    public interface Feeder {
        void feed(OutputStream stdin) throws IOException;
    }

    /** As {@link #feed(byte[], boolean)}, with data that are made on the way. */
    public void feed(Feeder feeder, boolean end) {
        Thread t = new Thread(() -> {
            try {
                OutputStream to = process.getOutputStream();
                feeder.feed(to);
                to.flush();
                if (end) {
                    to.close();
                }
            } catch (IOException e) {
                feedFailure = e; // the program may end before it has read all
            }
        });
        begin(t, "stdin");
    }

    // ---- output ----------------------------------------------------------------------------------------------------

    /**
     * Waits for a line on standard output or standard error.
     *
     * @param regex found somewhere in the line
     * @return the match
     * @throws AssertionError if the program ended or the time was up before
     */
    public Matcher awaitLine(String regex, Duration patience) throws InterruptedException {
        Pattern p = Pattern.compile(regex, Pattern.MULTILINE);
        Matcher[] found = new Matcher[1];
        boolean came = await(patience, () -> {
            for (Capture c : List.of(out, err)) {
                Matcher m = p.matcher(text(c.bytes()));
                if (m.find()) {
                    found[0] = m;
                    return true;
                }
            }
            return false;
        });
        if (!came) {
            throw new AssertionError("no line with " + regex + " within " + patience + "; " + this);
        }
        return found[0];
    }

    /** Waits until standard output has so many bytes, and returns all of it. */
    public byte[] awaitOutput(int length, Duration patience) throws InterruptedException {
        if (!await(patience, () -> out.bytes().length >= length)) {
            throw new AssertionError(
                    "standard output has " + out.bytes().length + " bytes, " + length + " wanted; " + this);
        }
        return out.bytes();
    }

    /** Looks again at each piece of news: false if the outputs ended or the time was up before the condition held. */
    private boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (news) {
            while (true) {
                boolean over = pumps.stream().noneMatch(Thread::isAlive); // asked before the condition
                if (condition.getAsBoolean()) {
                    return true;
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (over || left <= 0) {
                    return false;
                }
                news.wait(Math.min(left, 100)); // a thread that has told its news dies a little later
            }
        }
    }

    /** Waits for the end of the program and of its output; returns the exit code. */
    public int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + patience + "; " + this);
        }
        for (Thread t : pumps) {
            t.join(patience.toMillis());
        }
        return process.exitValue();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process' number. */
    public long pid() {
        return process.pid();
    }

    /** Standard output so far. */
    public byte[] output() {
        return out.bytes();
    }

    /** Standard output and standard error so far, as text. */
    public String report() {
        return text(out.bytes()) + text(err.bytes());
    }

    /** Ends the program and its children, by force if need be, and waits until they are gone. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            for (Thread t : pumps) {
                t.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        String said = report();
        return String.join(" ", command)
                + (process.isAlive() ? " (running)" : " (exit code " + process.exitValue() + ")")
                + (feedFailure == null ? "" : ", its input failed: " + feedFailure)
                + " said:\n" + (said.length() > 20_000 ? said.substring(0, 20_000) + " …" : said);
    }

    private static String text(byte[] b) {
        return new String(b, StandardCharsets.ISO_8859_1); // binary data may stand beside it
    }

    private void pump(String name, InputStream from, OutputStream to) {
        Thread t = new Thread(() -> {
            try (from;
                    to) {
                from.transferTo(to);
            } catch (IOException e) {
                // the stream was closed because the program was ended
            }
            synchronized (news) {
                news.notifyAll();
            }
        });
        pumps.add(t);
        begin(t, name);
    }

    private void begin(Thread t, String name) {
        t.setName(command.get(0) + " " + name);
        t.setDaemon(true);
        t.start();
    }
}
