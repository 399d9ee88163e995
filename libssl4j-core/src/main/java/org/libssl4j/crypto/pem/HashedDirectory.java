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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.libssl4j.wire.DecodeException;

/**
 * A directory of certificates as {@code openssl rehash} leaves it: for each a file, or a link to one, whose name is a hash of its subject in eight digits, a dot, and a number that tells those with the same hash apart.
 *
 * <p>All of them are read at once. OpenSSL looks for a file when it needs the issuer of that name; read at once, no handshake waits for a disk, and what is trusted does not change under a connection. A file that OpenSSL would not come upon, since its name is the hash of no subject in it, or a lower number is missing, is not trusted here either: it may be a link that was left behind when the file got another certificate.
 */
public final class HashedDirectory {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}\\.(0|[1-9][0-9]{0,3})");
    private static final int HASH = 8; // digits
    private static final int MOST_FILES = 20_000;
    private static final int MOST_BYTES = 1 << 20;

    private HashedDirectory() {}

    /**
     * Its certificates. Files of other names are left alone; one that has no certificate in it with a subject that its name is the hash of is passed over. One that is missing, cannot be read or has no certificate ends the row of its hash. Of any other all certificates are taken. All of it is as with OpenSSL.
     *
     * @throws IOException if the directory cannot be read, or has more than twenty thousand such files
     */
    public static List<X509Certificate> read(Path directory) throws IOException {
        List<X509Certificate> list = new ArrayList<>();
        Set<String> names = names(directory);
        for (String name : names) {
            if (name.endsWith(".0")) {
                readRow(directory, name.substring(0, HASH), names, list);
            }
        }
        return list;
    }

    /** OpenSSL asks for the files of a hash by their numbers from 0 on, until there is none or one that is of no use. */
    private static void readRow(Path directory, String hash, Set<String> names, List<X509Certificate> list) {
        for (int i = 0; names.contains(hash + "." + i); i++) {
            try {
                List<X509Certificate> found =
                        Certificates.readX509(SmallFile.read(directory.resolve(hash + "." + i), MOST_BYTES));
                if (found.isEmpty()) {
                    return;
                }
                if (isFound(hash, found)) {
                    list.addAll(found);
                }
            } catch (IOException | GeneralSecurityException | DecodeException e) {
                return; // a link that leads nowhere, or something else under such a name
            }
        }
    }

    /** Whether who looks for the issuer of one of them comes upon a file of this hash. */
    private static boolean isFound(String hash, List<X509Certificate> certificates) throws DecodeException {
        for (X509Certificate c : certificates) {
            if (hash.equals(SubjectHash.of(c.getSubjectX500Principal().getEncoded()))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                directory, p -> NAME.matcher(p.getFileName().toString()).matches())) {
            for (Path p : all) {
                if (names.size() == MOST_FILES) {
                    throw new IOException(directory + " has more than " + MOST_FILES + " certificates");
                }
                names.add(p.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
