// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/** X25519 or ECDH on P-256 with private keys from a seeded stream (RFC 9846 §7.4.2). The JDK's own provider is taken by name, because how a provider turns random bytes into a key is its own affair. */
final class SeededDh implements KeyExchange.Factory {
    private static final Provider SUN_EC = Security.getProvider("SunEC");

    private static final HexFormat HEX = HexFormat.of();

    // Runs from one seed ask for the same keys and secrets over and over.
    private static final Remembered<KeyPair> PAIRS = new Remembered<>();
    private static final Remembered<byte[]> SECRETS = new Remembered<>();

    private final NamedGroup group;
    private final SecureRandom random;

    SeededDh(NamedGroup group, SecureRandom random) {
        this.group = group;
        this.random = random;
    }

    /** The groups that this can do. */
    static boolean supports(NamedGroup group) {
        return group == NamedGroup.X25519 || group == NamedGroup.SECP256R1;
    }

    @Override
    public KeyExchange start() {
        return exchange();
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        try (Exchange x = exchange()) {
            return new KeyExchange.Answer(x.share(), x.finish(peerShare));
        }
    }

    private Exchange exchange() {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        boolean x25519 = group == NamedGroup.X25519;
        return new Exchange(PAIRS.get(group + HEX.formatHex(seed), () -> generate(seed, x25519)), x25519);
    }

    private static KeyPair generate(byte[] seed, boolean x25519) {
        try {
            KeyPairGenerator g = KeyPairGenerator.getInstance(x25519 ? "XDH" : "EC", SUN_EC);
            AlgorithmParameterSpec spec = x25519 ? NamedParameterSpec.X25519 : new ECGenParameterSpec("secp256r1");
            g.initialize(spec, new SeededRandom(ByteBuffer.wrap(seed).getLong()));
            return g.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SunEC lacks a group", e);
        }
    }

    private static final class Exchange implements KeyExchange {
        private final PrivateKey own;
        private final PublicKey ownPublic;
        private final boolean x25519;

        Exchange(KeyPair pair, boolean x25519) {
            this.own = pair.getPrivate();
            this.ownPublic = pair.getPublic();
            this.x25519 = x25519;
        }

        @Override
        public byte[] share() {
            if (x25519) {
                byte[] u = new byte[32];
                bigEndian(((XECPublicKey) ownPublic).getU(), u, 0);
                return reversed(u);
            }
            byte[] point = new byte[65];
            point[0] = 4; // RFC 9846 §4.3.8.2 [8446 4.2.8.2]: uncompressed
            ECPoint w = ((ECPublicKey) ownPublic).getW();
            bigEndian(w.getAffineX(), point, 1);
            bigEndian(w.getAffineY(), point, 33);
            return point;
        }

        @Override
        public Secret finish(byte[] peerShare) throws TlsException {
            // A share that is none is not remembered: each time it is refused anew.
            PublicKey peer = checked(peerShare);
            String asked = HEX.formatHex(own.getEncoded()) + HEX.formatHex(peerShare);
            try {
                return Secret.of(SECRETS.get(asked, () -> agree(peer)).clone());
            } catch (IllegalStateException e) {
                throw refused(e);
            }
        }

        private PublicKey checked(byte[] peerShare) throws TlsException {
            try {
                return peer(peerShare);
            } catch (GeneralSecurityException e) {
                throw refused(e);
            }
        }

        private byte[] agree(PublicKey peer) {
            try {
                KeyAgreement a = KeyAgreement.getInstance(x25519 ? "XDH" : "ECDH", SUN_EC);
                a.init(own);
                a.doPhase(peer, true);
                return a.generateSecret();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private PublicKey peer(byte[] share) throws GeneralSecurityException, TlsException {
            if (x25519) {
                if (share.length != 32) {
                    throw refused(null);
                }
                byte[] u = reversed(share);
                u[0] &= 0x7f; // RFC 7748 §5: the top bit is ignored
                return KeyFactory.getInstance("XDH", SUN_EC)
                        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, u)));
            }
            if (share.length != 65 || share[0] != 4) {
                throw refused(null);
            }
            ECPoint w = new ECPoint(new BigInteger(1, share, 1, 32), new BigInteger(1, share, 33, 32));
            return KeyFactory.getInstance("EC", SUN_EC)
                    .generatePublic(new ECPublicKeySpec(w, ((ECPublicKey) ownPublic).getParams()));
        }

        private static TlsException refused(Exception cause) {
            return new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_ECPOINT, "no valid share of this group", cause);
        }

        private static void bigEndian(BigInteger n, byte[] out, int off) {
            byte[] b = n.toByteArray();
            int skip = Math.max(0, b.length - 32); // a sign byte
            System.arraycopy(b, skip, out, off + 32 - (b.length - skip), b.length - skip);
        }

        private static byte[] reversed(byte[] b) {
            byte[] r = new byte[b.length];
            for (int i = 0; i < b.length; i++) {
                r[i] = b[b.length - 1 - i];
            }
            return r;
        }

        @Override
        public void close() {
            // a test's key, and the JDK's key objects cannot be wiped
        }
    }
}
