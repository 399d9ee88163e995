// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Bouncy Castle's lightweight primitives behind libssl4j's crypto interfaces. */
package org.libssl4j.bouncycastle;
