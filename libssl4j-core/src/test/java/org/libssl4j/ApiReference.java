// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reference to something of the public face, as {@code docs/api-map.md} writes it: {@code bio.MemoryBio}, {@code Ssl.setBio(Bio,Bio)}, {@code new SslCtx(TlsMethod)}, {@code SslMode.AUTO_RETRY}.
 *
 * @param text it
 */
record ApiReference(String text) {
    /** The packages that are for users, below {@code org.libssl4j}. */
    private static final Set<String> PACKAGES = Set.of("", "bio", "spi", "iana", "fault");

    private static final Pattern FORM = Pattern.compile(
            "(?<make>new )?(?<room>[a-z]+(?=\\.))?\\.?(?<type>[A-Z]\\w*(\\.[A-Z]\\w*[a-z]\\w*)*)(\\.(?<member>\\w+))?(\\((?<parameters>[^()]*)\\))?");

    /** Whether it is there, and open to users. */
    boolean resolves() {
        Matcher m = FORM.matcher(text);
        if (!m.matches() || !PACKAGES.contains(m.group("room") == null ? "" : m.group("room"))) {
            return false;
        }
        Class<?> type = type(m.group("room"), m.group("type"));
        if (type == null || !Modifier.isPublic(type.getModifiers())) {
            return false;
        }
        String member = m.group("member");
        String parameters = m.group("parameters");
        if (m.group("make") != null) {
            return member == null && parameters != null && has(type.getDeclaredConstructors(), parameters);
        }
        if (parameters == null) {
            return member == null || has(type.getDeclaredFields(), member);
        }
        return has(methods(type, member).toArray(Executable[]::new), parameters);
    }

    private static Class<?> type(String room, String name) {
        String whole = "org.libssl4j." + (room == null ? "" : room + ".") + name.replace('.', '$');
        try {
            return Class.forName(whole, false, ApiReference.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** A method that stands in a superclass counts, unless it is every object's. */
    private static Stream<Executable> methods(Class<?> type, String name) {
        return Stream.<Class<?>>iterate(type, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
                .filter(e -> e.getName().equals(name))
                .map(e -> e);
    }

    private static boolean has(Executable[] candidates, String parameters) {
        return Stream.of(candidates).anyMatch(e -> open(e) && parameters(e).equals(parameters));
    }

    private static boolean has(Member[] fields, String name) {
        return Stream.of(fields)
                .anyMatch(
                        f -> Modifier.isPublic(f.getModifiers()) && f.getName().equals(name));
    }

    /** What is protected is for users who write a Bio of their own. */
    private static boolean open(Member m) {
        return Modifier.isPublic(m.getModifiers()) || Modifier.isProtected(m.getModifiers());
    }

    private static String parameters(Executable e) {
        List<String> types =
                Stream.of(e.getParameterTypes()).map(Class::getSimpleName).toList();
        String all = types.stream().collect(Collectors.joining(","));
        return e.isVarArgs() ? all.substring(0, all.length() - 2) + "..." : all;
    }
}
