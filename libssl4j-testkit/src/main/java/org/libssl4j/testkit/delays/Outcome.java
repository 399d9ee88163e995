// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.libssl4j.fault.TlsException;

/**
 * What came of one end of a run, and must not depend on delays.
 *
 * @param facts what was negotiated and what failed, by name
 * @param results how each step of the script ended
 * @param sent messages, records' headers and alerts that went out, with contents
 * @param received the same of what came in
 * @param states where the handshake went, and the alerts
 * @param keys the key log
 * @param data application data that came in
 * @param wire all bytes that went out
 * @param parked where the handshake has waited, and for what; this depends on the delays
 * @param asked which callbacks were asked, and which of them were put off; so does this
 * @param repeated how many calls were made twice; so does this
 */
public record Outcome(
        Map<String, String> facts,
        List<String> results,
        List<String> sent,
        List<String> received,
        List<String> states,
        List<String> keys,
        byte[] data,
        byte[] wire,
        Set<String> parked,
        Set<String> asked,
        int repeated) {

    static Outcome of(Side s) {
        Log log = s.end().log();
        return new Outcome(
                new TreeMap<>(s.end().facts()),
                List.copyOf(s.results()),
                List.copyOf(log.sent()),
                List.copyOf(log.received()),
                List.copyOf(log.states()),
                List.copyOf(log.keys()),
                s.data(),
                s.end().brake().wire(),
                Set.copyOf(log.parked()),
                Set.copyOf(s.end().brake().asked()),
                s.end().brake().repeated());
    }

    /** In what this one differs from another; empty if in nothing. */
    public List<String> differences(Outcome o) {
        List<String> d = new ArrayList<>();
        Set<String> names = new TreeSet<>(facts.keySet());
        names.addAll(o.facts.keySet());
        for (String k : names) {
            if (!Objects.equals(facts.get(k), o.facts.get(k))) {
                d.add(k + ": " + facts.get(k) + " / " + o.facts.get(k));
            }
        }
        compare(d, "result", results, o.results);
        compare(d, "message sent", sent, o.sent);
        compare(d, "message received", received, o.received);
        compare(d, "state", states, o.states);
        compare(d, "key log line", keys, o.keys);
        compare(d, "application data", data, o.data);
        compare(d, "bytes on the wire", wire, o.wire);
        return d;
    }

    private static void compare(List<String> d, String what, List<String> a, List<String> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String x = i < a.size() ? a.get(i) : "none";
            String y = i < b.size() ? b.get(i) : "none";
            if (!x.equals(y)) {
                d.add(what + " " + i + ": " + cut(x) + " / " + cut(y));
                return;
            }
        }
    }

    private static void compare(List<String> d, String what, byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at >= 0) {
            d.add(what + ": " + a.length + " / " + b.length + ", the first that differs is " + at);
        }
    }

    private static String cut(String s) {
        return s.length() <= 120 ? s : s.substring(0, 120) + "…";
    }

    /** A fault as far as it may not depend on the face: kind, alert and reason. */
    public static String fault(Exception e) {
        return e instanceof TlsException t
                ? t.getClass().getSimpleName() + " " + t.alert() + " " + t.reason()
                : e == null ? null : e.toString();
    }

    /** Few characters for many bytes. */
    public static String digest(byte[] b) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(b), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
