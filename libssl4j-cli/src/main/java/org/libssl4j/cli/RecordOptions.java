// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.SslCtx;
import picocli.CommandLine.Option;

/** How large records are, and how they are padded. */
final class RecordOptions {
    @Option(
            names = "-max_send_frag",
            paramLabel = "BYTES",
            description = "The most content of a record that is sent: 512 to 16384.")
    String maxSendFragment;

    @Option(
            names = "-split_send_frag",
            paramLabel = "BYTES",
            description = "Where data is split for pipelines; as there is one, the limit of -max_send_frag counts.")
    String splitSendFragment;

    @Option(
            names = "-record_padding",
            paramLabel = "BYTES[,BYTES]",
            description = "Records are padded to whole blocks of this size; those of the handshake to the second.")
    String padding;

    void apply(SslCtx ctx) throws Failure {
        OptionValue.number("-max_send_frag", maxSendFragment, ctx::setMaxSendFragment);
        OptionValue.number("-split_send_frag", splitSendFragment, ctx::setSplitSendFragment);
        OptionValue.given("-record_padding", padding, v -> {
            String[] sizes = v.split(",", -1);
            if (sizes.length > 2) {
                throw new IllegalArgumentException("one size or two are wanted");
            }
            ctx.setBlockPadding(OptionValue.bytes(sizes[0]), OptionValue.bytes(sizes[sizes.length - 1]));
        });
    }
}
