// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/**
 * What a string in the language of SSL_CTX_set_cipher_list(3) and ciphers(1) says. Suites stand in two rows, those chosen and the rest, and each rule moves some from one to the other, or within one:
 *
 * <pre>
 *   string    = [ "DEFAULT" ] *( separator | rule )
 *   separator = ":" | "," | ";" | " "
 *   rule      = selection            choose those of the rest, behind those chosen
 *             | "-" selection        put them back, before the rest
 *             | "!" selection        drop them for good
 *             | "+" selection        move those chosen behind the others
 *             | "@STRENGTH"          strongest first
 *             | "@SECLEVEL=" digit   set the security level
 *   selection = word *( "+" word )   suites that are all of it
 *   word      = name of a suite | keyword ({@link CipherKeyword})
 * </pre>
 *
 * <p>Those of TLS 1.3 are not spoken of.
 *
 * @param suites in order of preference
 * @param level what the string said of it, or null
 */
public record CipherString(List<CipherSuite> suites, SecurityLevel level) {
    /** More than all names that there are, several times. */
    private static final int MAX_LENGTH = 16_384;

    private static final List<CipherSuite> ALL = Stream.of(CipherSuite.values())
            .filter(s -> !s.fits(ProtocolVersion.TLS1_3))
            .toList();

    public CipherString {
        suites = List.copyOf(suites);
    }

    /**
     * Reads a string.
     *
     * @param available which suites can be had; one that cannot is chosen by no keyword
     * @throws IllegalArgumentException for a name that is neither a suite nor a keyword, a suite to be chosen by its name that cannot be had, a malformed rule, or if nothing is chosen
     */
    public static CipherString parse(String string, Predicate<CipherSuite> available) {
        if (string.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a cipher string of " + string.length() + " characters; " + MAX_LENGTH + " allowed");
        }
        Reader reader = new Reader(string, available);
        reader.read();
        if (reader.chosen.isEmpty()) {
            throw new IllegalArgumentException("cipher string \"" + string + "\" leaves no suite of TLS 1.2 or before");
        }
        return new CipherString(reader.chosen, reader.level);
    }

    /** Goes through a string from left to right. */
    private static final class Reader {
        private final String string;
        private final Predicate<CipherSuite> available;
        private final List<CipherSuite> chosen = new ArrayList<>();
        private final List<CipherSuite> rest;
        private SecurityLevel level;
        private int at;

        Reader(String string, Predicate<CipherSuite> available) {
            this.string = string;
            this.available = available;
            this.rest = new ArrayList<>(ALL.stream().filter(available).toList());
        }

        void read() {
            if (string.startsWith(CipherKeyword.DEFAULT)) {
                at = CipherKeyword.DEFAULT.length();
                chooseDefault();
            }
            while (at < string.length()) {
                char c = string.charAt(at);
                switch (c) {
                    case ':', ',', ';', ' ' -> at++;
                    case '@' -> command();
                    case '-', '!', '+' -> {
                        at++;
                        apply(c, selection(false));
                    }
                    default -> apply(' ', selection(true));
                }
            }
        }

        /** What has no forward secrecy is put back, not dropped as the others are: so it can be had by a word behind "DEFAULT". */
        private void chooseDefault() {
            apply(' ', s -> true);
            apply('!', CipherKeyword::neverByDefault);
            apply('-', s -> s.keyExchange() == KeyExchangeAlgorithm.RSA);
        }

        private void apply(char rule, Predicate<CipherSuite> selection) {
            List<CipherSuite> from = rule == ' ' ? rest : chosen;
            List<CipherSuite> moved = from.stream().filter(selection).toList();
            from.removeAll(moved);
            switch (rule) {
                case '-' -> rest.addAll(0, moved);
                case '!' -> rest.removeIf(selection);
                default -> chosen.addAll(moved);
            }
        }

        private void command() {
            int start = at++;
            String word = word();
            if (word.equals("STRENGTH")) {
                chosen.sort(Comparator.comparingInt(CipherSuite::strengthBits).reversed());
            } else if (word.matches("SECLEVEL=[0-5]")) {
                level = SecurityLevel.of(word.charAt(word.length() - 1) - '0');
            } else {
                throw wrong(start, "@STRENGTH or @SECLEVEL=0 to 5 allowed");
            }
        }

        private Predicate<CipherSuite> selection(boolean chooses) {
            Predicate<CipherSuite> all = named(chooses);
            while (at < string.length() && string.charAt(at) == '+') {
                at++;
                all = all.and(named(false));
            }
            return all;
        }

        private Predicate<CipherSuite> named(boolean chooses) {
            int start = at;
            String word = word();
            CipherSuite suite = CipherSuite.named(word);
            if (suite != null) {
                if (suite.fits(ProtocolVersion.TLS1_3)) {
                    throw wrong(start, word + " is of TLS 1.3, whose suites have a list of their own");
                }
                if (chooses && !available.test(suite)) {
                    throw wrong(start, "no crypto provider here has " + word);
                }
                return s -> s == suite;
            }
            Predicate<CipherSuite> keyword = CipherKeyword.named(word);
            if (keyword != null) {
                return keyword;
            }
            if (OmittedSuites.contain(word)) {
                return s -> false;
            }
            throw wrong(
                    start,
                    word.equals(CipherKeyword.DEFAULT)
                            ? "DEFAULT stands at the beginning or not at all"
                            : "\"" + word + "\" is no suite and no keyword");
        }

        private String word() {
            int start = at;
            while (at < string.length() && isOfWord(string.charAt(at))) {
                at++;
            }
            if (start == at) {
                throw wrong(start, "a name is missing");
            }
            return string.substring(start, at);
        }

        private static boolean isOfWord(char c) {
            return c >= 'A' && c <= 'Z'
                    || c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.'
                    || c == '=';
        }

        private IllegalArgumentException wrong(int position, String why) {
            return new IllegalArgumentException(
                    "cipher string \"" + string + "\", at character " + (position + 1) + ": " + why);
        }
    }
}
