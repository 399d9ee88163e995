// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

/** Makes keying material for an application (RFC 5705; RFC 9846 §7.5). Not thread-safe. */
public interface Exporter {
    /** Whether the secret was wiped. */
    boolean isWiped();

    /** The longest label that can be had, in bytes. */
    int mostLabel();

    /** How much can be had for one label and context, in bytes. */
    int mostBytes();

    /**
     * Keying material, the caller's to wipe.
     *
     * @param label ASCII, up to {@link #mostLabel()} bytes
     * @param context null for none; before TLS 1.3 an empty one is something else than none
     * @param length up to {@link #mostBytes()}
     * @throws IllegalArgumentException if the label is one that this version keeps for itself, or the context is longer than it has room for
     */
    byte[] export(String label, byte[] context, int length);
}
