// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The other end of a test's connection: an SSLEngine of another library over a socket, or another program as a process. */
package org.libssl4j.testkit.peer;
