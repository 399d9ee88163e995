// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.util.List;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BioPair;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.PairedBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.bio.StreamBio;

/** The kinds of links that there are. A new kind of Bio needs a line here; a NullBio, of which nothing can be read, joins nobody. */
public final class Links {
    /** Two memory Bios without limit. */
    public static final Link.Kind MEMORY =
            new Link.Kind("MemoryBio", false, () -> new MemoryLink(new MemoryBio(), new MemoryBio()));

    /** Two memory Bios that are soon full. */
    public static final Link.Kind SMALL_MEMORY =
            new Link.Kind("MemoryBio of 61 bytes", false, () -> new MemoryLink(new MemoryBio(61), new MemoryBio(61)));

    /** Non-blocking channels. */
    public static final Link.Kind CHANNEL =
            new Link.Kind("ChannelBio", true, () -> new LoopbackLink(false, ChannelBio::new));

    /** Blocking sockets, each end on a thread of its own. */
    public static final Link.Kind SOCKET =
            new Link.Kind("SocketBio", true, () -> new LoopbackLink(true, c -> new SocketBio(c.socket())));

    /** The streams of blocking sockets. */
    public static final Link.Kind STREAM = new Link.Kind(
            "StreamBio",
            true,
            () -> new LoopbackLink(
                    true,
                    c -> new StreamBio(c.socket().getInputStream(), c.socket().getOutputStream())));

    /** A pair whose buffers have odd sizes. */
    public static final Link.Kind PAIR = new Link.Kind("BioPair", false, () -> {
        BioPair p = BioPair.of(61, 131);
        return new JoinedLink(p.first(), p.second(), true, Links::shutWrite);
    });

    /** Filters that change nothing before a pair. */
    public static final Link.Kind FILTERED = new Link.Kind("FilterBio before a BioPair", false, () -> {
        BioPair p = BioPair.of(61, 131);
        return new JoinedLink(
                new FilterBio().push(p.first()), new FilterBio().push(p.second()), true, Links::shutWrite);
    });

    /** Buffers before a pair that holds them up. */
    public static final Link.Kind BUFFERED = new Link.Kind("BufferBio before a BioPair", false, () -> {
        BioPair p = BioPair.of(61, 131);
        Delays behind = Delays.none().bytesAtATime(7).roomAtATime(5);
        Bio client = new BufferBio().push(new DelayedBio(behind, p.first()));
        Bio server = new BufferBio().push(new DelayedBio(behind, p.second()));
        return new JoinedLink(client, server, false, from -> {
            if (from.flush() < 0) {
                return false;
            }
            (from == client ? p.first() : p.second()).shutdownWrite();
            return true;
        });
    });

    /** TLS in TLS. */
    public static final Link.Kind TLS = new Link.Kind("SslBio", true, TlsInTls::open);

    /** A connection that is made by the first calls of the two ends. */
    public static final Link.Kind CALL = new Link.Kind("ConnectBio, AcceptBio", true, CallLink::open);

    private Links() {}

    /** All of them. */
    public static List<Link.Kind> all() {
        return List.of(MEMORY, SMALL_MEMORY, CHANNEL, SOCKET, STREAM, PAIR, FILTERED, BUFFERED, TLS, CALL);
    }

    private static boolean shutWrite(Bio from) throws IOException {
        if (from.flush() < 0) {
            return false;
        }
        from.find(PairedBio.class).shutdownWrite();
        return true;
    }
}
