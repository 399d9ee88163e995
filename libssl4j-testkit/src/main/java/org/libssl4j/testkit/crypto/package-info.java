// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Primitives for tests: deterministic where the real ones draw random bytes. */
package org.libssl4j.testkit.crypto;
