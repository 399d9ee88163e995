// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** Looks at a handshake's progress (SSL_CTX_set_info_callback(3)). */
@FunctionalInterface
public interface InfoCb {
    /** Set in {@code where} when the handshake goes on to another state; the one that it leaves is told, so that what is still awaited is not. */
    int LOOP = 0x01;

    /** Set when a call returns. */
    int EXIT = 0x02;

    /** Set for an alert that came. */
    int READ = 0x04;

    /** Set for an alert that was sent. */
    int WRITE = 0x08;

    /** Set for an alert. */
    int ALERT = 0x4000;

    /** Set at the handshake's begin. */
    int HANDSHAKE_START = 0x10;

    /** Set at the handshake's end. */
    int HANDSHAKE_DONE = 0x20;

    /** Set on the connecting side. */
    int ST_CONNECT = 0x1000;

    /** Set on the accepting side. */
    int ST_ACCEPT = 0x2000;

    /**
     * Something happened.
     *
     * @param where bits of the constants above
     * @param value for an alert: its level times 256 plus its number; for {@link #EXIT}: what the call returns; else 1
     * @param state what SSL_state_string_long(3) says
     */
    void info(int where, int value, String state);
}
