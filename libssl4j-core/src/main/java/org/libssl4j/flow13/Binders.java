// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.keyschedule.EarlyKeys;
import org.libssl4j.keyschedule.PskBinder;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.session.SessionState;

/** The binders of a ClientHello (RFC 9846 §4.3.11.2 [8446 4.2.11.2]): each is a MAC over all that stands before their list, and over the messages before the hello. {@code Transcript.mark} says which those are. */
final class Binders {
    private Binders() {}

    /** As many as there are keys, of the right lengths and without content. */
    static List<byte[]> blank(List<SessionState> psks) {
        return psks.stream().map(s -> new byte[s.suite().hash().length()]).toList();
    }

    /** The hello with the binders of these keys in the place of blank ones; its length stays. */
    static ClientHello fill(Env env, ClientHello hello, List<SessionState> psks) throws TlsException {
        PreSharedKey.Offer blank = hello.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        byte[] raw = hello.toMessage().raw();
        int length = raw.length - blank.bindersLength();
        List<byte[]> binders = new ArrayList<>();
        for (SessionState psk : psks) {
            try (EarlyKeys early = new EarlyKeys(env.crypto(), psk.suite().hash(), psk.secret());
                    PskBinder binder = early.binder(psk.external())) {
                binders.add(binder.over(hash(env, psk, raw, length)));
            }
        }
        return hello.with(hello.extensions()
                .with(new PreSharedKey.Offer(blank.identities(), Collections.unmodifiableList(binders))));
    }

    /** Whether the client that sent this hello has the key with this number. */
    static boolean verify(Env env, ClientHello hello, PreSharedKey.Offer offer, int number, SessionState psk) {
        byte[] raw = hello.toMessage().raw();
        try (EarlyKeys early = new EarlyKeys(env.crypto(), psk.suite().hash(), psk.secret());
                PskBinder binder = early.binder(psk.external())) {
            return binder.matches(
                    hash(env, psk, raw, raw.length - offer.bindersLength()),
                    offer.binders().get(number));
        }
    }

    private static byte[] hash(Env env, SessionState psk, byte[] raw, int length) {
        HashAlgorithm algorithm = psk.suite().hash();
        return env.transcript().hashFromMark(algorithm, raw, length);
    }
}
