// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** A whole handshake message as bytes: one of type, three of length, body (RFC 9846 §4). The bytes feed the transcript; they are not to be changed. */
public final class HandshakeMessage {
    /** The type of {@link #CHANGE_CIPHER_SPEC}, OpenSSL's number for it; no message on the wire has it. */
    public static final int TYPE_CHANGE_CIPHER_SPEC = 0x0101;

    /** A change_cipher_spec in the row of the messages: no handshake message, not part of the transcript, sent as a record of its own type. */
    public static final HandshakeMessage CHANGE_CIPHER_SPEC =
            new HandshakeMessage(TYPE_CHANGE_CIPHER_SPEC, new byte[] {1});

    private static final int HEADER = 4;

    private final int type;
    private final byte[] raw;

    private HandshakeMessage(int type, byte[] raw) {
        this.type = type;
        this.raw = raw;
    }

    /** Reads a body. */
    @FunctionalInterface
    public interface Codec<T> {
        T read(WireReader in) throws DecodeException, TlsException;
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        void write(WireWriter out);
    }

    /** A message off the wire; takes over the array, which begins with the message's header. */
    public static HandshakeMessage received(byte[] raw) {
        return new HandshakeMessage(raw[0] & 0xff, raw);
    }

    /** A message to be sent. */
    public static HandshakeMessage of(HandshakeType type, Body body) {
        WireWriter w = new WireWriter(256);
        w.u8(type.code());
        int mark = w.beginU24();
        body.write(w);
        w.endU24(mark);
        return new HandshakeMessage(type.code(), w.toByteArray());
    }

    /** The number of the type. */
    public int type() {
        return type;
    }

    /** Whether it is of this type. */
    public boolean is(HandshakeType t) {
        return type == t.code();
    }

    /** Header and body. */
    public byte[] raw() {
        return raw;
    }

    /** Parses the body, all of it. RFC 9846 §6.2: what cannot be parsed is a decode_error. */
    public <T> T parse(Codec<T> codec) throws TlsException {
        WireReader in = new WireReader(raw, HEADER, raw.length - HEADER);
        try {
            T value = codec.read(in);
            in.end(toString());
            return value;
        } catch (DecodeException e) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH, this + ": " + e.getMessage(), e);
        }
    }

    /** The type's name. */
    @Override
    public String toString() {
        if (type == TYPE_CHANGE_CIPHER_SPEC) {
            return "change_cipher_spec";
        }
        HandshakeType t = HandshakeType.of(type);
        return t == null ? "handshake message of type " + type : t.name().toLowerCase(java.util.Locale.ROOT);
    }
}
