// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The extensions of one message, in their order (RFC 9846 §4.3 [8446 4.2]). Immutable. Bodies are parsed when they are asked for, so that what nobody asks for is never parsed.
 */
public final class ExtensionBlock {
    /** No extensions; in a hello message also: no field for them. */
    public static final ExtensionBlock EMPTY = new ExtensionBlock(null, new byte[0], new int[0], new int[0]);

    /** What fits behind the two bytes of its length. */
    public static final int MOST_BYTES = 0xffff;

    private final Place place;
    private final byte[] bytes;
    private final int[] types;
    /** Where each body begins; it ends four bytes, of the next type and length, before the next begins. */
    private final int[] starts;

    private ExtensionBlock(Place place, byte[] bytes, int[] types, int[] starts) {
        this.place = place;
        this.bytes = bytes;
        this.types = types;
        this.starts = starts;
    }

    /**
     * Reads a block with the two bytes of its length. In messages of TLS 1.3 alone it is checked at once; in hello messages, which older versions have too, by {@link #check} once the version is known.
     */
    public static ExtensionBlock read(WireReader in, Place place) throws DecodeException, TlsException {
        byte[] bytes = in.vector16().rest();
        int count = count(bytes);
        int[] types = new int[count];
        int[] starts = new int[count];
        WireReader r = new WireReader(bytes);
        for (int i = 0; i < count; i++) {
            types[i] = r.u16();
            int length = r.u16();
            starts[i] = bytes.length - r.remaining();
            r.sub(length);
        }
        // RFC 9846 §4.3 [8446 4.2]: none twice in a block. The alert is not said there: OpenSSL has illegal_parameter,
        // BoringSSL decode_error but for these two messages, and its tests look at the alert.
        int twice = Duplicates.find(types, count);
        if (twice >= 0) {
            throw new TlsException(
                    place == Place.HELLO_RETRY_REQUEST || place == Place.NEW_SESSION_TICKET
                            ? AlertDescription.ILLEGAL_PARAMETER
                            : AlertDescription.DECODE_ERROR,
                    Reason.BAD_EXTENSION,
                    ExtensionTable.name(twice) + " stands twice in " + place + "; once allowed");
        }
        ExtensionBlock block = new ExtensionBlock(place, bytes, types, starts);
        if (place != Place.CLIENT_HELLO && place != Place.SERVER_HELLO && place != Place.HELLO_RETRY_REQUEST) {
            block.check(place);
        }
        return block;
    }

    /** Checks that what is recognised may stand in this message of TLS 1.3, and where. */
    public void check(Place p) throws TlsException {
        for (int type : types) {
            ExtensionType known = ExtensionType.of(type);
            // RFC 9846 §4.3 [8446 4.2]: what is recognised and not meant for the message is an illegal_parameter.
            if (known != null && !ExtensionTable.allows(known, p)) {
                throw illegal(ExtensionTable.name(type) + " in " + p + "; not allowed there");
            }
        }
        // RFC 9846 §4.3.11 [8446 4.2.11]: pre_shared_key has to come last, for its binders cover all before them.
        int psk = index(ExtensionType.PRE_SHARED_KEY.code());
        if (p == Place.CLIENT_HELLO && psk >= 0 && psk != types.length - 1) {
            throw illegal(
                    "pre_shared_key is followed by " + ExtensionTable.name(types[psk + 1]) + "; nothing may follow it");
        }
    }

    /** Checks that each extension of this response was asked for by one of these types. */
    public void requireSolicited(int[] offeredTypes) throws TlsException {
        for (int type : types) {
            // RFC 9846 §4.3 [8446 4.2]: no response without a request, but for the cookie of a HelloRetryRequest.
            boolean cookie = type == ExtensionType.COOKIE.code() && place == Place.HELLO_RETRY_REQUEST;
            if (!cookie && !contains(offeredTypes, type)) {
                throw new TlsException(
                        AlertDescription.UNSUPPORTED_EXTENSION,
                        Reason.UNSOLICITED_EXTENSION,
                        ExtensionTable.name(type) + " in " + place + "; only what was offered is allowed");
            }
        }
    }

