// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.spi.ProtocolMessage;

/** Notes what one end shows of itself: messages with their contents, states, alerts, key log. Not thread-safe. */
public final class Log implements MsgCb, InfoCb, KeylogCb {
    private final List<String> sent = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Set<String> parked = new HashSet<>();

    @Override
    public void message(ProtocolMessage m) {
        (m.sent() ? sent : received)
                .add(m.contentType() + " " + m.epoch() + " " + HexFormat.of().formatHex(m.bytes()));
    }

    /** How often a call comes back without success depends on the delays, so that is left out. */
    @Override
    public void info(int where, int value, String state) {
        if ((where & EXIT) == 0) {
            states.add(Integer.toHexString(where) + " " + value + " " + state);
        }
    }

    @Override
    public void line(String line) {
        keys.add(line);
    }

    public List<String> sent() {
        return sent;
    }

    public List<String> received() {
        return received;
    }

    /** Where the handshake went, and the alerts. */
    public List<String> states() {
        return states;
    }

    public List<String> keys() {
        return keys;
    }

    /** The handshake, or a call, waits. */
    public void parked(String where) {
        parked.add(where);
    }

    /** In which states the handshake has waited, and for what; this does depend on the delays. */
    public Set<String> parked() {
        return parked;
    }

    /** How much was noted that does not depend on the delays. */
    public int size() {
        return sent.size() + received.size() + states.size() + keys.size();
    }
}
