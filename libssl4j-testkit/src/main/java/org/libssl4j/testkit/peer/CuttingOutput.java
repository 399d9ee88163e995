// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A peer's output that passes whole records on until it is told to cut: then other bytes go out in place of the next record, and nothing after them. So a correct peer turns bad in the flight that a test chooses. For one thread. */
public final class CuttingOutput extends OutputStream {
    private static final int HEADER = 5; // RFC 9846 §5.1: type, version, length

    private final Socket socket;
    private final OutputStream out;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private int length; // of the record under way, from its header
    private int recordsLeft = Integer.MAX_VALUE;
    private byte[] instead;
    private boolean end;
    private boolean cut;

    public CuttingOutput(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    /**
     * Arms it.
     *
     * @param records pass first
     * @param bytes go out then
     * @param close whether the stream ends behind them
     */
    public void cutAfter(int records, byte[] bytes, boolean close) {
        recordsLeft = records;
        instead = bytes.clone();
        end = close;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        for (int i = 0; i < len && !cut; i++) {
            if (recordsLeft == 0) {
                cut();
                return;
            }
            record.write(b[off + i]);
            length = record.size() == 4 || record.size() == 5 ? length << 8 | b[off + i] & 0xff : length;
            if (record.size() >= HEADER && record.size() == HEADER + length) {
                record.writeTo(out);
                record.reset();
                length = 0;
                recordsLeft--;
            }
        }
    }

    private void cut() throws IOException {
        cut = true;
        out.write(instead);
        out.flush();
        if (end) {
            socket.shutdownOutput();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
