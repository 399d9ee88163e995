// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;

/** Who looks on, or is asked; each may be null. Immutable. */
public final class Callbacks {
    /** Nobody. */
    public static final Callbacks NONE = new Callbacks();

    private KeylogCb keylog;
    private MsgCb msg;
    private InfoCb info;
    private CertificateSource certificate;
    private CertificateSource clientCertificate;

    private Callbacks() {}

    private Callbacks(Callbacks o) {
        keylog = o.keylog;
        msg = o.msg;
        info = o.info;
        certificate = o.certificate;
        clientCertificate = o.clientCertificate;
    }

    /** Receives the key log. */
    public KeylogCb keylog() {
        return keylog;
    }

    public Callbacks withKeylog(KeylogCb k) {
        Callbacks next = new Callbacks(this);
        next.keylog = k;
        return next;
    }

    /** Looks at protocol messages. */
    public MsgCb msg() {
        return msg;
    }

    public Callbacks withMsg(MsgCb m) {
        Callbacks next = new Callbacks(this);
        next.msg = m;
        return next;
    }

    /** Looks at the handshake's progress. */
    public InfoCb info() {
        return info;
    }

    public Callbacks withInfo(InfoCb i) {
        Callbacks next = new Callbacks(this);
        next.info = i;
        return next;
    }

    /** Sets our certificates before one is chosen. */
    public CertificateSource certificate() {
        return certificate;
    }

    public Callbacks withCertificate(CertificateSource c) {
        Callbacks next = new Callbacks(this);
        next.certificate = c;
        return next;
    }

    /** Gives a client's certificate where none that was set fits. */
    public CertificateSource clientCertificate() {
        return clientCertificate;
    }

    public Callbacks withClientCertificate(CertificateSource c) {
        Callbacks next = new Callbacks(this);
        next.clientCertificate = c;
        return next;
    }
}
