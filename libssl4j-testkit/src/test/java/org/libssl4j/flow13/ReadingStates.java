// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.libssl4j.handshake.State;

/** States whose class asks the driver for a message, told from the names in its constant pool. */
public final class ReadingStates {
    private ReadingStates() {}

    /** Those in the packages of these classes. */
    public static Set<String> of(Class<?>... neighbours)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Set<String> names = new TreeSet<>();
        for (Class<?> there : neighbours) {
            for (Map.Entry<String, byte[]> c : classes(there).entrySet()) {
                Class<?> type = Class.forName(there.getPackageName() + "." + c.getKey());
                String pool = new String(c.getValue(), StandardCharsets.ISO_8859_1);
                if (State.class.isAssignableFrom(type) && pool.contains("\4peek")) {
                    names.add(c.getKey());
                }
            }
        }
        return names;
    }

    /** The classes of a package, by name. */
    private static Map<String, byte[]> classes(Class<?> there) throws IOException, URISyntaxException {
        URL url = there.getResource(there.getSimpleName() + ".class");
        if (!url.getProtocol().equals("jar")) {
            return classes(Path.of(url.toURI()).getParent());
        }
        String[] parts = url.toString().split("!");
        try (FileSystem jar = FileSystems.newFileSystem(URI.create(parts[0]), Map.of())) {
            return classes(jar.getPath(parts[1]).getParent());
        }
    }

    private static Map<String, byte[]> classes(Path directory) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path f : files.toList()) {
                String name = f.getFileName().toString();
                if (name.endsWith(".class") && !name.startsWith("package-info")) {
                    classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(f));
                }
            }
        }
        return classes;
    }
}
