// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * A session as bytes, in the form that OpenSSL gives it (i2d_SSL_SESSION(3), d2i_SSL_SESSION(3)), so that the files of either are read by the other:
 *
 * <pre>
 * SSL_SESSION ::= SEQUENCE {
 *     version               INTEGER,             -- 1
 *     ssl_version           INTEGER,             -- 0x0304
 *     cipher                OCTET STRING,        -- two bytes
 *     session_id            OCTET STRING,
 *     master_key            OCTET STRING,
 *     key_arg          [0]  IMPLICIT OCTET STRING OPTIONAL,
 *     time             [1]  INTEGER OPTIONAL,    -- seconds since 1970; from here on each in a tag of its own
 *     timeout          [2]  INTEGER OPTIONAL,    -- seconds
 *     peer             [3]  Certificate OPTIONAL,
 *     session_id_context    [4]  OCTET STRING OPTIONAL,
 *     verify_result         [5]  INTEGER OPTIONAL,
 *     hostname              [6]  OCTET STRING OPTIONAL,
 *     psk_identity_hint     [7]  OCTET STRING OPTIONAL,
 *     psk_identity          [8]  OCTET STRING OPTIONAL,
 *     ticket_lifetime_hint  [9]  INTEGER OPTIONAL,
 *     ticket                [10] OCTET STRING OPTIONAL,
 *     comp_id               [11] OCTET STRING OPTIONAL,
 *     srp_username          [12] OCTET STRING OPTIONAL,
 *     flags                 [13] INTEGER OPTIONAL,    -- 1: extended master secret
 *     ticket_age_add        [14] INTEGER OPTIONAL,
 *     max_early_data        [15] INTEGER OPTIONAL,
 *     alpn_selected         [16] OCTET STRING OPTIONAL,
 *     max_fragment_len_mode [17] INTEGER OPTIONAL,
 *     ticket_appdata        [18] OCTET STRING OPTIONAL,
 *     kex_group             [19] INTEGER OPTIONAL
 * }
 * </pre>
 *
 * Of the peer's chain there is its own certificate alone, as with OpenSSL. What versions after 3.0 add behind these is passed over. Compression, which is gone, and SRP, which is not here, are read over.
 */
public final class SessionCodec {
    /** The longest session that is read: ticket and certificate have their own bounds in the protocol, and nothing else is long. */
    public static final int MOST_BYTES = 1 << 18;

    private static final int FORM = 1;
    private static final int EXTENDED_MASTER_SECRET = 1;
    private static final int MASTER_SECRET_LENGTH = 48;
    private static final int MAX_SECRET = 512;
    private static final int MAX_ID = 32;
    private static final int MAX_NAME = 255;
    private static final int MAX_IDENTITY = 256;
    private static final int MAX_FRAGMENT = 4;
    private static final int MAX_TICKET = 0xffff;
    private static final long MAX_U32 = 0xffff_ffffL;
    private static final long MAX_SECONDS = 1L << 40;
    private static final int CONTEXT = 0xa0;
    private static final int KEY_ARG = 0x80;
    /** SSL_SESSION_new(3) has this one, and a session without one gets it. */
    private static final long DEFAULT_TIMEOUT = 3;

    private SessionCodec() {}

    // ---- writing ---------------------------------------------------------------------------------------------------

    /** The bytes, with the secret among them: the caller wipes them. */
    public static byte[] encode(SessionState s) {
        DerWriter w = new DerWriter();
        byte[] secret = s.secret().getEncoded();
        int suite = s.suite().code();
        try {
            w.integer(FORM).integer(s.version().code());
            w.octets((byte) (suite >> 8), (byte) suite).octets(s.id()).octets(secret);
            number(w, 1, s.created().getEpochSecond());
            number(w, 2, s.timeout());
            if (!s.peerChain().isEmpty()) {
                w.element(CONTEXT | 3, s.peerChain().get(0));
            }
            octets(w, 4, s.idContext());
            number(w, 5, s.verifyResult().code());
            text(w, 6, s.serverName());
            octets(w, 7, s.pskIdentityHint());
            octets(w, 8, s.pskIdentity());
            number(w, 9, s.lifetimeHint());
            octets(w, 10, s.ticket().length == 0 ? null : s.ticket());
            number(w, 13, s.extendedMasterSecret() ? EXTENDED_MASTER_SECRET : 0);
            number(w, 14, s.ageAdd());
            number(w, 15, s.maxEarlyData());
            text(w, 16, s.alpn());
            number(w, 17, s.maxFragment().code());
            octets(w, 18, s.appData().length == 0 ? null : s.appData());
            w.raw(new DerWriter().integer(s.group()).wrap(CONTEXT | 19).toByteArray()); // also if it is 0
            return w.wrap(DerReader.SEQUENCE).toByteArray();
        } finally {
            Arrays.fill(secret, (byte) 0);
            w.wipe();
        }
    }

