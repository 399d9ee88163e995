// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** A distinguished name as OpenSSL's commands print it: in the order of its encoding, {@code C = DE, O = Example, CN = example.org}. */
final class DistinguishedName {
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "2.5.4.5", "serialNumber",
            "2.5.4.15", "businessCategory",
            "2.5.4.4", "SN",
            "2.5.4.42", "GN",
            "2.5.4.12", "title",
            "2.5.4.97", "organizationIdentifier",
            "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC",
            "1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST");

    private DistinguishedName() {}

    static String text(X500Principal name) {
        String rfc2253 = name.getName(X500Principal.RFC2253, NAMES);
        try {
            List<String> parts = new ArrayList<>();
            for (Rdn rdn : new LdapName(rfc2253).getRdns()) {
                parts.add(text(rdn));
            }
            return String.join(", ", parts);
        } catch (InvalidNameException e) {
            return PeerText.shown(rfc2253);
        }
    }

    private static String text(Rdn rdn) {
        List<String> pairs = new ArrayList<>();
        try {
            NamingEnumeration<? extends Attribute> all = rdn.toAttributes().getAll();
            while (all.hasMore()) {
                Attribute a = all.next();
                for (Object value : Collections.list(a.getAll())) {
                    pairs.add(a.getID() + " = "
                            + (value instanceof byte[] ? hex((byte[]) value) : PeerText.shown(value.toString())));
                }
            }
        } catch (NamingException e) {
            return PeerText.shown(rdn.toString());
        }
        return String.join(" + ", pairs);
    }

    private static String hex(byte[] bytes) {
        StringBuilder s = new StringBuilder("#");
        for (byte b : bytes) {
            s.append(String.format("%02X", b));
        }
        return s.toString();
    }
}
