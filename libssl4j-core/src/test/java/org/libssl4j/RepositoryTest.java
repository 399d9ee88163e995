// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules for every file of the repository. */
class RepositoryTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", ".settings");
    private static final String LICENCE =
            "// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.\n";

    /** Directories that are somebody's own. Those that every system of a kind has, such as /usr/lib/jvm, may be named. */
    private static final Pattern SOMEBODYS_DIRECTORY =
            Pattern.compile("(?<![\\w.$}>-])/(home|root|Users|work|workspace|tmp)/\\w");

    @Test
    void theFilesAreFound() throws IOException {
        assertTrue(files(f -> f.endsWith("LICENSE")).contains(Path.of("LICENSE")));
    }

    @Test
    void noFileNamesADirectoryOfTheMachineItWasWrittenOn() throws IOException {
        List<Path> found = files(f -> SOMEBODYS_DIRECTORY.matcher(text(f)).find());
        assertEquals(List.of(), found, "files that name a directory of one machine");
    }

    @Test
    void everyJavaSourceBeginsWithTheLicence() throws IOException {
        List<Path> found = files(f -> f.toString().endsWith(".java") && !text(f).startsWith(LICENCE));
        assertEquals(List.of(), found, "Java sources that do not begin with the line on the licence");
    }

    /** Bytes and characters are the same here, so that a file that is no text is read as well. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> files(Predicate<Path> which) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(directory.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.endsWith(".git") && which.test(file)) {
                    found.add(ROOT.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