    private static void number(DerWriter w, int tag, long n) {
        if (n != 0) {
            w.raw(new DerWriter().integer(n).wrap(CONTEXT | tag).toByteArray());
        }
    }

    private static void octets(DerWriter w, int tag, byte[] content) {
        if (content != null) {
            w.raw(new DerWriter().octets(content).wrap(CONTEXT | tag).toByteArray());
        }
    }

    private static void text(DerWriter w, int tag, String text) {
        octets(w, tag, text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1));
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /**
     * Reads one.
     *
     * @param der the whole of it and nothing behind; stays the caller's
     * @throws DecodeException for another form, for a version or cipher suite that we do not have, for a value out of its range
     */
    public static SessionState decode(byte[] der) throws DecodeException {
        if (der.length > MOST_BYTES) {
            throw new DecodeException("a session of " + der.length + " bytes; up to " + MOST_BYTES + " allowed");
        }
        DerReader whole = new DerReader(der);
        DerReader in = whole.read(DerReader.SEQUENCE);
        whole.end("a session");
        long form = integer(in, "the form of a session", Integer.MAX_VALUE);
        if (form != FORM) {
            throw new DecodeException("a session of form " + form + "; " + FORM + " allowed");
        }
        ProtocolVersion version = version(in);
        CipherSuite suite = suite(in, version);
        byte[] id = bounded(in.bytes(DerReader.OCTET_STRING), 0, MAX_ID, "a session id");
        byte[] key = in.bytes(DerReader.OCTET_STRING);
        try (Secret secret = Secret.of(checked(key, version))) {
            SessionState.Builder b =
                    SessionState.builder(version, suite, secret).id(id);
            options(in, b);
            return b.build();
        }
    }

    private static ProtocolVersion version(DerReader in) throws DecodeException {
        long number = integer(in, "the version of a session", 0xffff);
        ProtocolVersion version = ProtocolVersion.of((int) number);
        if (version == null) {
            throw new DecodeException("a session of version 0x" + Long.toHexString(number));
        }
        return version;
    }

    private static CipherSuite suite(DerReader in, ProtocolVersion version) throws DecodeException {
        byte[] number = bounded(in.bytes(DerReader.OCTET_STRING), 2, 2, "a cipher suite");
        int code = (number[0] & 0xff) << 8 | number[1] & 0xff;
        CipherSuite suite = CipherSuite.of(code);
        if (suite == null || !suite.fits(version)) {
            throw new DecodeException("a session of " + version.text() + " with cipher suite 0x"
                    + Integer.toHexString(code) + ", which is not to be had there");
        }
        return suite;
    }

    private static byte[] checked(byte[] key, ProtocolVersion version) throws DecodeException {
        boolean old = version != ProtocolVersion.TLS1_3;
        int least = old ? MASTER_SECRET_LENGTH : 1;
        int most = old ? MASTER_SECRET_LENGTH : MAX_SECRET;
        if (key.length < least || key.length > most) {
            Arrays.fill(key, (byte) 0);
        }
        return bounded(key, least, most, "a master key");
    }

