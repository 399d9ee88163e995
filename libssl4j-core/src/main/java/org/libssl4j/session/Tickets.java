// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * Tickets that hold the whole session, sealed, so that the server keeps nothing (RFC 5077 §4).
 *
 * <pre>
 * name of the key   16 bytes
 * salt              32 bytes, random
 * sealed            AES-256-GCM with the two above as its additional data, of
 *                   SEQUENCE {
 *                       session   SSL_SESSION,      -- see SessionCodec
 *                       millis    INTEGER,          -- of the time, which a session has in seconds
 *                       rest      Certificate ...   -- of the peer's chain
 *                   }
 * key, nonce        HKDF-Expand(secret of the key, "libssl4j ticket 1" salt, 32 + 12)
 * </pre>
 *
 * Each ticket has a key of its own, so that there is no number of tickets after which a key is worn out: a random nonce of 96 bits under one key would be good for 2^32 of them. Two tickets share key and nonce if they share 256 random bits.
 *
 * <p>A ticket comes back in a ClientHello, which not every server on the way takes if it is long. So where the peer's chain makes a ticket too long, its intermediate certificates are left out; the peer's own certificate never is.
 */
public final class Tickets implements TicketSealer {
    /** The longest ticket that is made or looked at. */
    public static final int MOST_BYTES = 16_384;

    private static final byte[] LABEL = "libssl4j ticket 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int SALT_LENGTH = 32;
    private static final int HEADER = TicketKey.NAME_LENGTH + SALT_LENGTH;
    private static final int TAG_LENGTH = 16;
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int MOST_CERTIFICATES = 100;

    private final TicketKeySource keys;
    private final Crypto crypto;

    public Tickets(TicketKeySource keys, Crypto crypto) {
        this.keys = keys;
        this.crypto = crypto;
    }

    // ---- sealing ---------------------------------------------------------------------------------------------------

    @Override
    public byte[] seal(SessionState session) {
        try (TicketKey key = keys.sealing();
                SessionState bare = session.toBuilder() // without the ticket that it came by
                        .ticket(NOTHING, session.lifetimeHint(), session.ageAdd())
                        .build()) {
            byte[] content = key == null ? null : content(bare);
            return content == null ? null : sealed(key, content);
        }
    }

    private byte[] sealed(TicketKey key, byte[] content) {
        byte[] ticket = Arrays.copyOf(key.name(), HEADER + content.length + TAG_LENGTH);
        byte[] salt = new byte[SALT_LENGTH];
        crypto.random(salt);
        System.arraycopy(salt, 0, ticket, TicketKey.NAME_LENGTH, SALT_LENGTH);
        try (OneTicket own = new OneTicket(key, ticket)) {
            own.aead.seal(own.nonce, ticket, 0, HEADER, content, 0, content.length, ticket, HEADER);
            return ticket;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** With as much of the peer's chain as there is room for; null if there is not enough even for its own certificate. */
    private static byte[] content(SessionState session) {
        List<byte[]> chain = session.peerChain();
        byte[] all = content(session, chain.isEmpty() ? chain : chain.subList(1, chain.size()));
        if (fits(all)) {
            return all;
        }
        byte[] least = content(session, List.of());
        Arrays.fill(all, (byte) 0);
        if (fits(least)) {
            return least;
        }
        Arrays.fill(least, (byte) 0);
        return null;
    }

    private static boolean fits(byte[] content) {
        return content.length <= MOST_BYTES - HEADER - TAG_LENGTH;
    }

    private static byte[] content(SessionState session, List<byte[]> rest) {
        byte[] der = SessionCodec.encode(session);
        DerWriter w = new DerWriter();
        try {
            w.raw(der).integer(session.created().getNano() / 1_000_000);
            rest.forEach(w::raw);
            return w.wrap(DerReader.SEQUENCE).toByteArray();
        } finally {
            w.wipe();
            Arrays.fill(der, (byte) 0);
        }
    }

    // ---- unsealing -------------------------------------------------------------------------------------------------

    @Override
    public Lookup unseal(byte[] ticket) {
        if (ticket.length <= HEADER + TAG_LENGTH || ticket.length > MOST_BYTES) {
            return Lookup.NONE;
        }
        TicketKeySource.Found found = keys.find(ticket);
        if (found == TicketKeySource.Found.LATER) {
            return Lookup.LATER;
        }
        if (found == TicketKeySource.Found.NONE) {
            return Lookup.NONE;
        }
        try (TicketKey key = found.key()) {
            SessionState session = opened(key, ticket);
            return session == null ? Lookup.NONE : Lookup.of(session, found.renew());
        }
    }

    private SessionState opened(TicketKey key, byte[] ticket) {
        byte[] content = new byte[ticket.length - HEADER];
        try (OneTicket own = new OneTicket(key, ticket)) {
            int n = own.aead.open(own.nonce, ticket, 0, HEADER, ticket, HEADER, ticket.length - HEADER, content, 0);
            return n < 0 ? null : read(new DerReader(content, 0, n));
        } catch (DecodeException e) {
            return null; // sealed by somebody who has the key and another form of content
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static SessionState read(DerReader whole) throws DecodeException {
        DerReader in = whole.read(DerReader.SEQUENCE);
        whole.end("a ticket");
        byte[] der = in.element();
        try (SessionState s = SessionCodec.decode(der)) {
            byte[] millis = in.bytes(DerReader.INTEGER);
            if (millis.length > 2) {
                throw new DecodeException("a ticket with " + millis.length + " bytes of milliseconds");
            }
            int ms = new BigInteger(millis).intValue();
            List<byte[]> chain = new ArrayList<>(s.peerChain());
            while (in.hasMore() && chain.size() < MOST_CERTIFICATES) {
                chain.add(in.element());
            }
            in.end("a ticket");
            Instant created = s.created().plusMillis(ms);
            return s.toBuilder()
                    .created(created, s.timeout())
                    .peer(chain, s.verifyResult())
                    .build();
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    /** What seals and opens one ticket: a cipher of its own, so that no two threads share one. */
    private final class OneTicket implements AutoCloseable {
        private final byte[] nonce = new byte[NONCE_LENGTH];
        private final Aead aead;

        /** @param ticket begins with name and salt */
        OneTicket(TicketKey key, byte[] ticket) {
            byte[] info = Arrays.copyOf(LABEL, LABEL.length + SALT_LENGTH);
            System.arraycopy(ticket, TicketKey.NAME_LENGTH, info, LABEL.length, SALT_LENGTH);
            Hkdf hkdf = new Hkdf(crypto.hmac(HashAlgorithm.SHA256));
            byte[] both = new byte[KEY_LENGTH + NONCE_LENGTH];
            try (Secret derived = hkdf.expand(key.secret(), info, both.length)) {
                derived.copyTo(both, 0);
                System.arraycopy(both, KEY_LENGTH, nonce, 0, NONCE_LENGTH);
                try (Secret own = Secret.copyOf(both, 0, KEY_LENGTH)) {
                    aead = crypto.aead(AeadAlgorithm.AES_256_GCM, own);
                }
            } finally {
                Arrays.fill(both, (byte) 0);
            }
        }

        @Override
        public void close() {
            aead.close();
        }
    }
}
