// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.nio.charset.StandardCharsets;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The name of the host that the client wants to talk to (RFC 6066 §3).
 *
 * @param hostName the name; null in the server's answer, which is empty
 */
public record ServerName(String hostName) implements Extension {
    /** The server's answer: the name was used. */
    public static final ServerName ACKNOWLEDGED = new ServerName(null);

    private static final int HOST_NAME = 0;
    private static final int MAX_LENGTH = 255;

    public ServerName {
        if (hostName != null && (hostName.isEmpty() || fault(hostName.getBytes(StandardCharsets.UTF_8)) != null)) {
            throw new IllegalArgumentException("not a host name in ASCII of 1 to " + MAX_LENGTH + " bytes");
        }
    }

    /** Reads the client's form. */
    public static ServerName read(WireReader in) throws DecodeException, TlsException {
        WireReader list = in.vector16();
        int nameType = list.u8();
        // RFC 6066 §3: host_name is the only type there is, and none may stand twice: so there is one entry.
        if (nameType != HOST_NAME) {
            throw new DecodeException("name_type " + nameType + "; " + HOST_NAME + " allowed");
        }
        byte[] name = list.opaque16(1, 0xffff, "HostName");
        list.end("server_name_list");
        // RFC 6066 §3: a name in ASCII. One that no host can have is not recognised: so OpenSSL answers a name that is
        // too
        // long or has a zero in it.
        String fault = fault(name);
        if (fault != null) {
            throw new TlsException(AlertDescription.UNRECOGNIZED_NAME, Reason.BAD_EXTENSION, "server_name: " + fault);
        }
        return new ServerName(new String(name, StandardCharsets.US_ASCII));
    }

    /** Reads the server's form, which is empty; the block refuses anything else. */
    public static ServerName readAnswer(WireReader in) {
        return ACKNOWLEDGED;
    }

    @Override
    public int type() {
        return ExtensionType.SERVER_NAME.code();
    }

    @Override
    public void write(WireWriter out) {
        if (hostName == null) {
            return;
        }
        int list = out.beginU16();
        out.u8(HOST_NAME).opaque16(hostName.getBytes(StandardCharsets.US_ASCII));
        out.endU16(list);
    }

    /** What is wrong with a name, or null. */
    private static String fault(byte[] name) {
        if (name.length > MAX_LENGTH) {
            return "a name of " + name.length + " bytes; " + MAX_LENGTH + " allowed";
        }
        for (byte b : name) {
            if (b <= 0) {
                return "a name with the byte " + (b & 0xff) + "; 1 to 127 allowed";
            }
        }
        return null;
    }
}