    private static void options(DerReader in, SessionState.Builder b) throws DecodeException {
        if (in.tag() == KEY_ARG) {
            in.skip();
        }
        long time = number(in, 1, "a time", MAX_SECONDS, 0);
        b.created(Instant.ofEpochSecond(time), number(in, 2, "a timeout", MAX_SECONDS, DEFAULT_TIMEOUT));
        List<byte[]> peer = peer(in);
        byte[] context = octets(in, 4, 0, MAX_ID, "a session id context");
        b.idContext(context == null ? new byte[0] : context);
        b.peer(peer, result(number(in, 5, "a verification result", Integer.MAX_VALUE, 0)));
        b.serverName(text(in, 6, "a server name"));
        b.pskIdentityHint(octets(in, 7, 0, MAX_IDENTITY, "an identity hint"));
        b.pskIdentity(octets(in, 8, 0, MAX_IDENTITY, "an identity"));
        long hint = number(in, 9, "a ticket's lifetime", MAX_U32, 0);
        byte[] ticket = octets(in, 10, 0, MAX_TICKET, "a ticket");
        octets(in, 11, 1, 1, "a compression method");
        octets(in, 12, 0, MAX_IDENTITY, "an SRP user name");
        long flags = number(in, 13, "flags", Long.MAX_VALUE, 0);
        b.extendedMasterSecret((flags & EXTENDED_MASTER_SECRET) != 0);
        b.ticket(ticket == null ? new byte[0] : ticket, hint, number(in, 14, "a ticket's age_add", MAX_U32, 0));
        b.maxEarlyData(number(in, 15, "a limit of early data", MAX_U32, 0));
        b.alpn(text(in, 16, "an application protocol"));
        b.maxFragment(FragmentLength.of((int) number(in, 17, "a max_fragment_length", MAX_FRAGMENT, 0)));
        byte[] data = octets(in, 18, 0, MAX_TICKET, "application data of a ticket");
        b.appData(data == null ? new byte[0] : data);
        b.group((int) number(in, 19, "a group", 0xffff, 0));
        while (in.hasMore()) {
            if (in.tag() < (CONTEXT | 20) || in.tag() >= (CONTEXT | 31)) {
                throw new DecodeException("DER: tag " + Integer.toHexString(in.tag()) + " at the end of a session");
            }
            in.skip();
        }
    }

    private static List<byte[]> peer(DerReader in) throws DecodeException {
        if (in.tag() != (CONTEXT | 3)) {
            return List.of();
        }
        DerReader content = in.read(CONTEXT | 3);
        if (content.tag() != DerReader.SEQUENCE) {
            throw new DecodeException("a session with a peer that is no certificate");
        }
        byte[] certificate = content.element();
        content.end("a peer");
        return List.of(certificate);
    }

    /** A result that we do not know is a bad one. */
    private static VerifyResult result(long code) {
        for (VerifyResult r : VerifyResult.values()) {
            if (r.code() == code) {
                return r;
            }
        }
        return VerifyResult.UNSPECIFIED;
    }

    private static long number(DerReader in, int tag, String what, long most, long otherwise) throws DecodeException {
        if (in.tag() != (CONTEXT | tag)) {
            return otherwise;
        }
        DerReader content = in.read(CONTEXT | tag);
        long n = integer(content, what, most);
        content.end(what);
        return n;
    }

    private static byte[] octets(DerReader in, int tag, int least, int most, String what) throws DecodeException {
        if (in.tag() != (CONTEXT | tag)) {
            return null;
        }
        DerReader content = in.read(CONTEXT | tag);
        byte[] b = content.bytes(DerReader.OCTET_STRING);
        content.end(what);
        return bounded(b, least, most, what);
    }

    private static String text(DerReader in, int tag, String what) throws DecodeException {
        byte[] b = octets(in, tag, 1, MAX_NAME, what);
        return b == null ? null : new String(b, StandardCharsets.ISO_8859_1);
    }

    private static long integer(DerReader in, String what, long most) throws DecodeException {
        byte[] content = bounded(in.bytes(DerReader.INTEGER), 1, 9, what);
        BigInteger n = new BigInteger(content);
        if (n.signum() < 0 || n.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new DecodeException(what + " of " + n + "; 0 to " + most + " allowed");
        }
        return n.longValueExact();
    }

    private static byte[] bounded(byte[] b, int least, int most, String what) throws DecodeException {
        if (b.length < least || b.length > most) {
            throw new DecodeException(
                    what + " of " + b.length + " bytes; " + (least == most ? "" : least + " to ") + most + " allowed");
        }
        return b;
    }
}
