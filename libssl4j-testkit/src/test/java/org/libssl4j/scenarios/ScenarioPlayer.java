// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;

/** Plays a scenario over libssl4j, as scenarios.c plays it over libssl. */
public final class ScenarioPlayer implements AutoCloseable {
    private static final int MOST_TURNS = 100_000;

    private final End client = new End('c');
    private final End server = new End('s');
    private final List<Outcome> outcomes = new ArrayList<>();
    private int step;

    private ScenarioPlayer() {
        client.other = server;
        server.other = client;
    }

    /** What each call of the scenario gave. */
    public static List<Outcome> play(Scenario scenario) {
        try (ScenarioPlayer p = new ScenarioPlayer()) {
            for (List<String> words : scenario.steps()) {
                p.step++;
                p.run(words);
            }
            return p.outcomes;
        }
    }

    private void run(List<String> words) {
        if (words.get(0).equals("connected")) {
            createBoth();
            connected(number(words, 1, -1), number(words, 2, -1));
        } else if (words.get(1).contains(">")) {
            createBoth();
            onWire(words);
        } else {
            End e = end(words.get(0));
            if (e.configure(words.get(1), word(words, 2))) {
                return;
            }
            createBoth();
            if (!e.set(words.get(1), word(words, 2), word(words, 3))) {
                outcomes.add(e.call(step, words.get(1), word(words, 2)));
            }
        }
    }

    private static String word(List<String> words, int i) {
        return i < words.size() ? words.get(i) : "";
    }

    private static int number(List<String> words, int i, int otherwise) {
        return i < words.size() ? Integer.parseInt(words.get(i)) : otherwise;
    }

    private End end(String name) {
        return switch (name) {
            case "c" -> client;
            case "s" -> server;
            default -> throw new IllegalArgumentException("there is no end named " + name);
        };
    }

    private void createBoth() {
        client.create();
        server.create();
    }

    // ---- wires -----------------------------------------------------------------------------------------------------

    private void onWire(List<String> words) {
        String way = words.get(1);
        End from = end(way.substring(0, 1));
        if (!way.equals(from.name + ">" + from.other.name)) {
            throw new IllegalArgumentException(way + " is no wire");
        }
        WireBio.Queue sent = from.wire.sent;
        WireBio.Queue arrived = from.other.wire.arrived;
        switch (words.get(0)) {
            case "move" -> arrived.append(sent.take(amount(sent, words)));
            case "drop" -> sent.take(amount(sent, words));
            case "repeat" -> arrived.append(sent.copy());
            case "flip" -> sent.flip(words.get(2).equals("last") ? sent.length() - 1 : Integer.parseInt(words.get(2)));
            case "inject" -> arrived.append(HexFormat.of().parseHex(words.get(2)));
            case "end" -> from.other.wire.ends = true;
            default -> throw new IllegalArgumentException("a wire knows no " + words.get(0));
        }
    }

    private static int amount(WireBio.Queue q, List<String> words) {
        return switch (word(words, 2)) {
            case "" -> q.length();
            case "record" -> 5 + q.at(3) * 256 + q.at(4);
            case "but" -> q.length() - Integer.parseInt(words.get(3));
            default -> Integer.parseInt(words.get(2));
        };
    }

    /** Handshakes to the end over wires that move so many bytes a turn, with so much room a turn. */
    private void connected(int chunk, int room) {
        int c = -1;
        int s = -1;
        int unexpected = 0;
        for (int turn = 0; (c != 1 || s != 1) && turn < MOST_TURNS; turn++) {
            client.wire.room = room;
            server.wire.room = room;
            c = client.ssl().connect();
            unexpected += isUnexpected(client.ssl(), c) ? 1 : 0;
            s = server.ssl().accept();
            unexpected += isUnexpected(server.ssl(), s) ? 1 : 0;
            turn(client, chunk);
            turn(server, chunk);
        }
        client.wire.room = -1;
        server.wire.room = -1;
        Outcome o = new Outcome(step + " connected");
        o.put("c", c);
        o.put("s", s);
        o.put("unexpected", unexpected);
        outcomes.add(o);
    }

    private static boolean isUnexpected(Ssl ssl, int ret) {
        SslError e = ssl.getError(ret);
        return ret != 1 && e != SslError.WANT_READ && e != SslError.WANT_WRITE;
    }

    private static void turn(End from, int chunk) {
        WireBio.Queue sent = from.wire.sent;
        from.other.wire.arrived.append(sent.take(chunk < 0 ? sent.length() : Math.min(chunk, sent.length())));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
