// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** An executor that does a task when it was looked at often enough, on the thread that looks; at once if no look is needed. For one thread. */
final class DelayedExecutor implements Executor {
    private final int looks;
    private final List<Task> tasks = new ArrayList<>();
    private boolean locked;

    private static final class Task {
        private final Runnable work;
        private int looks;

        Task(Runnable work, int looks) {
            this.work = work;
            this.looks = looks;
        }
    }

    DelayedExecutor(int looks) {
        this.looks = looks;
    }

    /** Whether no work is done, however often it is looked at. */
    void lock(boolean yes) {
        locked = yes;
        look(0);
    }

    @Override
    public void execute(Runnable work) {
        tasks.add(new Task(work, looks));
        look(0);
    }

    void look() {
        look(1);
    }

    private void look(int times) {
        if (locked) {
            return;
        }
        for (Task t : List.copyOf(tasks)) {
            t.looks -= times;
            if (t.looks <= 0) {
                tasks.remove(t);
                t.work.run();
            }
        }
    }
}
