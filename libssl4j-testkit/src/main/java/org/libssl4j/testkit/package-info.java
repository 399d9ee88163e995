// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Test certificates, a scripted carrier, deterministic primitives, and helpers to run other programs. */
package org.libssl4j.testkit;
