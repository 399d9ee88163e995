// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.session.SessionState;

/**
 * The pre-shared key that a server has chosen (RFC 9846 §4.3.11 [8446 4.2.11]); its binder is right.
 *
 * @param session the session that is resumed, or an external key; wiped with the handshake
 * @param identity its number among those that the client offers
 */
public record PskChoice(SessionState session, int identity) {}
