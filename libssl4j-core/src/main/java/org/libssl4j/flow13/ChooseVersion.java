// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.negotiate.RecordSizes;
import org.libssl4j.negotiate.VersionChoice;
import org.libssl4j.spi.FragmentLength;

/** Chooses the version that a server speaks (RFC 9846 §4.3.1 [8446 4.2.1]): the point where versions part. */
final class ChooseVersion implements State {
    private final ServerFlow13 flow;
    private final AcceptedHello accepted;
    private final RetrySent asked;

    /** @param asked what the HelloRetryRequest of another connection said; null if this is the client's first ClientHello */
    ChooseVersion(ServerFlow13 flow, AcceptedHello accepted, RetrySent asked) {
        this.flow = flow;
        this.accepted = accepted;
        this.asked = asked;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        ProtocolVersion version = VersionChoice.forServer(accepted.hello(), ours(env.config()));
        RecordSizes sizes = RecordSizes.forServer(
                accepted.hello().extensions(), env.config().records());
        env.negotiated().version(version);
        env.negotiated().maxFragment(sizes.maxFragment());
        // RFC 6066 §4: a max_fragment_length holds at once, also for what is sent without protection; a
        // record_size_limit (RFC 8449 §4) begins with protection.
        if (sizes.maxFragment() != FragmentLength.DISABLED) {
            hs.limitRecords(Direction.WRITE, sizes.send());
        }
        return flow.afterVersion(hs, accepted, version, asked);
    }

    /** RFC 9846 §4.3.2 [8446 4.2.2]: cookies are of TLS 1.3, so a server that keeps nothing for a client without one speaks no older version. A hello of an older one would have it sign and keep all. */
    private static Versions ours(HandshakeConfig config) {
        return config.cookies() == null ? config.versions() : config.versions().withMin(ProtocolVersion.TLS1_3);
    }
}
