// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.libssl4j.iana.NamedGroup;

/**
 * The groups for the key exchange (SSL_CTX_set1_groups(3), SSL_CTX_set1_groups_list(3)), in tuples: within a tuple all are equally good to a server, which then spares itself a HelloRetryRequest; a group of an earlier tuple is worth one. A client offers them in this order, and sends key shares of some. Immutable.
 */
public final class GroupList {
    /** OpenSSL's list of 3.5 ("DEFAULT"): what is not there is passed over. */
    public static final String DEFAULT =
            "?*X25519MLKEM768 / ?*X25519:?secp256r1 / ?X448:?secp384r1:?secp521r1 / ?ffdhe2048:?ffdhe3072";

    private final List<List<NamedGroup>> tuples;
    private final List<NamedGroup> groups;
    private final List<NamedGroup> keyShares;

    /** One tuple; a client sends a share of the first, as with SSL_CTX_set1_groups(3). */
    public GroupList(List<NamedGroup> groups) {
        this(List.of(groups), groups.subList(0, Math.min(1, groups.size())));
    }

    /**
     * Any list.
     *
     * @param tuples no group twice, one at least
     * @param keyShares of which a client sends a share at once; may be none, then the server has to ask for one
     * @throws IllegalArgumentException if it has no group, one twice, or a key share of another
     */
    public GroupList(List<List<NamedGroup>> tuples, List<NamedGroup> keyShares) {
        this.tuples =
                tuples.stream().filter(t -> !t.isEmpty()).map(List::copyOf).toList();
        this.groups = this.tuples.stream().flatMap(List::stream).toList();
        Set<NamedGroup> wanted = Set.copyOf(keyShares);
        // RFC 9846 §4.3.8 [8446 4.2.8]: shares stand in the order of supported_groups.
        this.keyShares = groups.stream().filter(wanted::contains).toList();
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a list of groups without a group");
        }
        if (Set.copyOf(groups).size() != groups.size()) {
            throw new IllegalArgumentException("a list with a group twice: " + groups);
        }
        if (this.keyShares.size() != wanted.size()) {
            throw new IllegalArgumentException("key shares of " + keyShares + ", but the groups are " + groups);
        }
    }

    /** What a security level leaves of another list. */
    private GroupList(GroupList o, SecurityLevel level) {
        tuples = o.tuples.stream()
                .map(t -> t.stream().filter(level::allowsGroup).toList())
                .filter(t -> !t.isEmpty())
                .toList();
        groups = tuples.stream().flatMap(List::stream).toList();
        List<NamedGroup> left = o.keyShares.stream().filter(level::allowsGroup).toList();
        boolean none = left.isEmpty() && !o.keyShares.isEmpty() && !groups.isEmpty();
        keyShares = none ? groups.subList(0, 1) : left;
    }

    /** What a security level leaves of these; may be none. If it leaves no key share, there is one of the first group. */
    public GroupList at(SecurityLevel level) {
        return groups.stream().allMatch(level::allowsGroup) ? this : new GroupList(this, level);
    }

    /**
     * Reads a list in OpenSSL's language.
     *
     * @param available which groups can be used; others count as unknown
     * @throws IllegalArgumentException if it is malformed, names a group that is not known and not to be passed over, or is empty
     */
    public static GroupList parse(String list, Predicate<NamedGroup> available) {
        return new GroupListParser(available).parse(list);
    }

    /** All groups in their order. */
    public List<NamedGroup> groups() {
        return groups;
    }

    /** The groups, those together that are equally good. */
    public List<List<NamedGroup>> tuples() {
        return tuples;
    }

    /** Of which a client sends a share at once, in the order of the groups. */
    public List<NamedGroup> keyShares() {
        return keyShares;
    }
}
