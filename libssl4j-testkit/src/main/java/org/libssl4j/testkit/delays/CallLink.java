// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.libssl4j.bio.AcceptBio;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.ConnectBio;
import org.libssl4j.bio.FilterBio;

/** A link that is not connected until both ends have called. */
final class CallLink {
    private CallLink() {}

    static Link open() throws IOException {
        AcceptBio door = new AcceptBio("127.0.0.1:0");
        door.setNbioAccept(true);
        door.setNbio(true);
        door.setAcceptBios(AtOnce::new);
        door.doAccept(); // binds the port
        ConnectBio caller = new ConnectBio();
        caller.setConnAddress(door.localAddress());
        caller.setNbio(true);
        caller.setTcpNodelay(true);
        return new JoinedLink(caller, door, false, CallLink::end);
    }

    private static boolean end(Bio from) throws IOException {
        if (!(from instanceof ConnectBio c)) {
            ((SocketChannel) from.find(ChannelBio.class).channel()).shutdownOutput();
            return true;
        }
        if (c.doConnect() < 0) {
            return false;
        }
        c.channel().shutdownOutput();
        return true;
    }

    /** Lets an accepted connection send a byte at a time without waiting for the last one's ACK. */
    private static final class AtOnce extends FilterBio {
        @Override
        protected void nextChanged() {
            ChannelBio c = find(ChannelBio.class);
            if (c == null) {
                return;
            }
            try {
                ((SocketChannel) c.channel()).setOption(StandardSocketOptions.TCP_NODELAY, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
