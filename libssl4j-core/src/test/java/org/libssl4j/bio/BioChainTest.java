// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bio(7) and BIO_push(3) say of chains. */
class BioChainTest {
    private final List<String> told = new ArrayList<>();
    private final byte[] buffer = new byte[100];

    /** Puts its letter before what is written, and behind what is read. */
    private final class Marking extends FilterBio {
        private final char mark;
        private int closed;

        Marking(char mark) {
            this.mark = mark;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len - 1);
            if (n > 0) {
                b[off + n++] = (byte) mark;
            }
            return n;
        }

        @Override
        public int write(byte[] b, int off, int len) throws IOException {
            byte[] marked = new byte[len + 1];
            marked[0] = (byte) mark;
            System.arraycopy(b, off, marked, 1, len);
            return super.write(marked, 0, len + 1) - 1;
        }

        @Override
        protected void nextChanged() {
            told.add("" + mark);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final Marking a = new Marking('a');
    private final Marking b = new Marking('b');
    private final Marking c = new Marking('c');
    private final MemoryBio memory = new MemoryBio();

    private static List<Bio> chain(Bio first) {
        List<Bio> all = new ArrayList<>();
        for (Bio x = first; x != null; x = x.next()) {
            all.add(x);
        }
        return all;
    }

    private static String text(MemoryBio m) {
        return new String(m.data(), StandardCharsets.ISO_8859_1);
    }

    private String read(Bio from) throws IOException {
        return new String(buffer, 0, from.read(buffer, 0, 100), StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsWrittenPassesFromTheFirstToTheLastAndWhatIsReadBack() throws IOException {
        b.push(memory);
        c.push(b);
        a.push(c);
        assertEquals(List.of(a, c, b, memory), chain(a));
        a.puts("x");
        assertEquals("bcax", text(memory));
        memory.reset();
        memory.puts("y");
        assertEquals("ybca", read(a));
    }

    @Test
    void oneBioIsAChainOfOne() throws IOException {
        assertEquals(List.of(memory), chain(memory));
        assertNull(memory.next());
        assertNull(memory.pop());
        memory.puts("as before");
        assertEquals("as before", read(memory));
    }

    @Test
    void pushGivesTheHeadAndNullChangesNothing() {
        assertSame(a, a.push(null));
        assertEquals(List.of(), told);
        assertSame(a, a.push(b));
        assertSame(a, a.push(memory));
        assertEquals(List.of(a, b, memory), chain(a));
    }

    @Test
    void aWholeChainIsPushedOntoTheEndOfAnother() {
        a.push(b);
        c.push(memory);
        told.clear();
        a.push(c);
        assertEquals(List.of(a, b, c, memory), chain(a));
        assertEquals(List.of("b"), told, "only b has another one behind it");
    }

    @Test
    void aBioStandsInOneChainOnly() {
        a.push(b).push(memory);
        assertThrows(IllegalArgumentException.class, () -> c.push(memory));
        assertThrows(IllegalArgumentException.class, () -> a.push(a));
        assertThrows(IllegalArgumentException.class, () -> b.push(a));
        assertThrows(IllegalArgumentException.class, () -> a.push(b));
        assertEquals(List.of(a, b, memory), chain(a));
        assertEquals(List.of(c), chain(c));
    }

    @Test
    void popTakesOneOutAndJoinsTheRest() throws IOException {
        a.push(b).push(c).push(memory);
        told.clear();
        assertSame(c, b.pop());
        assertEquals(List.of(a, c, memory), chain(a));
        assertEquals(List.of("a", "b"), told);
        a.puts("x");
        assertEquals("cax", text(memory));
    }

    @Test
    void whatWasPoppedStandsAloneAndCanBePushedAgain() {
        a.push(b).push(memory);
        b.pop();
        assertEquals(List.of(b), chain(b));
        assertSame(b, b.push(c));
        assertEquals(List.of(b, c), chain(b));
        c.push(a);
        assertEquals(List.of(b, c, a, memory), chain(b));
    }

    @Test
    void theFirstAndTheLastCanBePoppedToo() {
        a.push(b).push(memory);
        assertSame(b, a.pop());
        assertEquals(List.of(b, memory), chain(b));
        told.clear();
        assertNull(memory.pop());
        assertEquals(List.of(b), chain(b));
        assertEquals(List.of("b"), told);
        c.push(b); // it begins its chain again
        assertEquals(List.of(c, b), chain(c));
    }

    @Test
    void setNextReplacesWhatStandsBehind() {
        a.push(b).push(memory);
        told.clear();
        a.setNext(c);
        assertEquals(List.of(a, c), chain(a));
        assertEquals(List.of(b, memory), chain(b));
        assertEquals(List.of("a"), told);
        c.setNext(b);
        assertEquals(List.of(a, c, b, memory), chain(a));
        a.setNext(null);
        assertEquals(List.of(a), chain(a));
        assertEquals(List.of(c, b, memory), chain(c));
    }

    @Test
    void setNextMayTakeAPartOfTheOldChain() {
        a.push(b).push(c).push(memory);
        told.clear();
        a.setNext(c);
        assertEquals(List.of(a, c, memory), chain(a));
        assertEquals(List.of(b), chain(b));
        assertEquals(List.of("b", "a"), told);
        told.clear();
        a.setNext(c);
        assertEquals(List.of(), told, "nothing changed");
        assertThrows(IllegalArgumentException.class, () -> c.setNext(a));
        assertThrows(IllegalArgumentException.class, () -> c.setNext(c));
        assertEquals(List.of(a, c, memory), chain(a));
    }

    @Test
    void findGivesTheFirstOfAKind() {
        MemoryBio other = new MemoryBio();
        a.push(b).push(memory).push(other);
        assertSame(memory, a.find(MemoryBio.class));
        assertSame(other, other.find(MemoryBio.class));
        assertSame(a, a.find(FilterBio.class));
        assertSame(b, b.find(FilterBio.class));
        assertNull(a.find(StreamBio.class));
        assertNull(memory.find(FilterBio.class));
    }

    @Test
    void closeClosesOneAndCloseAllTheRestOfTheChain() throws IOException {
        ScriptedBio last = new ScriptedBio();
        a.push(b).push(last);
        a.close();
        assertEquals(List.of(1, 0, 0), List.of(a.closed, b.closed, last.closed));
        b.closeAll();
        assertEquals(List.of(1, 1, 1), List.of(a.closed, b.closed, last.closed));
    }

    @Test
    void closeAllOfAChainOfOneIsClose() throws IOException {
        ScriptedBio alone = new ScriptedBio();
        alone.closeAll();
        assertEquals(1, alone.closed);
    }

    @Test
    void closeAllClosesTheOthersWhenOneFails() {
        ScriptedBio one = new ScriptedBio();
        ScriptedBio two = new ScriptedBio();
        ScriptedBio three = new ScriptedBio();
        one.closeFailure = new IOException("one");
        two.closeFailure = new IOException("two");
        one.push(two).push(three);
        IOException e = assertThrows(IOException.class, one::closeAll);
        assertSame(one.closeFailure, e);
        assertSame(two.closeFailure, e.getSuppressed()[0]);
        assertEquals(1, three.closed);
    }

    @Test
    void closeAllClosesTheOthersWhenTwoFailWithTheSameException() {
        ScriptedBio one = new ScriptedBio();
        ScriptedBio two = new ScriptedBio();
        ScriptedBio three = new ScriptedBio();
        one.closeFailure = new IOException("both");
        two.closeFailure = one.closeFailure;
        one.push(two).push(three);
        assertSame(one.closeFailure, assertThrows(IOException.class, one::closeAll));
        assertEquals(1, three.closed);
    }

    @Test
    void closeAllClosesTheOthersAlsoWhenOneFailsUnchecked() {
        IllegalStateException failure = new IllegalStateException("one");
        ScriptedBio two = new ScriptedBio();
        Bio one = new FilterBio() {
            @Override
            public void close() {
                throw failure;
            }
        }.push(two);
        assertSame(failure, assertThrows(IllegalStateException.class, one::closeAll));
        assertEquals(1, two.closed);
    }

    @Test
    void aFilterWithNothingBehindItFailsClearly() throws IOException {
        FilterBio alone = new FilterBio();
        for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                () -> alone.read(buffer, 0, 1),
                () -> alone.write(buffer, 0, 1),
                () -> alone.gets(buffer, 0, 1),
                alone::flush,
                alone::reset)) {
            assertTrue(assertThrows(IOException.class, call).getMessage().contains("FilterBio"));
        }
        assertEquals(0, alone.pending());
        assertEquals(0, alone.wpending());
        assertFalse(alone.readyToRead());
        assertTrue(alone.eof());
        alone.close();
    }

    @Test
    void aPlainFilterChangesNothing() throws IOException {
        PairedBio half = BioPair.of(10, 10).first();
        FilterBio filter = new FilterBio();
        filter.push(half);
        assertEquals(5, filter.puts("12345"));
        assertEquals(5, filter.wpending());
        filter.reset();
        assertEquals(0, filter.wpending());
        assertTrue(filter.readyToRead());
        assertFalse(filter.eof());
        MemoryBio lines = new MemoryBio();
        filter.setNext(lines);
        lines.puts("ab\ncd");
        assertEquals(5, filter.pending());
        assertEquals(3, filter.gets(buffer, 0, 100));
        assertEquals("cd", read(filter));
        assertTrue(filter.eof());
    }
}