    /** Whether it has this extension. */
    public boolean has(ExtensionType t) {
        return index(t.code()) >= 0;
    }

    /** The extension, parsed, or null if it is not here. */
    public <T> T get(ExtensionType t, HandshakeMessage.Codec<T> codec) throws TlsException {
        int i = index(t.code());
        if (i < 0) {
            return null;
        }
        WireReader in = new WireReader(bytes, starts[i], end(i) - starts[i]);
        try {
            T value = codec.read(in);
            // RFC 9846 §4.3 [8446 4.2]: nothing may follow the structure.
            in.end("the body");
            return value;
        } catch (DecodeException e) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    t == ExtensionType.KEY_SHARE || t == ExtensionType.COOKIE
                            ? Reason.LENGTH_MISMATCH // as OpenSSL has it for these two
                            : Reason.BAD_EXTENSION,
                    ExtensionTable.name(t.code()) + ": " + e.getMessage(),
                    e);
        }
    }

    /** Bytes without the two of the length; a block that was put together may have more than can be written. */
    public int length() {
        return bytes.length;
    }

    /** The types, in their order; a copy. */
    public int[] types() {
        return types.clone();
    }

    /** The body of an extension, or null if it is not here; a copy. */
    public byte[] body(int type) {
        int i = index(type);
        return i < 0 ? null : Arrays.copyOfRange(bytes, starts[i], end(i));
    }

    /** All of them, unparsed, in their order; the bodies are copies. */
    public List<RawExtension> raw() {
        List<RawExtension> all = new ArrayList<>(types.length);
        for (int i = 0; i < types.length; i++) {
            all.add(new RawExtension(types[i], Arrays.copyOfRange(bytes, starts[i], end(i))));
        }
        return all;
    }

    /** This block without the extension, if it has that. */
    public ExtensionBlock without(ExtensionType t) {
        Builder b = builder();
        raw().stream().filter(e -> e.type() != t.code()).forEach(b::add);
        return b.build();
    }

    /** This block with {@code e} at its end, in the place of what it has of that type. */
    public ExtensionBlock with(Extension e) {
        Builder b = builder();
        raw().stream().filter(r -> r.type() != e.type()).forEach(b::add);
        return b.add(e).build();
    }

    /** Writes the block with the two bytes of its length. */
    public void write(WireWriter out) {
        out.opaque16(bytes);
    }

    /** The names, in their order. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("[");
        for (int type : types) {
            names.append(names.length() > 1 ? ", " : "").append(ExtensionTable.name(type));
        }
        return names.append(']').toString();
    }

    /** A block to be filled. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts a block together. */
    public static final class Builder {
        private final WireWriter out = new WireWriter(512);
        private int[] types = new int[16];
        private int[] starts = new int[16];
        private int count;

        private Builder() {}

        /** Adds an extension behind those that are there. */
        public Builder add(Extension e) {
            if (count == types.length) {
                types = Arrays.copyOf(types, 2 * count);
                starts = Arrays.copyOf(starts, 2 * count);
            }
            types[count] = e.type();
            out.u16(e.type());
            int mark = out.beginU16();
            starts[count++] = mark;
            e.write(out);
            out.endU16(mark);
            return this;
        }

        /** The block. */
        public ExtensionBlock build() {
            if (Duplicates.find(types, count) >= 0) {
                throw new IllegalStateException("an extension was added twice");
            }
            return new ExtensionBlock(
                    null, out.toByteArray(), Arrays.copyOf(types, count), Arrays.copyOf(starts, count));
        }
    }

    /** How many extensions there are; each takes four bytes at least, so the block's own length bounds them. */
    private static int count(byte[] bytes) throws DecodeException {
        WireReader r = new WireReader(bytes);
        int count = 0;
        while (r.hasMore()) {
            r.u16();
            r.vector16();
            count++;
        }
        return count;
    }

    private int index(int type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        return -1;
    }

    private int end(int i) {
        return i + 1 < starts.length ? starts[i + 1] - 4 : bytes.length;
    }

    private static boolean contains(int[] list, int value) {
        for (int v : list) {
            if (v == value) {
                return true;
            }
        }
        return false;
    }

    private static TlsException illegal(String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION, detail);
    }
}
