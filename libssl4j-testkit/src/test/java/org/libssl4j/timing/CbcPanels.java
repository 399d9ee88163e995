// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.keyschedule.MasterSecret;
import org.libssl4j.keyschedule.Prf;
import org.libssl4j.timing.CbcRecords.Fault;

/** What is wrong with a record under CBC, and should not show by time: the padding, where it says that the content ends, and the MAC (Lucky Thirteen, AlFardan and Paterson 2013). */
final class CbcPanels {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    /** What a hash is given before the content: a sequence number and the record's header. */
    private static final int MAC_HEADER = 13;

    private static final int VARIANTS = 64;
    /** What is encrypted of a record that has room for the longest padding. */
    private static final int LONG = 336;

    private CbcPanels() {}

    // ---- the record layer alone ------------------------------------------------------------------------------------

    static List<Panel> ofTheRecordLayer(Random random) throws GeneralSecurityException {
        List<Panel> panels = new ArrayList<>();
        for (CipherSuite suite : List.of(
                CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
                CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384)) {
            panels.add(paddings(suite, false, random));
            panels.add(boundaries(suite, random));
        }
        panels.add(paddings(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, true, random));
        return panels;
    }

    private static Panel paddings(CipherSuite suite, boolean encryptThenMac, Random random)
            throws GeneralSecurityException {
        List<Kind> kinds = new ArrayList<>();
        for (Row r : paddings(encryptThenMac)) {
            kinds.add(kind(suite, encryptThenMac, LONG, r, random));
        }
        return new Panel(
                name(suite) + (encryptThenMac ? ", encrypt then MAC" : "") + ": paddings",
                "record layer; " + LONG + " bytes encrypted" + (encryptThenMac ? "" : ", MAC inside"),
                kinds);
    }

    private static List<Row> paddings(boolean encryptThenMac) {
        List<Row> rows = new ArrayList<>(List.of(
                new Row("wrong MAC, padding 15", Kind.Claim.REFERENCE, Fault.mac(15)),
                new Row("the same once more", Kind.Claim.EQUAL, Fault.mac(15)),
                new Row("wrong MAC, padding 0", Kind.Claim.EQUAL, Fault.mac(0)),
                new Row("wrong MAC, padding 255", Kind.Claim.EQUAL, Fault.mac(255))));
        if (!encryptThenMac) {
            // In the other order only the peer itself can make these.
            rows.add(new Row("padding 255, first byte wrong", Kind.Claim.EQUAL, Fault.padding(255, 0)));
            rows.add(new Row("padding 255, last but one wrong", Kind.Claim.EQUAL, Fault.padding(255, 254)));
        }
        rows.add(new Row("right record", Kind.Claim.PUBLIC, Fault.none(15)));
        return rows;
    }

    /** One length of records, and contents that end right before and at a length from which on the hash works on a block more. */
    private static Panel boundaries(CipherSuite suite, Random random) throws GeneralSecurityException {
        boolean wide = suite.mac().length() == 48;
        int block = wide ? 128 : 64;
        int first = block - (wide ? 17 : 9); // the longest message that is one block with what the hash adds
        int most = first + block + 1;
        int length = (most - MAC_HEADER + suite.mac().length() + 1 + 15) / 16 * 16;
        List<Row> rows = new ArrayList<>();
        for (int hashed : new int[] {first, first, first + 1, block - 1, block, first + block, most}) {
            int padding = length - (hashed - MAC_HEADER) - suite.mac().length() - 1;
            rows.add(
                    rows.size() == 1
                            ? new Row("the same once more", Kind.Claim.EQUAL, Fault.mac(padding))
                            : new Row(
                                    "wrong MAC, " + hashed + " bytes hashed",
                                    rows.isEmpty() ? Kind.Claim.REFERENCE : Kind.Claim.EQUAL,
                                    Fault.mac(padding)));
        }
        rows.add(new Row("padding 15, first byte wrong", Kind.Claim.EQUAL, Fault.padding(15, 0)));
        rows.add(new Row("padding longer than the record", Kind.Claim.EQUAL, Fault.allBytes(255)));
        List<Kind> kinds = new ArrayList<>();
        for (Row r : rows) {
            kinds.add(kind(suite, false, length, r, random));
        }
        // What there would be to see: as long a padding, and one block more to hash (and some to decrypt).
        Row longer = new Row("a record of " + block + " bytes more", Kind.Claim.PUBLIC, Fault.mac(15));
        kinds.add(kind(suite, false, length + block, longer, random));
        return new Panel(
                name(suite) + ": where the hash has a block more",
                "record layer; " + length + " bytes encrypted, MAC inside",
                kinds);
    }

