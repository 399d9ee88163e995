// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.wire.WireWriter;

/** Compares records by content, arrays among it, which their equals does not. */
public final class Alike {
    private Alike() {}

    /** Asserts that two values have the same content, down to the elements of arrays. */
    public static void assertAlike(Object expected, Object actual, String where) throws ReflectiveOperationException {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) actual, where);
        } else if (expected instanceof int[] numbers) {
            assertArrayEquals(numbers, (int[]) actual, where);
        } else if (expected instanceof ExtensionBlock block) {
            assertArrayEquals(bytes(block), bytes((ExtensionBlock) actual), where);
            assertArrayEquals(block.types(), ((ExtensionBlock) actual).types(), where);
        } else if (expected instanceof List<?> list) {
            assertListsAlike(list, (List<?>) actual, where);
        } else if (expected instanceof Record) {
            assertSame(expected.getClass(), actual.getClass(), where);
            for (RecordComponent c : expected.getClass().getRecordComponents()) {
                c.getAccessor().setAccessible(true);
                Object e = c.getAccessor().invoke(expected);
                assertAlike(e, c.getAccessor().invoke(actual), where + "." + c.getName());
            }
        } else {
            assertEquals(expected, actual, where);
        }
    }

    private static void assertListsAlike(List<?> expected, List<?> actual, String where)
            throws ReflectiveOperationException {
        assertEquals(expected.size(), actual.size(), where);
        for (int i = 0; i < expected.size(); i++) {
            assertAlike(expected.get(i), actual.get(i), where + "[" + i + "]");
        }
    }

    private static byte[] bytes(ExtensionBlock block) {
        WireWriter out = new WireWriter(64);
        block.write(out);
        return out.toByteArray();
    }
}
