package dev.atexit.agent.internal;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.ExplainSettings;
import dev.atexit.internal.exit.Settings;
import dev.atexit.internal.exit.StderrObserver;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The one hook that the JVM sees at its exit: it sees all others through. */
final class ExitThread extends Thread {
    private final HookTask[] tasks;
    private final AgentOptions options;

    private ExitThread(HookTask[] tasks, AgentOptions options) {
        super(rootGroup(), null, "atexit-agent", 0, false);
        this.tasks = tasks;
        this.options = options;
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    /** What the JVM is given in the place of its hooks. */
    static Set<Thread> insteadOf(Set<Thread> hooks, IdentityHashMap<Thread, Hook> remembered, AgentOptions options) {
        HookTask[] tasks = new HookTask[hooks.size()];
        int n = 0;
        for (Thread thread : hooks) {
            tasks[n++] = new HookTask(thread, remembered.get(thread), options);
        }
        Arrays.sort(tasks);
        return Collections.singleton(new ExitThread(tasks, options));
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = currentThread().getThreadGroup();
        for (ThreadGroup parent = group; parent != null; parent = parent.getParent()) {
            group = parent;
        }
        return group;
    }

    @Override
    public synchronized void start() {
        try {
            super.start();
        } catch (OutOfMemoryError noNativeThread) {
            seeThrough();
        }
    }

    @Override
    public void run() {
        seeThrough();
    }

    private void seeThrough() {
        try {
            explained();
        } catch (RuntimeException | Error broken) {
            StderrObserver.print("agent: cannot explain this exit: " + broken);
            plain();
        }
    }

    private void explained() {
        if (options.report != null) {
            HookReport.prepare(options.report);
        }
        AgentObserver observer = new AgentObserver(options);
        Settings settings = new Settings(
                options.deadlineNanos,
                options.noticeNanos,
                options.secondSignalHalts,
                Boolean.FALSE,
                null,
                new ExplainSettings(options.report, Boolean.FALSE, Boolean.FALSE),
                observer);
        ExitSummary summary = ExitScope.seeThrough(new HookSource(tasks, options.lifo), settings, new HookReport());
        observer.over(summary, tasks.length);
    }

    /** As the JVM does it. */
    private void plain() {
        for (HookTask task : tasks) {
            task.startPlainly();
        }
        for (HookTask task : tasks) {
            task.await();
        }
    }
}
