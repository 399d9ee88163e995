// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one test of the runner was: its flags, what went over each of its connections, and how the shim ended.
 *
 * <p>As text, a word and its value a line: {@code flag}, an argument, where the shim is not told port and address family again and files are named as they lie beside the recording; {@code exit}; {@code error}, one of BoringSSL's names that the shim printed; {@code connection}, where a connection begins; {@code runner} and {@code shim}, what that side sent, in hexadecimal, in the order in which it came by; {@code end} instead of bytes, where that side has closed its half. Lines that begin with # are for readers.
 *
 * @param flags the shim's arguments
 * @param exit an {@link ExitCode}
 * @param errors names
 * @param connections in their order
 */
record Recording(List<String> flags, int exit, List<String> errors, List<List<Flow>> connections) {
    /** With which the random numbers of the shim's side begin. */
    static final long SEED = 1;

    /** Flags behind which is the name of a file that the shim reads. */
    static final Set<String> FILES = Set.of("-cert-file", "-key-file", "-expect-peer-cert-file");

    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES_A_LINE = 56;

    /**
     * What one side sent until the other one did.
     *
     * @param runner which side it was
     * @param bytes none for the end of its half
     */
    record Flow(boolean runner, byte[] bytes) {}

    /** Reads a file. */
    static Recording read(Path file) throws IOException {
        List<String> flags = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        List<List<Flow>> connections = new ArrayList<>();
        int exit = -1;
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            String value = space < 0 ? "" : line.substring(space + 1);
            switch (word) {
                case "flag" -> flags.add(unescaped(value));
                case "exit" -> exit = Integer.parseInt(value);
                case "error" -> errors.add(value);
                case "connection" -> connections.add(new ArrayList<>());
                case "runner", "shim" -> add(connections.get(connections.size() - 1), word.equals("runner"), value);
                default -> throw new IOException(file + ": " + line);
            }
        }
        return new Recording(flags, exit, errors, connections);
    }

    private static void add(List<Flow> flows, boolean runner, String value) {
        byte[] bytes = value.equals("end") ? new byte[0] : HEX.parseHex(value);
        int last = flows.size() - 1;
        if (last >= 0 && flows.get(last).runner() == runner && bytes.length > 0) {
            bytes = joined(flows.remove(last).bytes(), bytes); // the next line of the same
        }
        flows.add(new Flow(runner, bytes));
    }

    static byte[] joined(byte[] a, byte[] b) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(a);
        both.writeBytes(b);
        return both.toByteArray();
    }

    /**
     * Writes a file.
     *
     * @param heading what its first line says
     */
    void write(Path file, String heading) throws IOException {
        StringBuilder text = new StringBuilder("# ").append(heading).append('\n');
        flags.forEach(f -> line(text, "flag", escaped(f)));
        line(text, "exit", String.valueOf(exit));
        errors.forEach(e -> line(text, "error", e));
        for (List<Flow> flows : connections) {
            text.append("connection\n");
            for (Flow f : flows) {
                String side = f.runner() ? "runner" : "shim";
                if (f.bytes().length == 0) {
                    line(text, side, "end");
                }
                for (int at = 0; at < f.bytes().length; at += BYTES_A_LINE) {
                    int end = Math.min(at + BYTES_A_LINE, f.bytes().length);
                    line(text, side, HEX.formatHex(f.bytes(), at, end));
                }
            }
        }
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static void line(StringBuilder text, String word, String value) {
        text.append(word).append(' ').append(value).append('\n');
    }

    /** An argument is a character a byte; what is not printed as ASCII stands as %xx. */
    private static String escaped(String argument) {
        StringBuilder s = new StringBuilder();
        for (char c : argument.toCharArray()) {
            s.append(c > ' ' && c < 0x7f && c != '%' ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        return s.toString();
    }

    private static String unescaped(String value) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '%') {
                s.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                s.append(value.charAt(i));
            }
        }
        return s.toString();
    }

    /** BoringSSL's names in what the shim printed as its errors. */
    static List<String> namesIn(String printed) {
        return printed.lines()
                .filter(l -> l.startsWith("SSL error: SSL:"))
                .flatMap(l -> Stream.of(
                        l.substring("SSL error: SSL:".length()).split(" ")[0].split(":")))
                .toList();
    }
}
