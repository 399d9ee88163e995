// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.testkit.delays.Op.endOfStream;
import static org.libssl4j.testkit.delays.Op.handshake;
import static org.libssl4j.testkit.delays.Op.keyUpdate;
import static org.libssl4j.testkit.delays.Op.kit;
import static org.libssl4j.testkit.delays.Op.read;
import static org.libssl4j.testkit.delays.Op.readToTheEnd;
import static org.libssl4j.testkit.delays.Op.shutdown;
import static org.libssl4j.testkit.delays.Op.shutdownBothWays;
import static org.libssl4j.testkit.delays.Op.write;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.testkit.delays.KitEngine;
import org.libssl4j.testkit.delays.Op;

/** What follows a handshake: data, what makes records small or large, tickets, new keys, and the end. */
final class DataFlows {
    private DataFlows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>(afterTheHandshake());
        all.addAll(ends());
        return all;
    }

    private static List<Flow> afterTheHandshake() {
        List<Flow> flows = new ArrayList<>();
        for (int n : new int[] {0, 1, 16_384, 16_385, 100_000}) {
            flows.add(Flow.of(n + " bytes each way")
                    .bytes(2 * n)
                    .clientDoes(handshake(), write(n), read(n), shutdown(), shutdownBothWays())
                    .serverDoes(handshake(), read(n), write(n), readToTheEnd(), shutdownBothWays()));
        }
        flows.add(Flow.of("data read by the spoonful")
                .bytes(5_000)
                .clientDoes(handshake(), write(5_000), shutdown())
                .serverDoes(handshake(), read(5_000, 7), readToTheEnd()));
        flows.add(Flow.of("a server that gives tickets")
                .kit(KitEngine.Traits.of(Role.SERVER))
                .bytes(6)
                .clientDoes(handshake(), write(3), read(3), shutdown(), shutdownBothWays())
                .serverDoes(
                        handshake(),
                        ticket(7200, 40),
                        ticket(604_800, 700),
                        read(3),
                        write(3),
                        readToTheEnd(),
                        shutdown()));
        flows.add(Flow.of("a ticket that lives too long")
                .kit(KitEngine.Traits.of(Role.SERVER))
                .clientDoes(handshake(), readToTheEnd())
                .serverDoes(handshake(), ticket(604_801, 40), readToTheEnd())
                .fails(Role.CLIENT, Reason.BAD_EXTENSION, AlertDescription.ILLEGAL_PARAMETER));
        for (boolean request : new boolean[] {false, true}) {
            Op update = kit("key update", e -> e.keyUpdate(request));
            String how = request ? " and asks for the other's" : "";
            flows.add(Flow.of("a client that updates its keys" + how)
                    .kit(KitEngine.Traits.of(Role.CLIENT))
                    .bytes(20_021)
                    .clientDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5))
                    .serverDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5)));
            flows.add(Flow.of("a server that updates its keys" + how)
                    .kit(KitEngine.Traits.of(Role.SERVER))
                    .bytes(20_021)
                    .clientDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5))
                    .serverDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5)));
        }
        flows.addAll(records());
        return flows;
    }

    /** Data both ways, with whatever makes records small, large or different. */
    private static List<Flow> records() {
        List<Flow> flows = new ArrayList<>(List.of(
                bulk("small fragments of both")
                        .client(c -> c.setMaxSendFragment(512))
                        .server(s -> s.setMaxSendFragment(700)),
                bulk("padding to blocks").client(c -> c.setBlockPadding(1000)).server(s -> s.setBlockPadding(0, 4096)),
                bulk("padding by a callback")
                        .clientAsks((c, b) -> c.setRecordPaddingCallback(
                                b.asked(RecordPaddingCb.class, (ssl, type, length) -> length % 7 * 100)))
                        .serverAsks((s, b) -> s.setRecordPaddingCallback(
                                b.asked(RecordPaddingCb.class, (ssl, type, length) -> type == 23 ? 20_000 : 1))),
                bulk("a client that takes small records").client(c -> c.setRecordSizeLimit(300)),
                bulk("a server that takes small records").server(s -> s.setRecordSizeLimit(300)),
                bulk("both take small records, and one pads")
                        .client(c -> c.setRecordSizeLimit(200))
                        .server(s -> {
                            s.setRecordSizeLimit(900);
                            s.setBlockPadding(512);
                        }),
                bulk("a max_fragment_length of 512, after a HelloRetryRequest")
                        .client(c -> {
                            c.setRecordSizeLimit(0);
                            c.setTlsextMaxFragmentLength(FragmentLength.BYTES_512);
                        })
                        .server(s -> s.set1GroupsList("P-256")),
                bulk("keys that are used up soon, with small fragments")
                        .client(c -> {
                            c.setMaxSendFragment(512);
                            c.setRecordsPerKey(2);
                        })
                        .server(s -> {
                            s.setRecordsPerKey(4);
                            s.setMaxSendFragment(700);
                        })));
        for (boolean request : new boolean[] {false, true}) {
            Op update = keyUpdate(request);
            String how = request ? " and asks for the other's" : "";
            flows.add(Flow.of("our client updates its keys" + how)
                    .bytes(20_021)
                    .clientDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5))
                    .serverDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5)));
            flows.add(Flow.of("our server updates its keys" + how)
                    .bytes(20_021)
                    .clientDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5))
                    .serverDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5)));
        }
        return flows;
    }

    private static Flow bulk(String name) {
        return Flow.of(name)
                .bytes(6_000)
                .clientDoes(handshake(), write(3_000), read(3_000), shutdown(), shutdownBothWays())
                .serverDoes(handshake(), read(3_000), write(3_000), readToTheEnd(), shutdownBothWays());
    }

    private static Op ticket(int lifetime, int length) {
        NewSessionTicket13 t = new NewSessionTicket13(
                lifetime, 17, new byte[] {(byte) length}, Op.content(length), ExtensionBlock.EMPTY);
        return kit("ticket of " + length, e -> e.ticket(t));
    }

    // ---- ends ------------------------------------------------------------------------------------------------------

    private static List<Flow> ends() {
        return List.of(
                Flow.of("the client shuts down, one way")
                        .clientDoes(handshake(), shutdown())
                        .serverDoes(handshake(), readToTheEnd()),
                Flow.of("the server shuts down, one way")
                        .clientDoes(handshake(), readToTheEnd())
                        .serverDoes(handshake(), shutdown()),
                Flow.of("both shut down at once")
                        .clientDoes(handshake(), shutdownBothWays())
                        .serverDoes(handshake(), shutdownBothWays()),
                Flow.of("half closed: the server goes on writing")
                        .bytes(20_003)
                        .clientDoes(handshake(), write(3), shutdown(), read(20_000), readToTheEnd())
                        .serverDoes(handshake(), readToTheEnd(), write(20_000), shutdownBothWays()),
                Flow.of("cut off behind the data")
                        .bytes(3)
                        .clientDoes(handshake(), readToTheEnd())
                        .serverDoes(handshake(), write(3), endOfStream())
                        .fails(Role.CLIENT, Reason.UNEXPECTED_EOF_WHILE_READING, null),
                Flow.of("cut off before the handshake")
                        .clientDoes(endOfStream())
                        .serverDoes(handshake())
                        .fails(Role.SERVER, Reason.UNEXPECTED_EOF_WHILE_READING, null));
    }
}
