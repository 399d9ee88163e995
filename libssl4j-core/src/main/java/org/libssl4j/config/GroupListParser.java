// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.libssl4j.iana.NamedGroup;

/**
 * The language of SSL_CTX_set1_groups_list(3), as of OpenSSL 3.5.
 *
 * <pre>
 *   list   = tuple *( "/" tuple )
 *   tuple  = item *( ":" item )
 *   item   = *prefix name            each prefix once
 *   prefix = "*"                     send a key share
 *          | "?"                     pass over a group that is not known
 *          | "-"                     remove it from what stands before, with its key share
 *   name   = a group's               in any case; blanks around it do not count
 *          | "DEFAULT"               without a prefix: the tuples of {@link GroupList#DEFAULT}, of which
 *                                    the first goes on with the one under way, and the last goes on
 * </pre>
 */
final class GroupListParser {
    private static final int MOST_KEY_SHARES = 4; // OPENSSL_CLIENT_MAX_KEY_SHARES

    private final Predicate<NamedGroup> available;
    private final List<List<NamedGroup>> tuples = new ArrayList<>();
    private final List<NamedGroup> keyShares = new ArrayList<>();

    GroupListParser(Predicate<NamedGroup> available) {
        this.available = available;
    }

    GroupList parse(String list) {
        tuples.add(new ArrayList<>());
        tuples(list);
        if (tuples.stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a list of groups without a group: \"" + list + "\"");
        }
        if (keyShares.size() > MOST_KEY_SHARES) {
            throw new IllegalArgumentException(
                    keyShares.size() + " key shares; at most " + MOST_KEY_SHARES + " are allowed");
        }
        if (keyShares.isEmpty()) {
            tuples.stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(keyShares::add); // as it was before there was a "*"
        }
        return new GroupList(tuples, keyShares);
    }

    /** The first of them goes on with the tuple under way, and the last one stays open. */
    private void tuples(String list) {
        boolean first = true;
        for (String tuple : list.split("/", -1)) {
            if (!first) {
                tuples.add(new ArrayList<>());
            }
            first = false;
            for (String item : tuple.split(":", -1)) {
                item(item.strip());
            }
        }
    }

    private void item(String item) {
        int start = 0;
        while (start < item.length() && "*?-".indexOf(item.charAt(start)) >= 0) {
            if (item.indexOf(item.charAt(start)) < start) {
                throw new IllegalArgumentException("a prefix twice in \"" + item + "\"");
            }
            start++;
        }
        String prefixes = item.substring(0, start);
        String name = item.substring(start);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a list of groups with an empty place");
        }
        if (name.equalsIgnoreCase("DEFAULT")) {
            if (!prefixes.isEmpty()) {
                throw new IllegalArgumentException("DEFAULT with a prefix: \"" + item + "\"");
            }
            tuples(GroupList.DEFAULT);
        } else {
            group(name, prefixes);
        }
    }

    private void group(String name, String prefixes) {
        NamedGroup g = byName(name);
        if (g == null || !available.test(g)) {
            if (prefixes.indexOf('?') >= 0) {
                return;
            }
            throw new IllegalArgumentException(
                    g == null ? "group " + name + " is not known" : "no crypto provider here has " + g.opensslName());
        }
        if (prefixes.indexOf('-') >= 0) {
            tuples.forEach(t -> t.remove(g));
            keyShares.remove(g);
            return;
        }
        if (tuples.stream().anyMatch(t -> t.contains(g))) {
            return; // a group that stands there already stays what it is
        }
        tuples.get(tuples.size() - 1).add(g);
        if (prefixes.indexOf('*') >= 0) {
            keyShares.add(g);
        }
    }

    private static NamedGroup byName(String name) {
        String n = name.toLowerCase(Locale.ROOT);
        for (NamedGroup g : NamedGroup.values()) {
            if (n.equals(g.ianaName().toLowerCase(Locale.ROOT))
                    || n.equals(g.opensslName().toLowerCase(Locale.ROOT))) {
                return g;
            }
        }
        return n.equals("prime256v1") ? NamedGroup.SECP256R1 : null;
    }
}
