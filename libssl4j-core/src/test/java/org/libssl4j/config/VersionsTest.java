// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.libssl4j.iana.ProtocolVersion.TLS1_0;
import static org.libssl4j.iana.ProtocolVersion.TLS1_1;
import static org.libssl4j.iana.ProtocolVersion.TLS1_2;
import static org.libssl4j.iana.ProtocolVersion.TLS1_3;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final Versions ALL = new Versions(Versions.OLDEST, Versions.NEWEST);

    @Test
    void aRangeHasBothItsEnds() {
        assertEquals(List.of(TLS1_3, TLS1_2, TLS1_1, TLS1_0), ALL.newestFirst());
        assertEquals(List.of(TLS1_2, TLS1_1), new Versions(TLS1_1, TLS1_2).newestFirst());
        assertEquals(List.of(), new Versions(TLS1_3, TLS1_2).newestFirst());
    }

    @Test
    void whatIsOffIsLeftOut() {
        assertEquals(
                List.of(TLS1_3, TLS1_1), ALL.withOff(Set.of(TLS1_2, TLS1_0)).newestFirst());
    }

    // SSL_CTX_new(3): a version that is disabled above an enabled one disables, for clients, all that follow.
    @Test
    void aClientOffersNothingAboveAHole() {
        assertEquals(
                List.of(TLS1_3, TLS1_2),
                ALL.withOff(Set.of(TLS1_0, TLS1_1)).withoutHoles().newestFirst());
        assertEquals(
                List.of(TLS1_1),
                ALL.withOff(Set.of(TLS1_0, TLS1_2)).withoutHoles().newestFirst());
        assertEquals(List.of(TLS1_0), ALL.withOff(Set.of(TLS1_1)).withoutHoles().newestFirst());
        assertEquals(
                List.of(TLS1_2, TLS1_1, TLS1_0),
                ALL.withOff(Set.of(TLS1_3)).withoutHoles().newestFirst());
        assertEquals(
                List.of(),
                ALL.withOff(Set.of(TLS1_0, TLS1_1, TLS1_2, TLS1_3))
                        .withoutHoles()
                        .newestFirst());
    }

    @Test
    void aLevelTurnsVersionsOff() {
        assertEquals(List.of(TLS1_3, TLS1_2), ALL.at(SecurityLevel.LEVEL_1).newestFirst());
        assertEquals(ALL.newestFirst(), ALL.at(SecurityLevel.LEVEL_0).newestFirst());
        assertEquals(
                List.of(TLS1_3),
                ALL.withOff(Set.of(TLS1_2)).at(SecurityLevel.LEVEL_2).newestFirst());
    }
}
