// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

/** The five bytes before each record: type, legacy version, length (RFC 9846 §5.1). Read and written where they stand, so that none is ever an object. */
public final class RecordHeader {
    /** Bytes of a header. */
    public static final int SIZE = 5;
    /** The longest plaintext of a record. */
    public static final int MAX_PLAINTEXT = 16_384;
    /** The longest protected body (RFC 9846 §5.2): plaintext, content type and up to 255 bytes that a cipher adds. */
    public static final int MAX_CIPHERTEXT = MAX_PLAINTEXT + 256;
    /** The longest protected body of TLS 1.2 and before (RFC 5246 §6.2.3), of which a thousand bytes were for compression. */
    public static final int MAX_CIPHERTEXT_12 = MAX_PLAINTEXT + 2048;
    /** The version on all records but those of the first ClientHello, and of what was protected before TLS 1.2. */
    public static final int VERSION = 0x0303;
    /** The version on the records of the first ClientHello, which old servers insist on. */
    public static final int FIRST_HELLO_VERSION = 0x0301;

    private RecordHeader() {}

    /** The content type. */
    public static int type(byte[] b, int off) {
        return b[off] & 0xff;
    }

    /** The legacy version. */
    public static int version(byte[] b, int off) {
        return (b[off + 1] & 0xff) << 8 | b[off + 2] & 0xff;
    }

    /** The length of the body. */
    public static int length(byte[] b, int off) {
        return (b[off + 3] & 0xff) << 8 | b[off + 4] & 0xff;
    }

    /** Writes a header. */
    public static void write(byte[] b, int off, int type, int version, int length) {
        b[off] = (byte) type;
        b[off + 1] = (byte) (version >>> 8);
        b[off + 2] = (byte) version;
        b[off + 3] = (byte) (length >>> 8);
        b[off + 4] = (byte) length;
    }
}
