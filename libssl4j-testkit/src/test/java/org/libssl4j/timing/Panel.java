// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.List;

/**
 * Kinds of input that nobody should be able to tell apart by time, or only by what is public.
 *
 * @param title says what they are given to
 * @param about says what they have in common, in a line
 * @param kinds the first one is the reference
 */
record Panel(String title, String about, List<Kind> kinds) {
    Kind reference() {
        return kinds.get(0);
    }

    /** The reference, and those that should take as long. */
    List<Kind> equal() {
        return kinds.stream().filter(k -> k.claim() != Kind.Claim.PUBLIC).toList();
    }
}