    private record Row(String name, Kind.Claim claim, Fault fault) {
        boolean right() {
            return fault.macRight() && fault.spoiled() < 0 && fault.claimed() < 0;
        }
    }

    private static Kind kind(CipherSuite suite, boolean encryptThenMac, int length, Row r, Random random)
            throws GeneralSecurityException {
        KeyBlock.Half[] keys = new KeyBlock.Half[VARIANTS];
        byte[][] records = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            keys[i] = keys(suite, encryptThenMac, random);
            records[i] = new CbcRecords(suite, keys[i], 0, random).record(length, r.fault());
        }
        return new Kind(r.name(), r.claim(), v -> {
            int i = v % VARIANTS;
            return new CarrierTrial(CRYPTO, suite, keys[i], records[i], r.right());
        });
    }

    private static KeyBlock.Half keys(CipherSuite suite, boolean encryptThenMac, Random random) {
        byte[] macKey = new byte[suite.mac().length()];
        byte[] key = new byte[suite.cbc().keyLength()];
        random.nextBytes(macKey);
        random.nextBytes(key);
        return new KeyBlock.Half(ProtocolVersion.TLS1_2, encryptThenMac, Secret.of(macKey), Secret.of(key), null);
    }

    private static String name(CipherSuite suite) {
        return "AES-" + 8 * suite.cbc().keyLength() + "-CBC, " + suite.mac();
    }

    // ---- a whole server --------------------------------------------------------------------------------------------

    /** A server after its handshake, by a pre-shared key: it is quickly made. */
    static Panel ofAServer(Random random) {
        CipherSuite suite = CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA;
        Connected c = new Connected(suite, random);
        return new Panel(
                name(suite) + ": paddings, a whole server",
                "Ssl.read over Bios in memory; " + LONG + " bytes encrypted, MAC inside",
                paddings(false).stream()
                        .map(r -> new Kind(r.name(), r.claim(), v -> c.trial(r.fault(), r.right())))
                        .toList());
    }

    private static final class Connected {
        private final CipherSuite suite;
        private final Random random;
        private final SslCtx client;
        private final SslCtx server;
        private String logged;

        Connected(CipherSuite suite, Random random) {
            this.suite = suite;
            this.random = random;
            byte[] psk = new byte[32];
            random.nextBytes(psk);
            client = context(TlsMethod.TLS_CLIENT);
            client.setPskClientCallback((s, hint) -> PskClientCb.Answer.of("timing", psk));
            client.setKeylogCallback(line -> logged = line);
            server = context(TlsMethod.TLS_SERVER);
            server.setPskServerCallback((s, identity) -> PskServerCb.Answer.of(psk));
        }

        private SslCtx context(TlsMethod method) {
            SslCtx ctx = new SslCtx(method, CryptoPolicy.JDK_ONLY.policyName());
            ctx.setMaxProtoVersion(ProtocolVersion.TLS1_2);
            ctx.setCipherList(suite.opensslName());
            ctx.setOptions(SslOption.NO_ENCRYPT_THEN_MAC);
            return ctx;
        }

        Trial trial(Fault fault, boolean right) throws GeneralSecurityException, IOException {
            MemoryBio toServer = new MemoryBio();
            MemoryBio toClient = new MemoryBio();
            Ssl s = new Ssl(server);
            s.setBio(toServer, toClient);
            s.setAcceptState();
            Ssl c = new Ssl(client); // never closed, since it would close the Bios
            c.setBio(toClient, toServer);
            c.setConnectState();
            while (c.doHandshake() != 1 | s.doHandshake() != 1) {
                if (c.failure() != null || s.failure() != null) {
                    throw new IllegalStateException("no handshake", c.failure());
                }
            }
            byte[] record = record(c, fault);
            int most = record.length - 1;
            toServer.write(record, 0, most);
            s.read(new byte[1], 0, 1);
            return new ServerTrial(s, toServer, toClient, Arrays.copyOfRange(record, most, record.length), right);
        }

        /** The client's first record of data, behind its Finished. */
        private byte[] record(Ssl c, Fault fault) throws GeneralSecurityException {
            byte[] secret = HexFormat.of().parseHex(logged.substring(logged.lastIndexOf(' ') + 1));
            Prf prf = Prf.of(CRYPTO, ProtocolVersion.TLS1_2, suite.hash());
            try (Secret s = Secret.of(secret);
                    MasterSecret master = MasterSecret.resumed(prf, s);
                    KeyBlock block = master.keyBlock(
                            suite, ProtocolVersion.TLS1_2, false, c.getClientRandom(), c.getServerRandom())) {
                return new CbcRecords(suite, block.client(), 1, random).record(LONG, fault);
            }
        }
    }
}
