// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which libssl4j this is, what it runs on, and who does the cryptography. */
@Command(name = "version", description = "Prints the version of libssl4j and of what it runs on.")
final class Version implements Callable<Integer> {
    private static final String PROJECT = read();

    private final Terminal terminal;

    @Option(names = "-a", description = "Says who does the cryptography as well: an operation a line.")
    private boolean all;

    @Mixin
    private final HelpOptions help = new HelpOptions();

    Version(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The version of the project. */
    static String project() {
        return PROJECT;
    }

    private static String read() {
        Properties p = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            p.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return p.getProperty("version");
    }

    @Override
    public Integer call() {
        terminal.line("libssl4j " + PROJECT);
        terminal.line("Java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " ("
                + System.getProperty("java.vendor") + ")");
        terminal.line("System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        if (all) {
            terminal.line("Who does the cryptography:");
            terminal.print(JcaCrypto.of(CryptoPolicy.DEFAULT).describe());
        }
        return 0;
    }
}
