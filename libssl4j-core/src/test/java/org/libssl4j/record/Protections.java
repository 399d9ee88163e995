// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/** Protections of TLS 1.2 and before, made and used in a line. */
final class Protections {
    static final Crypto JDK = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    private Protections() {}

    static RecordProtection of(
            CipherSuite suite, ProtocolVersion version, boolean encryptThenMac, byte[] macKey, byte[] key, byte[] iv) {
        return of(JDK, suite, version, encryptThenMac, macKey, key, iv);
    }

    static RecordProtection of(
            Crypto crypto,
            CipherSuite suite,
            ProtocolVersion version,
            boolean encryptThenMac,
            byte[] macKey,
            byte[] key,
            byte[] iv) {
        Secret k = Secret.of(key.clone());
        Secret i = iv == null ? null : Secret.of(iv.clone());
        if (suite.aead() != null) {
            return Aead12.of(crypto, suite.aead(), k, i);
        }
        Secret m = Secret.of(macKey.clone());
        return encryptThenMac
                ? CbcEncryptThenMac.of(crypto, suite, version, m, k, i)
                : CbcMacThenEncrypt.of(crypto, suite, version, m, k, i);
    }

    /** A record of this content, made in the midst of an array that is not touched besides. */
    static byte[] seal(RecordProtection p, int type, ProtocolVersion version, byte[] content) throws TlsException {
        int off = 3;
        byte[] b = new byte[off + 5 + content.length + p.overhead()];
        Arrays.fill(b, 0, off, (byte) 99);
        System.arraycopy(content, 0, b, off + 5 + p.prefix(), content.length);
        int n = p.seal(type, version.code(), b, off, content.length);
        assertArrayEquals(new byte[] {99, 99, 99}, Arrays.copyOf(b, off));
        return Arrays.copyOfRange(b, off, off + n);
    }

    /** The content of a record, opened into an array that has no room but what was asked for. */
    static byte[] open(RecordProtection p, byte[] record) throws TlsException {
        byte[] in = new byte[record.length + 7];
        System.arraycopy(record, 0, in, 7, record.length);
        byte[] out = new byte[2 + p.room(record.length - 5)];
        Opened opened = new Opened();
        try {
            p.open(in, 7, record.length - 5, out, 2, opened);
        } catch (TlsException e) {
            assertArrayEquals(new byte[out.length], out, "plaintext that was refused");
            throw e;
        }
        int end = opened.offset() + opened.length();
        assertArrayEquals(new byte[out.length - end], Arrays.copyOfRange(out, end, out.length), "behind the content");
        return Arrays.copyOfRange(out, opened.offset(), end);
    }
}
