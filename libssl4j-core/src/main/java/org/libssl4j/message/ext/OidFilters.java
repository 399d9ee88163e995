// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** What a client's certificate has to have (RFC 9846 §4.3.5 [8446 4.2.5]). */
public record OidFilters(List<Filter> filters) implements Extension {
    public OidFilters {
        filters = List.copyOf(filters);
    }

    /**
     * One of the conditions.
     *
     * @param oid DER of the certificate extension's OID
     * @param values DER of the values that the extension has to have
     */
    public record Filter(byte[] oid, byte[] values) {}

    /** Reads the body. */
    public static OidFilters read(WireReader in) throws DecodeException, TlsException {
        WireReader list = in.vector16();
        List<Filter> filters = new ArrayList<>();
        Set<String> oids = new HashSet<>();
        while (list.hasMore()) {
            byte[] oid = list.opaque8(1, 0xff, "certificate_extension_oid");
            // RFC 9846 §4.3.5 [8446 4.2.5]: an OID stands in the list once.
            if (!oids.add(HexFormat.of().formatHex(oid))) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_EXTENSION,
                        "oid_filters: an OID stands twice; once allowed");
            }
            filters.add(new Filter(oid, list.opaque16(0, 0xffff, "certificate_extension_values")));
        }
        return new OidFilters(filters);
    }

    @Override
    public int type() {
        return ExtensionType.OID_FILTERS.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU16();
        for (Filter f : filters) {
            out.opaque8(f.oid).opaque16(f.values);
        }
        out.endU16(list);
    }
}
