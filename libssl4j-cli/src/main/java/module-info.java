// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The command line of libssl4j. */
module org.libssl4j.cli {
    requires java.naming;
    requires org.libssl4j;
    requires org.libssl4j.bouncycastle;
    requires info.picocli;

    opens org.libssl4j.cli to
            info.picocli;
}
