// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What the tests of libssl4j share; no part of the library. */
module org.libssl4j.testkit {
    requires org.libssl4j;

    exports org.libssl4j.testkit.pki;
}
