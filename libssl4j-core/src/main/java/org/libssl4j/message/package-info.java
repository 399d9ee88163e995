// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * The handshake messages, one record each, which read and write their bytes and know no policy.
 *
 * <p>Records hold the arrays that they are given and do not copy them; nobody changes an array once a record has it. The {@code equals} of a record compares an array by identity: who wants to know whether two messages are alike compares what they write.
 */
package org.libssl4j.message;
