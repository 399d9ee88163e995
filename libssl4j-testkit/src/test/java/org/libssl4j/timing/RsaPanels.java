// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** What is wrong with an encrypted premaster secret, and should not show by time (RFC 5246 §7.4.7.1; Bleichenbacher 1998). */
final class RsaPanels {
    private static final CipherSuite SUITE = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256;
    private static final int VARIANTS = 64;
    private static final int PREMASTER = 48;

    private final Random random;
    private final SslCtx server;
    private final RSAPublicKey key;
    private final int size;
    private final byte[] hello;

    private RsaPanels(Random random, int bits) throws GeneralSecurityException {
        this.random = random;
        TestCertificate certificate = TestCertificate.builder()
                .rsa(bits)
                .dns("timing.libssl4j.test")
                .keyUsage(CertificateBuilder.DIGITAL_SIGNATURE, CertificateBuilder.KEY_ENCIPHERMENT)
                .build();
        key = (RSAPublicKey) certificate.publicKey();
        size = bits / 8;
        server = context(TlsMethod.TLS_SERVER);
        server.useCertAndKey(List.of(certificate.x509()), certificate.privateKey());
        hello = hello(context(TlsMethod.TLS_CLIENT));
    }

    private static SslCtx context(TlsMethod method) {
        SslCtx ctx = new SslCtx(method, CryptoPolicy.JDK_ONLY.policyName());
        ctx.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        ctx.setCipherList(SUITE.opensslName());
        return ctx;
    }

    private static byte[] hello(SslCtx client) {
        MemoryBio out = new MemoryBio();
        Ssl c = new Ssl(client);
        c.disableHostnameCheck();
        c.setBio(new MemoryBio(), out);
        c.setConnectState();
        c.doHandshake();
        byte[] b = new byte[out.pending()];
        if (out.read(b, 0, b.length) <= 0) {
            throw new IllegalStateException("no ClientHello", c.failure());
        }
        return b;
    }

    static Panel ofAServer(Random random, int bits) throws GeneralSecurityException {
        return new RsaPanels(random, bits).panel(bits);
    }

    private Panel panel(int bits) throws GeneralSecurityException {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(kind("well-formed", Kind.Claim.REFERENCE, () -> padded(3, PREMASTER)));
        kinds.add(kind("the same once more", Kind.Claim.EQUAL, () -> padded(3, PREMASTER)));
        kinds.add(kind("another version in it", Kind.Claim.EQUAL, () -> padded(2, PREMASTER)));
        kinds.add(kind("block type 1", Kind.Claim.EQUAL, () -> with(1, 1)));
        kinds.add(kind("16 zeros in front", Kind.Claim.EQUAL, this::zerosInFront));
        kinds.add(kind("no zero behind the padding", Kind.Claim.EQUAL, this::withoutZero));
        kinds.add(kind("a zero early in the padding", Kind.Claim.EQUAL, () -> with(5, 0)));
        kinds.add(kind("premaster secret of 47 bytes", Kind.Claim.EQUAL, () -> padded(3, PREMASTER - 1)));
        kinds.add(kind("premaster secret of 49 bytes", Kind.Claim.EQUAL, () -> padded(3, PREMASTER + 1)));
        kinds.add(given("number not below the modulus", () -> unsigned(key.getModulus())));
        kinds.add(given("ciphertext a byte short", () -> Arrays.copyOf(encrypted(padded(3, PREMASTER)), size - 1)));
        return new Panel(
                "RSA key exchange, " + bits + " bits, a whole server",
                "Ssl.read over Bios in memory, from the ClientKeyExchange to the alert about the Finished",
                kinds);
    }

    // ---- what is encrypted -----------------------------------------------------------------------------------------

    private interface Input {
        byte[] bytes() throws GeneralSecurityException;
    }

    /** RFC 8017 §7.2.1, with a premaster secret of 3.minor. */
    private byte[] padded(int minor, int premaster) {
        byte[] b = new byte[size];
        random.nextBytes(b);
        for (int i = 0; i < size; i++) {
            b[i] |= (byte) (b[i] == 0 ? 1 : 0);
        }
        b[0] = 0;
        b[1] = 2;
        b[size - premaster - 1] = 0;
        b[size - premaster] = 3;
        b[size - premaster + 1] = (byte) minor;
        return b;
    }

    private byte[] with(int at, int value) {
        byte[] b = padded(3, PREMASTER);
        b[at] = (byte) value;
        return b;
    }

    private byte[] withoutZero() {
        return with(size - PREMASTER - 1, 0x5a);
    }

    private byte[] zerosInFront() {
        byte[] b = padded(3, PREMASTER);
        Arrays.fill(b, 0, 16, (byte) 0);
        return b;
    }

    private byte[] encrypted(byte[] padded) throws GeneralSecurityException {
        Cipher c = Cipher.getInstance("RSA/ECB/NoPadding");
        c.init(Cipher.ENCRYPT_MODE, key);
        return c.doFinal(padded);
    }

    private byte[] unsigned(BigInteger n) {
        byte[] b = n.toByteArray();
        return Arrays.copyOfRange(b, b.length - size, b.length);
    }

    // ---- what the server gets --------------------------------------------------------------------------------------

    private Kind kind(String name, Kind.Claim claim, Input clear) throws GeneralSecurityException {
        return made(name, claim, () -> encrypted(clear.bytes()));
    }

    private Kind given(String name, Input ciphertext) throws GeneralSecurityException {
        return made(name, Kind.Claim.PUBLIC, ciphertext);
    }

    private Kind made(String name, Kind.Claim claim, Input ciphertext) throws GeneralSecurityException {
        byte[][] flights = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            flights[i] = flight(ciphertext.bytes());
        }
        return new Kind(name, claim, v -> trial(flights[v % VARIANTS]));
    }

    /** A ClientKeyExchange, a change_cipher_spec, and a Finished as of one who does not know the premaster secret. */
    private byte[] flight(byte[] encrypted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] finished = new byte[40];
        random.nextBytes(finished);
        put(
                out,
                22,
                new ClientKeyExchange(KeyExchangeAlgorithm.RSA, null, encrypted)
                        .toMessage()
                        .raw());
        put(out, 20, new byte[] {1});
        put(out, 22, finished);
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, int type, byte[] body) {
        out.writeBytes(new byte[] {(byte) type, 3, 3, (byte) (body.length >> 8), (byte) body.length});
        out.writeBytes(body);
    }

    private Trial trial(byte[] flight) throws IOException {
        MemoryBio toServer = new MemoryBio();
        MemoryBio toClient = new MemoryBio();
        Ssl s = new Ssl(server);
        s.setBio(toServer, toClient);
        s.setAcceptState();
        toServer.write(hello, 0, hello.length);
        if (s.doHandshake() > 0 || s.failure() != null || toClient.pending() == 0) {
            throw new IllegalStateException("no ServerHelloDone", s.failure());
        }
        return new ServerTrial(s, toServer, toClient, flight, false);
    }
}
