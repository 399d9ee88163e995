// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * The number that OpenSSL gives a name, so that it can be found by it (X509_NAME_hash_ex(3)): the first four bytes, the lowest first, of SHA-1 over a form of the name in which case, spaces and kinds of strings do not count.
 *
 * <p>SHA-1 tells names apart here, and protects nothing: whose name it is the certificate says.
 */
final class SubjectHash {
    private static final int UTF8_STRING = 0x0c;

    private SubjectHash() {}

    /**
     * The hash in the eight digits of a file's name.
     *
     * @param name DER of a Name (RFC 5280 §4.1.2.4)
     */
    static String of(byte[] name) throws DecodeException {
        DerReader outer = new DerReader(name);
        DerReader rdns = outer.read(DerReader.SEQUENCE);
        outer.end("a name");
        // What is hashed has no header of the sequence.
        MessageDigest sha1 = sha1();
        while (rdns.hasMore()) {
            sha1.update(canonical(rdns.read(DerReader.SET)));
        }
        byte[] d = sha1.digest();
        return String.format("%02x%02x%02x%02x", d[3], d[2], d[1], d[0]);
    }

    private static byte[] canonical(DerReader rdn) throws DecodeException {
        List<byte[]> attributes = new ArrayList<>();
        while (rdn.hasMore()) {
            DerReader attribute = rdn.read(DerReader.SEQUENCE);
            byte[] type = attribute.element();
            byte[] value = canonicalValue(attribute);
            attribute.end("an attribute of a name");
            attributes.add(new DerWriter()
                    .raw(type)
                    .raw(value)
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray());
        }
        attributes.sort(Arrays::compareUnsigned); // X.690 §11.6
        DerWriter set = new DerWriter();
        attributes.forEach(set::raw);
        return set.wrap(DerReader.SET).toByteArray();
    }

    private static byte[] canonicalValue(DerReader attribute) throws DecodeException {
        Charset charset = charset(attribute.tag());
        if (charset == null) {
            return attribute.element();
        }
        String text = new String(attribute.bytes(attribute.tag()), charset);
        return new DerWriter().utf8(folded(text)).toByteArray();
    }

    /** Of the kinds of strings that are compared by their characters; null for others. TeletexString is read as ISO 8859-1, as OpenSSL does. */
    private static Charset charset(int tag) {
        return switch (tag) {
            case UTF8_STRING -> StandardCharsets.UTF_8;
            case 0x13, 0x14, 0x16, 0x1a -> StandardCharsets.ISO_8859_1; // Printable, Teletex, IA5, Visible
            case 0x1e -> StandardCharsets.UTF_16BE; // BMP
            case 0x1c -> UTF_32; // Universal
            default -> null;
        };
    }

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    /** Without spaces at either end, with one where there are several, and with small letters; of ASCII alone. */
    private static String folded(String s) {
        StringBuilder b = new StringBuilder(s.length());
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                if (b.length() > 0 && b.charAt(b.length() - 1) != ' ') {
                    b.append(' ');
                }
            } else {
                b.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
            }
        }
        if (b.length() > 0 && b.charAt(b.length() - 1) == ' ') {
            b.setLength(b.length() - 1);
        }
        return b.toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
