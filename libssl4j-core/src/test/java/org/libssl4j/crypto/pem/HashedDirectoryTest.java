// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
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

    /** The name of its file, by who it is for. */
    private static String hashed(String name, int number) throws Exception {
        return SubjectHash.of(new X500Principal("CN=" + name).getEncoded()) + "." + number;
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
        write(hashed("b.example", 0), pem("a.example") + pem("b.example"));
        for (int i = 0; i < 13; i++) {
            write(hashed("c.example", i), pem(i < 12 ? "another.example" : "c.example"));
        }
        assertEquals(Set.of("CN=a.example", "CN=b.example", "CN=c.example"), names());
    }

    @Test
    void aFileUnderTheHashOfAnotherNameIsNotTrusted() throws Exception {
        write(hashed("b.example", 0), pem("a.example"));
        assertEquals(Set.of(), names());
    }

    /** As tried with openssl verify -CApath of OpenSSL 3.0. */
    @Test
    void aFileBehindAGapIsNotTrusted() throws Exception {
        write(hashed("b.example", 1), pem("b.example"));
        assertEquals(Set.of(), names());
        write(hashed("b.example", 0), "nothing");
        assertEquals(Set.of(), names());
        write(hashed("b.example", 0), pem("another.example"));
        assertEquals(Set.of("CN=b.example"), names());
        write(hashed("c.example", 0) + "0", pem("c.example"));
        assertEquals(Set.of("CN=b.example"), names());
    }

    @Test
    void filesOfOtherNamesAreLeftAlone() throws Exception {
        String hash = hashed("x.example", 0).substring(0, 8);
        for (String file : List.of(
                "ca.pem", hash, hash + ".r0", hash.toUpperCase(Locale.ROOT) + ".0", hash + "0.0", hash + ".0.bak")) {
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
        write(hashed("a.example", 0), pem("a.example"));
        assertEquals(Set.of("CN=a.example"), names());
    }

    @Test
    void aDirectoryThatIsNotThereIsToldOf() {
        assertThrows(IOException.class, () -> HashedDirectory.read(directory.resolve("missing")));
    }
}
