// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;

/** Who looks on; each may be null. */
public record Callbacks(KeylogCb keylog, MsgCb msg, InfoCb info) {
    public static final Callbacks NONE = new Callbacks(null, null, null);

    public Callbacks withKeylog(KeylogCb k) {
        return new Callbacks(k, msg, info);
    }

    public Callbacks withMsg(MsgCb m) {
        return new Callbacks(keylog, m, info);
    }

    public Callbacks withInfo(InfoCb i) {
        return new Callbacks(keylog, msg, i);
    }
}
