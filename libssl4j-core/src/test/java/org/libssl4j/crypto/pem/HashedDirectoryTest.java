// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashedDirectoryTest {
    @TempDir
    Path directory;

    private static String pem(String name) throws Exception {
        Instant now = Instant.now();
        return PemWriter.certificate(
                SelfSigned.make(List.of(name), now, now.plusSeconds(60)).certificate());
    }

    private void write(String file, String content) throws Exception {
        Files.writeString(directory.resolve(file), content);
    }

    private Set<String> names() throws IOException {
        return HashedDirectory.read(directory).stream()
                .map(c -> c.getSubjectX500Principal().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void allCertificatesOfAllFilesOfSuchNamesAreRead() throws Exception {
        write("0badcafe.0", pem("a.example") + pem("b.example"));
        write("0badcafe.1", pem("c.example"));
        assertEquals(Set.of("CN=a.example", "CN=b.example", "CN=c.example"), names());
    }

    @Test
    void filesOfOtherNamesAreLeftAlone() throws Exception {
        for (String file :
                List.of("ca.pem", "0badcafe", "0badcafe.r0", "0BADCAFE.0", "0badcafe0.0", "0badcafe.0.bak")) {
            write(file, pem("x.example"));
        }
        assertEquals(Set.of(), names());
    }

    @Test
    void whatHasNoCertificateInItIsPassedOver() throws Exception {
        write("00000000.0", "nothing");
        write("00000001.0", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.createSymbolicLink(directory.resolve("00000002.0"), Path.of("nowhere.pem"));
        Files.createDirectory(directory.resolve("00000003.0"));
        write("00000004.0", pem("a.example"));
        assertEquals(Set.of("CN=a.example"), names());
    }

    @Test
    void aDirectoryThatIsNotThereIsToldOf() {
        assertThrows(IOException.class, () -> HashedDirectory.read(directory.resolve("missing")));
    }
}
