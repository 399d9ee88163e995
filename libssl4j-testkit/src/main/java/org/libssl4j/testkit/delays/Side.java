// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.libssl4j.handshake.Role;

/** An end with its script. Not thread-safe. */
public final class Side {
    private final End end;
    private final Role role;
    private final Link link;
    private final Iterator<Op> script;
    private final List<String> results = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private Op op;
    private Op.Step step;
    private boolean failed;

    Side(End end, Role role, Link link, List<Op> script) {
        this.end = end;
        this.role = role;
        this.link = link;
        this.script = script.iterator();
        next();
    }

    private void next() {
        op = script.hasNext() ? script.next() : null;
        step = op == null ? null : op.begin().apply(this);
    }

    /** Goes on until it has to wait. */
    void turn() {
        while (!over()) {
            int r = step.go();
            if (r == End.WAIT) {
                return;
            }
            results.add(op.name() + ": " + (r == End.FAILED ? "failed" : r));
            if (r == End.FAILED) {
                failed = true;
            } else {
                next();
            }
        }
        if (failed) {
            end.linger();
        }
    }

    /** Whether there is nothing more to do. */
    boolean over() {
        return failed || op == null;
    }

    /** Says whether something has happened since it last said another number. */
    long progress() {
        return end.brake().moved() + results.size();
    }

    void received(byte[] b, int n) {
        data.write(b, 0, n);
    }

    boolean endStream() {
        try {
            return link.end(role);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    End end() {
        return end;
    }

    List<String> results() {
        return results;
    }

    byte[] data() {
        return data.toByteArray();
    }

    @Override
    public String toString() {
        return role + (op == null ? " is done" : failed ? " failed in " + op.name() : " waits in " + op.name()) + " "
                + end.facts();
    }
}
