// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.libssl4j.spi.KeylogCb;

/** The file of {@code -keylogfile} (RFC 9850): lines are added to what it has, each in one write. Thread-safe. */
final class KeyLogFile implements KeylogCb, AutoCloseable {
    private final FileChannel file;
    private final Terminal terminal;
    private boolean failed;

    KeyLogFile(Path path, Terminal terminal) throws Failure {
        this.terminal = terminal;
        try {
            this.file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    ownersOnly());
        } catch (IOException | UnsupportedOperationException e) {
            throw new Failure("-keylogfile " + path + ": cannot be written: " + Failure.text(e), e);
        }
    }

    // RFC 9850 §3: whoever reads the file reads the connections, so a new one is its owner's alone.
    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public synchronized void line(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            if (!failed) { // a log that cannot be written is no reason to end the connection
                terminal.note("key log: " + Failure.text(e));
            }
            failed = true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
