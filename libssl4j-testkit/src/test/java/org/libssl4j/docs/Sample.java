// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.libssl4j.SslCtx;

/** The server in docs/samples, compiled from there and running on a thread of its own. */
public final class Sample implements AutoCloseable {
    private static final String NAME = "SelectorEchoServer";
    private static final Path SOURCE = Path.of("..", "docs", "samples", NAME + ".java");

    private final URLClassLoader loader;
    private final Object server;
    private final Thread thread;

    private Sample(URLClassLoader loader, Object server) {
        this.loader = loader;
        this.server = server;
        this.thread = new Thread((Runnable) server, NAME);
        thread.setDaemon(true);
        thread.start();
    }

    /** Compiles it into a directory, unless it is there, with every warning an error, and starts it on a free port of the loopback. */
    public static Sample start(SslCtx ctx, Path directory) throws Exception {
        if (!Files.exists(directory.resolve(NAME + ".class"))) {
            compile(directory);
        }
        URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, Sample.class.getClassLoader());
        Object server = loader.loadClass(NAME)
                .getConstructor(SslCtx.class, InetSocketAddress.class)
                .newInstance(ctx, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Sample(loader, server);
    }

    private static void compile(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of(
                "-Xlint:all,-path,-processing",
                "-Werror",
                "-proc:none",
                "--release",
                "17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean good = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(SOURCE.toFile()))
                    .call();
            if (!good) {
                throw new AssertionError(SOURCE + " does not compile:\n" + complaints);
            }
        }
    }

    public int port() {
        return (int) call("port");
    }

    /** How often its selector came back. */
    public long turns() {
        return (long) call("turns");
    }

    public void stop() {
        call("stop");
    }

    /** Waits until it has come to its end. */
    public void awaitEnd() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the sample goes on");
        }
    }

    private Object call(String method) {
        try {
            return server.getClass().getMethod(method).invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops it; its clients have to be gone. */
    @Override
    public void close() throws IOException {
        try (loader) {
            stop();
            awaitEnd();
        }
    }
}
