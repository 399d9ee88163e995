// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The versions that may be spoken: from {@code min} to {@code max}, but for those that are {@code off}.
 *
 * @param off also outside the range: SSL_OP_NO_TLSv1_2 and its like, and what the security level forbids
 */
public record Versions(ProtocolVersion min, ProtocolVersion max, Set<ProtocolVersion> off) {
    public static final ProtocolVersion OLDEST = ProtocolVersion.TLS1_0;
    public static final ProtocolVersion NEWEST = ProtocolVersion.TLS1_3;

    /** What a context begins with. */
    public static final Versions DEFAULT = new Versions(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_3);

    public Versions {
        off = Set.copyOf(off);
    }

    public Versions(ProtocolVersion min, ProtocolVersion max) {
        this(min, max, Set.of());
    }

    public Versions withMin(ProtocolVersion v) {
        return new Versions(v, max, off);
    }

    public Versions withMax(ProtocolVersion v) {
        return new Versions(min, v, off);
    }

    public Versions withOff(Collection<ProtocolVersion> versions) {
        return new Versions(min, max, Set.copyOf(versions));
    }

    /** These, without what a security level forbids. */
    public Versions at(SecurityLevel level) {
        Set<ProtocolVersion> without = EnumSet.noneOf(ProtocolVersion.class);
        without.addAll(off);
        for (ProtocolVersion v : ProtocolVersion.values()) {
            if (!level.allows(v)) {
                without.add(v);
            }
        }
        return new Versions(min, max, without);
    }

    /**
     * What a client may offer of these: up to the first that is off above one that is on. A client of TLS 1.2 names its newest version alone and so says that it speaks all below (RFC 5246 §E.1); as with OpenSSL, what lies above a hole is not offered.
     */
    public Versions withoutHoles() {
        ProtocolVersion last = null;
        for (ProtocolVersion v : ProtocolVersion.values()) {
            if (allows(v)) {
                last = v;
            } else if (last != null) {
                break;
            }
        }
        return last == null ? this : withMax(last);
    }

    public boolean allows(ProtocolVersion v) {
        return v.compareTo(min) >= 0 && v.compareTo(max) <= 0 && !off.contains(v);
    }

    /** The newest that may be spoken; there has to be one. */
    public ProtocolVersion newest() {
        return newestFirst().get(0);
    }

    /** Those that may be spoken, newest first; may be none. */
    public List<ProtocolVersion> newestFirst() {
        ProtocolVersion[] all = ProtocolVersion.values();
        return Arrays.stream(all)
                .map(v -> all[all.length - 1 - v.ordinal()])
                .filter(this::allows)
                .toList();
    }
}
