// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Secret;
import org.libssl4j.flow.Agree;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** A secret that another thread computes and that comes when the connection is over. */
class LateSecretTest {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Secret> handedOn = new ArrayList<>();
    private final Secret secret = Secret.copyOf(new byte[] {1, 2, 3}, 0, 3);
    private final ScriptedPair pair = new ScriptedPair(
            Configs.client().with((Executor) waiting::add), Configs.server(), Configs.CRYPTO, CarrierTraits.TLS);
    private final Handshake handshake = pair.client.handshake;
    private final State agree = new Agree<>(StateName.CR_SRVR_HELLO, () -> secret, Secret::close, (hs, s) -> {
        handedOn.add(s);
        return null;
    });

    @Test
    void isWiped() throws Exception {
        agree.run(handshake);
        assertEquals(Want.ASYNC, handshake.want());
        pair.client.secrets.close();
        waiting.get(0).run();
        assertTrue(secret.isDestroyed());
    }

    @Test
    void isNotWipedIfItComesInTime() throws Exception {
        agree.run(handshake);
        waiting.get(0).run();
        agree.run(handshake);
        assertEquals(List.of(secret), handedOn);
        assertFalse(secret.isDestroyed());
    }
}
