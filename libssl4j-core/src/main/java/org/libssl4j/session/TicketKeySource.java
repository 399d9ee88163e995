// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

/** Knows the keys of tickets (SSL_CTX_set_tlsext_ticket_key_evp_cb(3)). Thread-safe. */
public interface TicketKeySource {
    /** What is known of a name. */
    final class Found {
        /** There is no such key. */
        public static final Found NONE = new Found(null, false);

        /** Not known yet: to be asked again. */
        public static final Found LATER = new Found(null, false);

        private final TicketKey key;
        private final boolean renew;

        private Found(TicketKey key, boolean renew) {
            this.key = key;
            this.renew = renew;
        }

        /**
         * A key.
         *
         * @param key belongs to whom it is given, who closes it
         * @param renew whether a ticket of it is to be replaced by one of a newer key
         */
        public static Found of(TicketKey key, boolean renew) {
            return new Found(key, renew);
        }

        TicketKey key() {
            return key;
        }

        boolean renew() {
            return renew;
        }
    }

    /** The key for new tickets, which the caller closes; null if there are to be none. */
    TicketKey sealing();

    /**
     * The key of this name.
     *
     * @param name {@link TicketKey#NAME_LENGTH} bytes or more, of which as many count
     */
    Found find(byte[] name);
}
