// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.libssl4j.wire.DecodeException;

/**
 * A directory of certificates as {@code openssl rehash} leaves it: for each a file, or a link to one, whose name is a hash of its subject in eight digits, a dot, and a number that tells those with the same hash apart.
 *
 * <p>All of them are read at once. OpenSSL looks for a file when it needs the issuer of that name; read at once, no handshake waits for a disk, and what is trusted does not change under a connection. A file that OpenSSL would not come upon, since its name is the hash of no subject in it, is not trusted here either: it may be a link that was left behind when the file got another certificate.
 */
public final class HashedDirectory {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}\\.[0-9]{1,4}");
    private static final int MOST_FILES = 20_000;
    private static final int MOST_BYTES = 1 << 20;

    private HashedDirectory() {}

    /**
     * Its certificates. Files of other names are left alone; one that cannot be read, or has no certificate in it with a subject that its name is the hash of, is passed over as OpenSSL does. Of any other all certificates are taken, as OpenSSL does, too.
     *
     * @throws IOException if the directory cannot be read, or has more than twenty thousand such files
     */
    public static List<X509Certificate> read(Path directory) throws IOException {
        List<X509Certificate> list = new ArrayList<>();
        for (Path file : files(directory)) {
            try {
                List<X509Certificate> found = Certificates.readX509(SmallFile.read(file, MOST_BYTES));
                if (isFound(file.getFileName().toString(), found)) {
                    list.addAll(found);
                }
            } catch (IOException | GeneralSecurityException | DecodeException e) {
                continue; // a link that leads nowhere, or something else under such a name
            }
        }
        return list;
    }

    /** Whether who looks for the issuer of one of them comes upon a file of this name. */
    private static boolean isFound(String name, List<X509Certificate> certificates) throws DecodeException {
        for (X509Certificate c : certificates) {
            if (name.startsWith(SubjectHash.of(c.getSubjectX500Principal().getEncoded()) + ".")) {
                return true;
            }
        }
        return false;
    }

    private static TreeSet<Path> files(Path directory) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                directory, p -> NAME.matcher(p.getFileName().toString()).matches())) {
            for (Path p : all) {
                if (files.size() == MOST_FILES) {
                    throw new IOException(directory + " has more than " + MOST_FILES + " certificates");
                }
                files.add(p);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
