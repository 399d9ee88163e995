// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

/**
 * Two Bios of which each reads what is written to the other (BIO_new_bio_pair(3)). With one of them below a TLS connection the application has the other one, and carries the bytes however it likes.
 *
 * @param first one half
 * @param second the other one
 */
public record BioPair(PairedBio first, PairedBio second) {
    /**
     * A pair with buffers of {@link PairedBio#DEFAULT_SIZE}.
     *
     * @return the pair
     */
    public static BioPair of() {
        return of(0, 0);
    }

    /**
     * A pair (BIO_new_bio_pair(3)).
     *
     * @param firstSize bytes written to the first half that are held at most until the second one reads them; 0 for {@link PairedBio#DEFAULT_SIZE}
     * @param secondSize likewise of the second half
     * @return the pair
     * @throws IllegalArgumentException if a size is negative
     */
    public static BioPair of(int firstSize, int secondSize) {
        BioPair pair = new BioPair(new PairedBio(), new PairedBio());
        if (firstSize != 0) {
            pair.first.setWriteBufSize(firstSize);
        }
        if (secondSize != 0) {
            pair.second.setWriteBufSize(secondSize);
        }
        pair.first.makePair(pair.second);
        return pair;
    }
}
