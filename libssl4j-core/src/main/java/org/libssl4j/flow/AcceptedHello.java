// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.message.ClientHello;

/**
 * A ClientHello that the application has let pass.
 *
 * @param nameAccepted whether the client's server_name was accepted, so that it is to be told (RFC 6066 §3)
 */
public record AcceptedHello(ClientHello hello, boolean nameAccepted) {}
