// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertSsl;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;

/** SSL_CTX_set_options(3): how a connection behaves towards its peer. */
class SslOptionsManualTest {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final SslOption COMPAT = SslOption.ENABLE_MIDDLEBOX_COMPAT;
    private static final SslOption PREFERENCE = SslOption.CIPHER_SERVER_PREFERENCE;
    private static final Set<SslOption> DEFAULT = EnumSet.of(COMPAT, SslOption.NO_COMPRESSION);

    @Test
    void aContextsOptionsAreAddedAndTakenAway() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        Set<SslOption> more = EnumSet.of(COMPAT, SslOption.NO_COMPRESSION, PREFERENCE);
        assertEquals(more, ctx.setOptions(PREFERENCE));
        assertEquals(more, ctx.getOptions());
        Set<SslOption> fewer = EnumSet.of(SslOption.NO_COMPRESSION, PREFERENCE);
        assertEquals(fewer, ctx.clearOptions(COMPAT, SslOption.IGNORE_UNEXPECTED_EOF));
        assertEquals(fewer, ctx.getOptions());
    }

    @Test
    void aConnectionsOptionsAreAddedAndTakenAway() {
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS));
        Set<SslOption> more = EnumSet.of(COMPAT, SslOption.NO_COMPRESSION, PREFERENCE);
        assertEquals(more, ssl.setOptions(PREFERENCE));
        assertEquals(more, ssl.getOptions());
        Set<SslOption> fewer = EnumSet.of(SslOption.NO_COMPRESSION, PREFERENCE);
        assertEquals(fewer, ssl.clearOptions(COMPAT, SslOption.IGNORE_UNEXPECTED_EOF));
        assertEquals(fewer, ssl.getOptions());
    }

    @Test
    void severalOptionsMayBeGivenAtOnceAndEachHasABitOfItsOwn() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setOptions(PREFERENCE, SslOption.IGNORE_UNEXPECTED_EOF);
        assertTrue(ctx.getOptions().containsAll(List.of(PREFERENCE, SslOption.IGNORE_UNEXPECTED_EOF)));
        assertEquals(DEFAULT, ctx.clearOptions(PREFERENCE, SslOption.IGNORE_UNEXPECTED_EOF));
        long all = 0;
        for (SslOption o : SslOption.values()) {
            assertEquals(1, Long.bitCount(o.bit()));
            assertEquals(0, all & o.bit(), o::name);
            all |= o.bit();
        }
    }

    @Test
    void aConnectionBeginsWithItsContextsOptionsOfThatMoment() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setOptions(PREFERENCE);
        Ssl ssl = new Ssl(ctx);
        ctx.clearOptions(PREFERENCE);
        assertTrue(ssl.getOptions().contains(PREFERENCE));
        ssl.clearOptions(COMPAT);
        assertEquals(DEFAULT, ctx.getOptions());
    }

    @Test
    void inTheHandshakeTheConnectionsOptionsCountNotItsContexts() throws Exception {
        MemoryPair off = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        off.client.clearOptions(COMPAT);
        Hellos hellos = new Hellos(off.client);
        off.connected();
        assertEquals(0, hellos.first().sessionId().length);

        SslCtx ctx = MemoryPair.clientCtx();
        ctx.clearOptions(COMPAT);
        MemoryPair on = pair(ctx, MemoryPair.serverCtx());
        on.client.setOptions(COMPAT);
        hellos = new Hellos(on.client);
        on.connected();
        assertEquals(32, hellos.first().sessionId().length);
    }

    @Test
    void aServerGoesByTheClientsOrderOfSuites() {
        assertEquals("TLS_AES_128_GCM_SHA256", suite(false));
    }

    @Test
    void withServerPreferenceAServerGoesByItsOwnOrderOfSuites() {
        assertEquals("TLS_CHACHA20_POLY1305_SHA256", suite(true));
    }

    private static final String AES_FIRST =
            "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";
    private static final String CHACHA_FIRST =
            "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";

    @Test
    void withPrioritizeChachaAClientThatBeginsWithItGetsIt() {
        assertEquals(
                "TLS_CHACHA20_POLY1305_SHA256",
                suite(CHACHA_FIRST, AES_FIRST, PREFERENCE, SslOption.PRIORITIZE_CHACHA));
    }

    @Test
    void prioritizeChachaDoesNothingForOtherClientsOrWithoutServerPreference() {
        assertEquals("TLS_AES_256_GCM_SHA384", suite(CHACHA_FIRST, AES_FIRST, PREFERENCE));
        String aes128 = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384";
        assertEquals("TLS_AES_256_GCM_SHA384", suite(aes128, AES_FIRST, PREFERENCE, SslOption.PRIORITIZE_CHACHA));
        assertEquals("TLS_AES_128_GCM_SHA256", suite(aes128, AES_FIRST, SslOption.PRIORITIZE_CHACHA));
        String without = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256";
        assertEquals("TLS_AES_256_GCM_SHA384", suite(CHACHA_FIRST, without, PREFERENCE, SslOption.PRIORITIZE_CHACHA));
    }

    private static String suite(String client, String server, SslOption... options) {
        SslCtx clientCtx = MemoryPair.clientCtx();
        clientCtx.setCiphersuites(client);
        SslCtx serverCtx = MemoryPair.serverCtx();
        serverCtx.setOptions(options);
        serverCtx.setCiphersuites(server);
        return pair(clientCtx, serverCtx).connected().server.getCipherName();
    }

    @Test
    void withTlsextPaddingNoClientHelloHas256To511Bytes() {
        boolean[] padded = new boolean[2];
        for (int n = 1; n < 400; n++) {
            int without = helloLength(n);
            int with = helloLength(n, SslOption.TLSEXT_PADDING);
            if (without >= 256 && without <= 511) {
                // an extension takes five bytes at least
                assertEquals(Math.max(512, without + 5), with);
                padded[without > 507 ? 1 : 0] = true;
            } else {
                assertEquals(without, with);
            }
        }
        assertArrayEquals(new boolean[] {true, true}, padded);
    }

    /** How long the ClientHello is whose ALPN offer has about so many bytes. */
    private static int helloLength(int alpnBytes, SslOption... options) {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.set1GroupsList("*X25519");
        ctx.setOptions(options);
        List<String> names = new ArrayList<>();
        for (int left = alpnBytes; left > 0; left -= 200) {
            names.add("x".repeat(Math.min(200, left)));
        }
        ctx.setAlpnProtos(names.toArray(new String[0]));
        Ssl client = new Ssl(ctx);
        client.setHostname("a.example");
        MemoryBio out = new MemoryBio();
        client.setBio(new MemoryBio(), out);
        assertEquals(-1, client.connect());
        return out.data().length - 5;
    }

    private static String suite(boolean serverPreference) {
        SslCtx clientCtx = MemoryPair.clientCtx();
        clientCtx.setCiphersuites("TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256");
        SslCtx serverCtx = MemoryPair.serverCtx();
        serverCtx.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256");
        if (serverPreference) {
            serverCtx.setOptions(PREFERENCE);
        }
        return pair(clientCtx, serverCtx).connected().client.getCipherName();
    }

    @Test
    void withMiddleboxCompatBothSidesSendChangeCipherSpec() throws Exception {
        MemoryPair p = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        assertEquals(List.of(true, true), changeCipherSpecs(p));
    }

    @Test
    void withoutMiddleboxCompatNoneIsSentAndWhatComesIsIgnored() throws Exception {
        MemoryPair p = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        p.client.clearOptions(COMPAT);
        p.server.clearOptions(COMPAT);
        assertEquals(List.of(false, false), changeCipherSpecs(p));

        MemoryPair injected = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        injected.client.clearOptions(COMPAT);
        injected.server.clearOptions(COMPAT);
        assertEquals(-1, injected.client.connect());
        byte[] ccs = {CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1};
        injected.toServer.write(ccs, 0, ccs.length);
        assertEquals(-1, injected.server.accept());
        injected.toClient.write(ccs, 0, ccs.length);
        injected.connected();
    }

    // RFC 9846 §5: from the first ClientHello to the peer's Finished it is dropped, before and after it is an error.
    @Test
    void outsideOfTheHandshakeAChangeCipherSpecIsAnError() throws Exception {
        byte[] ccs = {CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1};
        for (boolean on : new boolean[] {true, false}) {
            MemoryPair before = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
            MemoryPair after = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
            if (!on) {
                before.server.clearOptions(COMPAT);
                after.client.clearOptions(COMPAT);
            }
            before.toServer.write(ccs, 0, ccs.length);
            assertSsl(Reason.UNEXPECTED_CCS_MESSAGE, before.server.accept(), before.server);
            after.connected();
            after.toClient.write(ccs, 0, ccs.length);
            assertSsl(Reason.UNEXPECTED_CCS_MESSAGE, after.client.read(new byte[1], 0, 1), after.client);
        }
    }

    // RFC 9846 §E.4: a server must send one to a client that asks for the mode by a session id; OpenSSL's then does
    // not.
    @Test
    void aServerSendsChangeCipherSpecAlsoIfOnlyTheClientAsksForIt() throws Exception {
        MemoryPair asked = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        asked.server.clearOptions(COMPAT);
        assertEquals(List.of(true, true), changeCipherSpecs(asked));

        MemoryPair ofItself = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        ofItself.client.clearOptions(COMPAT);
        assertEquals(List.of(false, true), changeCipherSpecs(ofItself));
    }

    @Test
    void middleboxCompatAndNoCompressionAreOnAtFirst() {
        assertEquals(DEFAULT, new SslCtx(TlsMethod.TLS).getOptions());
        assertEquals(DEFAULT, new Ssl(new SslCtx(TlsMethod.TLS)).getOptions());
    }

    @Test
    void compressionIsNeverOffered() throws Exception {
        for (boolean on : new boolean[] {true, false}) {
            MemoryPair p = pair(MemoryPair.clientCtx(), MemoryPair.serverCtx());
            if (!on) {
                p.client.clearOptions(SslOption.NO_COMPRESSION);
            }
            Hellos hellos = new Hellos(p.client);
            p.connected();
            assertArrayEquals(new byte[] {0}, hellos.first().compressionMethods());
        }
    }

    /** Whether the client, and whether the server has sent a change_cipher_spec. */
    private static List<Boolean> changeCipherSpecs(MemoryPair p) throws Exception {
        List<Boolean> seen = new ArrayList<>(List.of(false, false));
        for (int turn = 0; turn < 3; turn++) {
            p.client.doHandshake();
            seen.set(0, seen.get(0) | hasChangeCipherSpec(p.toServer));
            p.server.doHandshake();
            seen.set(1, seen.get(1) | hasChangeCipherSpec(p.toClient));
        }
        p.connected();
        return seen;
    }

    private static boolean hasChangeCipherSpec(MemoryBio flight) {
        ByteBuffer b = ByteBuffer.wrap(flight.data());
        while (b.hasRemaining()) {
            int type = b.get();
            b.getShort();
            int length = b.getShort() & 0xffff;
            if (type == CHANGE_CIPHER_SPEC) {
                return true;
            }
            b.position(b.position() + length);
        }
        return false;
    }

    private static MemoryPair pair(SslCtx clientCtx, SslCtx serverCtx) {
        return new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio());
    }
}
