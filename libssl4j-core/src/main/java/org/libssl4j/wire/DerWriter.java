// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Writes DER (X.690): elements one behind the other, from the inside out. What has been written becomes the content of one element by {@link #wrap}.
 *
 * <pre>{@code
 * byte[] algorithm = new DerWriter().oid("1.2.840.10045.4.3.2").wrap(DerReader.SEQUENCE).toByteArray();
 * }</pre>
 *
 * Made for certificates and keys, not for speed. What it held is wiped by {@link #wipe}.
 */
public final class DerWriter {
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTF8_STRING = 0x0c;
    /** RFC 5280 §4.1.2.5: through 2049 times are UTCTime. */
    private static final int FIRST_GENERALIZED_YEAR = 2050;

    private byte[] array = new byte[128];
    private int length;

    /** One element with this content. */
    public DerWriter element(int tag, byte... content) {
        byte[] header = header(tag, content.length);
        append(header);
        return append(content);
    }

    /** An element, or several, that is DER already. */
    public DerWriter raw(byte... der) {
        return append(der);
    }

    /** Makes all that has been written the content of one element. */
    public DerWriter wrap(int tag) {
        byte[] header = header(tag, length);
        reserve(header.length);
        System.arraycopy(array, 0, array, header.length, length);
        System.arraycopy(header, 0, array, 0, header.length);
        length += header.length;
        return this;
    }

    /** As {@link #wrap}, with a byte that says that no bit is left over. */
    public DerWriter wrapInBitString() {
        reserve(1);
        System.arraycopy(array, 0, array, 1, length);
        array[0] = 0;
        length++;
        return wrap(DerReader.BIT_STRING);
    }

    public DerWriter integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    public DerWriter integer(BigInteger value) {
        return element(DerReader.INTEGER, value.toByteArray());
    }

    public DerWriter bool(boolean value) {
        return element(DerReader.BOOLEAN, (byte) (value ? 0xff : 0));
    }

    public DerWriter nul() {
        return element(DerReader.NULL);
    }

    public DerWriter octets(byte... content) {
        return element(DerReader.OCTET_STRING, content);
    }

    public DerWriter utf8(String text) {
        return element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A BIT STRING of whole bytes. */
    public DerWriter bits(byte... content) {
        byte[] all = new byte[content.length + 1];
        System.arraycopy(content, 0, all, 1, content.length);
        return element(DerReader.BIT_STRING, all);
    }

    /** A BIT STRING of named bits (X.690 §11.2.2: no trailing zero bits), by their numbers. */
    public DerWriter namedBits(int... numbers) {
        int highest = Arrays.stream(numbers).max().orElse(-1);
        byte[] content = new byte[1 + (highest + 8) / 8];
        content[0] = (byte) (highest < 0 ? 0 : 7 - highest % 8);
        for (int n : numbers) {
            content[1 + n / 8] |= (byte) (0x80 >> n % 8);
        }
        return element(DerReader.BIT_STRING, content);
    }

    /** An OBJECT IDENTIFIER in dotted form. */
    public DerWriter oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        DerWriter content = new DerWriter();
        content.arc(Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            content.arc(Long.parseLong(arcs[i]));
        }
        return element(DerReader.OID, content.toByteArray());
    }

    /** UTCTime or GeneralizedTime as certificates have it (RFC 5280 §4.1.2.5). */
    public DerWriter time(Instant instant) {
        ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
        boolean isShort = utc.getYear() < FIRST_GENERALIZED_YEAR && utc.getYear() >= FIRST_GENERALIZED_YEAR - 100;
        String text = DateTimeFormatter.ofPattern(isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'")
                .format(utc);
        return element(isShort ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    /** Wipes what was written, and begins anew. */
    public void wipe() {
        Arrays.fill(array, (byte) 0);
        length = 0;
    }

    private void arc(long value) {
        List<Byte> digits = new ArrayList<>();
        for (long v = value; digits.isEmpty() || v > 0; v >>>= 7) {
            digits.add((byte) (v & 0x7f | (digits.isEmpty() ? 0 : 0x80)));
        }
        Collections.reverse(digits);
        for (byte d : digits) {
            append(d);
        }
    }

    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        if (length < 0x100) {
            return new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        }
        if (length < 0x1_0000) {
            return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return new byte[] {(byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    private DerWriter append(byte... bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private void reserve(int more) {
        if (length + more > array.length) {
            byte[] larger = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
            Arrays.fill(array, (byte) 0);
            array = larger;
        }
    }
}
