// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** A server that has its certificate's key signs values that nobody may compute with (RFC 8422 §5.11, RFC 7919 §5.1): the signature is right, and the client refuses them all the same. */
class ServerShareFaultsTest {
    private record Fault(String rule, ServerKeyExchange exchange, AlertDescription alert, Reason reason) {}

    /** Puts this in place of the server's values, signed over the randoms of the connection. */
    private static ScriptedPair run(HandshakeConfig client, HandshakeConfig server, ServerKeyExchange instead) {
        byte[] randoms = new byte[64];
        return new ScriptedPair(client, server, Configs12.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            try {
                if (m.is(HandshakeType.CLIENT_HELLO)) {
                    System.arraycopy(m.parse(ClientHello::read).random(), 0, randoms, 0, 32);
                } else if (m.is(HandshakeType.SERVER_HELLO)) {
                    System.arraycopy(m.parse(ServerHello::read).random(), 0, randoms, 32, 32);
                }
                boolean exchange = from == Role.SERVER && m.is(HandshakeType.SERVER_KEY_EXCHANGE);
                return List.of(exchange ? signed(instead, randoms) : m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static HandshakeMessage signed(ServerKeyExchange x, byte[] randoms) throws TlsException {
        boolean ec = x.group() != 0;
        SignatureScheme scheme = ec ? SignatureScheme.ECDSA_SECP256R1_SHA256 : SignatureScheme.RSA_PSS_RSAE_SHA256;
        byte[] input = Arrays.copyOf(randoms, 64 + x.params().length);
        System.arraycopy(x.params(), 0, input, 64, x.params().length);
        byte[] signature = Configs12.CRYPTO.sign((ec ? Identity.ECDSA : Identity.RSA).key(), scheme, input);
        return x.signed(scheme.code(), signature).toMessage(ProtocolVersion.TLS1_2);
    }

    private static Stream<DynamicTest> tests(List<Fault> faults, HandshakeConfig client, HandshakeConfig server) {
        return faults.stream()
                .map(f -> DynamicTest.dynamicTest(f.rule(), () -> {
                    ScriptedPair p = run(client, server, f.exchange());
                    Tampering.assertRefused(p.client, f.alert(), f.reason());
                }));
    }

    @TestFactory
    Stream<DynamicTest> pointsThatAreNone() {
        List<Fault> faults = new ArrayList<>();
        byte[] off = Tampering.offCurve();
        point(faults, "not on the curve", NamedGroup.SECP256R1, off);
        byte[] compressed = Arrays.copyOf(off, 33);
        compressed[0] = 2;
        point(faults, "compressed", NamedGroup.SECP256R1, compressed);
        point(faults, "infinity", NamedGroup.SECP256R1, new byte[1]);
        point(faults, "a byte short", NamedGroup.SECP256R1, Arrays.copyOf(off, 64));
        point(faults, "X25519 of 0", NamedGroup.X25519, new byte[32]);
        byte[] one = new byte[32];
        one[0] = 1;
        point(faults, "X25519 of 1", NamedGroup.X25519, one);
        point(faults, "X25519, a byte short", NamedGroup.X25519, new byte[31]);
        return tests(faults, Configs12.client(), Configs12.server());
    }

    private static void point(List<Fault> faults, String rule, NamedGroup g, byte[] share) {
        faults.add(new Fault(
                rule,
                ServerKeyExchange.ofGroup(null, g.code(), share),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_ECPOINT));
    }

    @TestFactory
    Stream<DynamicTest> fieldsAndValuesOfNoUse() {
        DhParameters field = Configs12.CRYPTO.field(NamedGroup.FFDHE2048);
        BigInteger p = field.p();
        BigInteger g = field.g();
        BigInteger below = p.subtract(BigInteger.ONE);
        List<Fault> faults = new ArrayList<>();
        value(faults, "Ys of 0", p, g, BigInteger.ZERO);
        value(faults, "Ys of 1", p, g, BigInteger.ONE);
        value(faults, "Ys of p - 1", p, g, below);
        value(faults, "Ys of p", p, g, p);
        value(faults, "a generator of 1", p, BigInteger.ONE, g);
        value(faults, "a generator of p - 1", p, below, g);
        value(faults, "a generator of 0", p, BigInteger.ZERO, g);
        value(faults, "an even prime", below, g, g);
        faults.add(new Fault(
                "512 bits, as in Logjam",
                exchange(BigInteger.ONE.shiftLeft(512).subtract(BigInteger.valueOf(569)), g, g),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.DH_KEY_TOO_SMALL));
        return tests(faults, Walks12.field(Configs12::client), Walks12.field(Configs12::server));
    }

    private static void value(List<Fault> faults, String rule, BigInteger p, BigInteger g, BigInteger y) {
        faults.add(new Fault(rule, exchange(p, g, y), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_DH_VALUE));
    }

    private static ServerKeyExchange exchange(BigInteger p, BigInteger g, BigInteger y) {
        return ServerKeyExchange.ofField(null, p.toByteArray(), g.toByteArray(), y.toByteArray());
    }

    /** What the faults are measured by: a sound value that was signed in this way is taken, and the Finished finds that it is another. */
    @Test
    void soundValuesAreTaken() {
        BigInteger p = Configs12.CRYPTO.field(NamedGroup.FFDHE2048).p();
        ScriptedPair dhe = run(
                Walks12.field(Configs12::client),
                Walks12.field(Configs12::server),
                exchange(p, BigInteger.TWO, BigInteger.valueOf(4)));
        assertEquals(Reason.DIGEST_CHECK_FAILED, dhe.server.failure.reason());
        byte[] nine = new byte[32];
        nine[0] = 9;
        ScriptedPair ecdhe = run(
                Configs12.client(),
                Configs12.server(),
                ServerKeyExchange.ofGroup(null, NamedGroup.X25519.code(), nine));
        assertEquals(Reason.DIGEST_CHECK_FAILED, ecdhe.server.failure.reason());
        assertEquals(
                KeyExchangeAlgorithm.ECDHE_ECDSA,
                ecdhe.client.negotiated.suite().keyExchange());
    }
}
