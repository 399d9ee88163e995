// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Secret;
import org.libssl4j.session.ClientSessions;

/** What an object holds, by its fields and theirs. */
public final class Reachable {
    private Reachable() {}

    /** All objects of ours that this one leads to. What belongs to a context, and the tickets that a client keeps for others, are left out. */
    public static List<Object> from(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>(List.of(root));
        List<Object> all = new ArrayList<>();
        while (!left.isEmpty()) {
            Object o = left.pop();
            if (!seen.add(o) || o instanceof SslCtx || o instanceof HandshakeConfig || o instanceof ClientSessions) {
                continue;
            }
            if (o instanceof Collection<?> c) {
                c.stream().filter(e -> e != null).forEach(left::push);
            } else if (o instanceof Map<?, ?> m) {
                m.values().stream().filter(e -> e != null).forEach(left::push);
            } else if (o instanceof Object[] a) {
                Stream.of(a).filter(e -> e != null).forEach(left::push);
            } else if (o.getClass().getName().startsWith("org.libssl4j")) {
                all.add(o);
                fields(o).forEach(left::push);
            }
        }
        return all;
    }

    private static List<Object> fields(Object o) {
        List<Object> values = new ArrayList<>();
        for (Class<?> c = o.getClass(); c.getName().startsWith("org.libssl4j"); c = c.getSuperclass()) {
            for (Field f : c.getDeclaredFields()) {
                if (!Modifier.isStatic(f.getModifiers())
                        && !f.getType().isPrimitive()
                        && !f.getType().isEnum()) {
                    Object v = value(f, o);
                    if (v != null) {
                        values.add(v);
                    }
                }
            }
        }
        return values;
    }

    private static Object value(Field f, Object o) {
        try {
            f.setAccessible(true);
            return f.get(o);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public static Object value(String name, Object o) {
        try {
            return value(o.getClass().getDeclaredField(name), o);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** Secrets among them that are not wiped. */
    public static List<Object> openSecrets(Object root) {
        return from(root).stream()
                .filter(o -> o instanceof Secret s && !s.isDestroyed())
                .toList();
    }
}
