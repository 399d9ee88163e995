// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.libssl4j.iana.NamedGroup;

/** The groups for the key exchange in order of preference; a client sends a share of the first. */
public record GroupList(List<NamedGroup> groups) {
    public GroupList {
        groups = List.copyOf(groups);
    }

    /**
     * Reads the list of SSL_CTX_set1_groups_list(3): names separated by colons, in any case, by any of the names that OpenSSL takes.
     *
     * @throws IllegalArgumentException for a name that is unknown, or an empty list
     */
    public static GroupList parse(String list) {
        Set<NamedGroup> groups = new LinkedHashSet<>();
        for (String name : list.split(":")) {
            if (!name.isBlank()) {
                groups.add(byName(name.trim()));
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a list of groups without a group");
        }
        return new GroupList(new ArrayList<>(groups));
    }

    private static NamedGroup byName(String name) {
        String n = name.toLowerCase(Locale.ROOT);
        for (NamedGroup g : NamedGroup.values()) {
            if (n.equals(g.ianaName().toLowerCase(Locale.ROOT))
                    || n.equals(g.opensslName().toLowerCase(Locale.ROOT))) {
                return g;
            }
        }
        if (n.equals("prime256v1")) {
            return NamedGroup.SECP256R1;
        }
        throw new IllegalArgumentException("group " + name + " is not known");
    }
}
