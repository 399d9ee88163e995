// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Runs a pair of connections with the delays that a network, a callback or an executor may cause; what comes of it must not depend on them. */
package org.libssl4j.testkit.delays;
