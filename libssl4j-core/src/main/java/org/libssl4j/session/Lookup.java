// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.util.Objects;

/** What came of looking for a session. */
public final class Lookup {
    /** There is none. */
    public static final Lookup NONE = new Lookup(null, false);

    /** Not known yet: to be asked again. */
    public static final Lookup LATER = new Lookup(null, false);

    private final SessionState session;
    private final boolean renew;

    private Lookup(SessionState session, boolean renew) {
        this.session = session;
        this.renew = renew;
    }

    /**
     * A session.
     *
     * @param session belongs to whom it is given, who closes it
     * @param renew whether the client should get a new ticket, for instance since the key of this one is about to go
     */
    public static Lookup of(SessionState session, boolean renew) {
        return new Lookup(Objects.requireNonNull(session, "session"), renew);
    }

    /** The session; null if there is none. */
    public SessionState session() {
        return session;
    }

    /** Whether the client should get a new ticket. */
    public boolean renew() {
        return renew;
    }
}
